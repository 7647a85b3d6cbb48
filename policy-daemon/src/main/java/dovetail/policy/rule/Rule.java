package dovetail.policy.rule;

import dovetail.policy.wire.Stage;
import java.util.Set;

/** One rule, with its parameters. For any thread. */
public interface Rule {
  /** The stages at which it must be asked, one of them at least, to be of any use. */
  Set<Stage> needs();

  /** What it has to say; whatever the request holds, there is an answer. */
  Ruling judge(Facts facts);
}
