package dovetail.bench;

/** What a filter has to do with a message. */
enum Goal {
  SIGN("signed"),
  VERIFY("found a good signature");

  private final String words;

  Goal(String words) {
    this.words = words;
  }

  /** What it has done then. */
  String words() {
    return words;
  }

  /** Whether the packet adds a field that shows it. */
  boolean isReached(String packet) {
    return switch (this) {
      case SIGN -> packet.contains("DKIM-Signature\0");
      case VERIFY -> packet.contains("Authentication-Results\0") && packet.contains("dkim=pass");
    };
  }

  /** The SMTP client: one whose mail is signed, or a stranger. */
  String client() {
    return this == SIGN ? "127.0.0.1" : "192.0.2.1";
  }
}
