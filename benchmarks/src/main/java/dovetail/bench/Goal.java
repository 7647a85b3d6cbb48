package dovetail.bench;

import java.util.List;
import java.util.stream.Stream;

/** What the filters have to do with a message. */
enum Goal {
  SIGN("signed"),
  VERIFY("found a good signature"),
  AUTHENTICATE("found SPF, DKIM and DMARC to pass");

  private static final String RESULTS = "Authentication-Results";

  private final String words;

  Goal(String words) {
    this.words = words;
  }

  /** What they have done then. */
  String words() {
    return words;
  }

  /**
   * Whether the fields that were added show it.
   *
   * @param domain of the message's author
   */
  boolean isReached(List<Field> added, String domain) {
    return switch (this) {
      case SIGN -> added.stream().anyMatch(field -> field.is("DKIM-Signature"));
      case VERIFY -> says(added, "dkim=pass");
      case AUTHENTICATE ->
          // Of this very domain, so that no answer to another message passes for one to this.
          Stream.of("dkim=pass", "spf=pass", "dmarc=pass", "header.from=" + domain)
              .allMatch(words -> says(added, words));
    };
  }

  private static boolean says(List<Field> added, String words) {
    return added.stream().anyMatch(field -> field.is(RESULTS) && field.value().contains(words));
  }

  /** The SMTP client: one whose mail is signed, or a stranger. */
  String client() {
    return this == SIGN ? "127.0.0.1" : "192.0.2.1";
  }
}
