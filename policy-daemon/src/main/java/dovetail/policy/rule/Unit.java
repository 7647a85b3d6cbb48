package dovetail.policy.rule;

/** What a limit counts. */
public enum Unit {
  MESSAGES,
  /** Recipients of messages: one of ten recipients counts ten. */
  RECIPIENTS,
  BYTES
}
