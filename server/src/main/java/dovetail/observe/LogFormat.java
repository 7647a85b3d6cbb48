package dovetail.observe;

/** How log lines are written. */
public enum LogFormat {
  /** For people and grep. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
