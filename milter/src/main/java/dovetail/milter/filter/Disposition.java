package dovetail.milter.filter;

import java.util.Locale;

/**
 * What is to be done with a message that was verified.
 *
 * @param action what
 * @param reason why
 */
public record Disposition(Action action, Reason reason) {
  /** What can be done, the mildest first. */
  public enum Action {
    /** It is taken as it is. */
    NONE,
    /** It is taken, and a field says what is to be thought of it. */
    MARK,
    /** It is taken, and a field tells the delivering side to file it as suspicious. */
    QUARANTINE,
    /** It is to be tried again later. */
    DEFER,
    /** It is refused for good. */
    REJECT;

    /** The word in log lines, metrics and header fields. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** In few words: {@code reject(dmarc-direct)}. */
  public String words() {
    return action.word() + "(" + reason.word() + ")";
  }
}
