package dovetail.policy.rule;

/** Whether a rule counts. */
public enum Mode {
  /** It is not asked. */
  OFF,
  /** It is asked, and only the log says what it would have done. */
  SHADOW,
  /** It is asked and obeyed. */
  ON
}
