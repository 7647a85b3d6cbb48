package dovetail.policy.rule;

/** What becomes of a client of which something is found. */
public enum Measure {
  /** It is refused. */
  REJECT,
  /** It shall come back later. */
  DEFER,
  /** Its mail is taken, and a header field tells what was found. */
  MARK,
  /** Nothing. */
  NONE
}
