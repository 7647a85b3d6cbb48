package dovetail.milter.filter;

/** What a listener of the milter does with mail. */
public enum Mode {
  /** Signs what is submitted, by who submits it. */
  AUTO,
  /** Takes every message for a submission. */
  SIGN,
  /** Never signs. */
  VERIFY
}
