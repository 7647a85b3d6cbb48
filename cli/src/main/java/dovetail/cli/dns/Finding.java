package dovetail.cli.dns;

/**
 * One thing that the DNS says of a domain, or should.
 *
 * @param level how it is
 * @param subject what it is about, in one word
 * @param text what there is
 */
public record Finding(Level level, String subject, String text) {
  /** How something is. */
  public enum Level {
    /** As it should be. */
    GOOD("good"),
    /** Good, but worth a thought. */
    NOTE("note"),
    /** It has to be there. */
    MISSING("MISSING"),
    /** It is there, and wrong. */
    WRONG("WRONG"),
    /** The DNS did not say. */
    UNKNOWN("not known");

    private final String words;

    Level(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  static Finding good(String subject, String text) {
    return new Finding(Level.GOOD, subject, text);
  }

  static Finding note(String subject, String text) {
    return new Finding(Level.NOTE, subject, text);
  }

  static Finding missing(String subject, String text) {
    return new Finding(Level.MISSING, subject, text);
  }

  static Finding wrong(String subject, String text) {
    return new Finding(Level.WRONG, subject, text);
  }

  static Finding unknown(String subject, String text) {
    return new Finding(Level.UNKNOWN, subject, text);
  }
}
