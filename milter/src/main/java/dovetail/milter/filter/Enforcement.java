package dovetail.milter.filter;

/** How far the policies of authors' domains are followed, the mildest first. */
public enum Enforcement {
  /** Not at all: it is only written down what was found. */
  NONE,
  /** What they want to have quarantined or rejected is filed as suspicious. */
  QUARANTINE,
  /**
   * The same, and what they want to have rejected is refused unless there is a sign of a list or a
   * forwarder.
   */
  REJECT
}
