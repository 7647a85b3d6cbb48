package dovetail.policy.rule;

import dovetail.policy.wire.Reply;

/** What one rule has to say about one request. */
public sealed interface Ruling {
  /** For people: what the rule has seen. */
  String saw();

  /** Nothing against it. */
  record Passes(String saw) implements Ruling {}

  /** Nothing against it, and no other rule is to be asked. */
  record Allows(String saw) implements Ruling {}

  /** This is not the stage, or not the kind of request, at which the rule has anything to say. */
  record NotNow(String saw) implements Ruling {}

  /** What the rule needs to know cannot be known at the moment; it stands aside. */
  record Abstains(String saw) implements Ruling {}

  /** Nothing against it, and something was charged that is given back if another refuses. */
  record Charged(Receipt receipt, String saw) implements Ruling {}

  /** The client is refused. */
  record Refuses(Reason reason, Reply reply, String saw) implements Ruling {}

  /** Nothing against it, but something is to be done besides. */
  record Adds(Reason reason, Reply reply, String saw) implements Ruling {}

  /** What was charged. */
  @FunctionalInterface
  interface Receipt {
    /** Gives it back; a second time does nothing. */
    void refund();
  }
}
