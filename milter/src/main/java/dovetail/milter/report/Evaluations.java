package dovetail.milter.report;

import dovetail.milter.session.MessageRecord;

/** Takes what was found in messages, to be reported. */
@FunctionalInterface
public interface Evaluations {
  /** Nobody is told. */
  Evaluations NONE = _ -> {};

  /** Takes the next message; whoever brings it does not wait. */
  void add(MessageRecord message);
}
