package dovetail.policy.rule;

import dovetail.mail.Domain;

/** Which domains are ours. */
@FunctionalInterface
public interface Hosted {
  /** None. */
  Hosted NONE = _ -> false;

  /** Whether mail for that domain stays here; false if that cannot be known at the moment. */
  boolean isOurs(Domain domain);

  /** Whether that can be known at the moment. */
  default boolean isKnown(Domain domain) {
    return true;
  }
}
