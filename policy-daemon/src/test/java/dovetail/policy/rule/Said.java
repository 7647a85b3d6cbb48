package dovetail.policy.rule;

import dovetail.policy.wire.Reply;

/** What a rule said, in one line for tests. */
final class Said {
  private Said() {}

  /** The reason and the answer; else the kind of ruling. */
  static String by(Rule rule, String attributes) {
    return by(rule, Asked.facts(attributes));
  }

  static String by(Rule rule, Facts facts) {
    return of(rule.judge(facts));
  }

  static String of(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Refuses(Reason reason, Reply reply, _) -> reason.word() + " " + reply.action();
      case Ruling.Adds(Reason reason, Reply reply, _) -> reason.word() + " " + reply.action();
      case Ruling.Passes _ -> "passes";
      case Ruling.Allows _ -> "allows";
      case Ruling.NotNow _ -> "not now";
      case Ruling.Abstains _ -> "abstains";
      case Ruling.Charged _ -> "charged";
    };
  }
}
