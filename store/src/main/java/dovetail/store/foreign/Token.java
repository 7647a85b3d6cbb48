package dovetail.store.foreign;

/** A word of SQL as mysqldump writes it. */
sealed interface Token {
  /** A word without quotes: of SQL, a name, or a number. */
  record Word(String text) implements Token {
    boolean is(String other) {
      return text.equalsIgnoreCase(other);
    }
  }

  /** A name in backquotes or double quotes. */
  record Name(String text) implements Token {}

  /**
   * A string.
   *
   * @param octets one character for each
   */
  record Text(String octets) implements Token {}

  /** Punctuation. */
  record Sign(char sign) implements Token {}

  /** The end of the file. */
  record End() implements Token {}
}
