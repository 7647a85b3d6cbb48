package dovetail.policy.source;

import dovetail.policy.rule.Asked;
import dovetail.policy.rule.Rule;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.Reply;

/** What a rule says, in one line for tables: "passes", "abstains", "550 no-such-recipient". */
final class Verdict {
  private Verdict() {}

  static String of(Rule rule, String attributes) {
    return text(rule.judge(Asked.facts(attributes)));
  }

  private static String text(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Passes _ -> "passes";
      case Ruling.NotNow _ -> "not now";
      case Ruling.Abstains _ -> "abstains";
      case Ruling.Refuses(var reason, Reply.Refuse(int code, String enhanced, _), _) ->
          code + " " + enhanced + " " + reason.word();
      case Ruling.Refuses _, Ruling.Allows _, Ruling.Charged _, Ruling.Adds _ ->
          throw new AssertionError(ruling);
    };
  }
}
