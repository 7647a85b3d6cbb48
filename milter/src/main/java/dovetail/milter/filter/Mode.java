package dovetail.milter.filter;

/** What a listener of the milter does with mail. */
public enum Mode {
  /** Signs what is submitted, by who submits it; verifies the rest. */
  AUTO,
  /** Takes every message for a submission. */
  SIGN,
  /** Verifies every message, and signs none. */
  VERIFY
}
