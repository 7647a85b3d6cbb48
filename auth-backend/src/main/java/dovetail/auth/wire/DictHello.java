package dovetail.auth.wire;

/**
 * What begins a dict's connection; nobody answers it.
 *
 * @param major 2 (until Dovecot 2.3.16), 3 (until 2.3.21) or 4 (2.4)
 * @param minor any
 * @param valueType 0 for texts, 1 for numbers; 0 from 4 on
 * @param user of version 2 alone, whose commands name none
 * @param name the dict's name
 */
public record DictHello(int major, int minor, int valueType, String user, String name) {
  static final int OLDEST = 2; // DICT_CLIENT_PROTOCOL_MAJOR_VERSION
  static final int NEWEST = 4;

  /** From that minor of its major on, an answer may have several values. */
  private static final int SEVERAL_VALUES = 2;

  /**
   * Such a hello.
   *
   * @throws IllegalArgumentException if there is no such version
   */
  public DictHello {
    if (major < OLDEST || major > NEWEST) {
      throw new IllegalArgumentException("no version of the dict protocol: " + major);
    }
  }

  /** Whether the commands name the user. */
  boolean hasUserInCommands() {
    return major > OLDEST;
  }

  /** Whether a transaction may have a time after which what it has set is gone. */
  boolean hasExpiry() {
    return major == NEWEST;
  }

  /** Whether an answer may have several values. */
  boolean takesSeveralValues() {
    return major == NEWEST || minor >= SEVERAL_VALUES;
  }
}
