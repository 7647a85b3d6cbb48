package dovetail.policy.rule;

import dovetail.counter.quota.Quota;
import java.util.Optional;

/** What the administrator has set for single accounts and domains ({@code dovetail limit}). */
public interface Limits {
  /** Nothing was set. */
  Limits NONE =
      new Limits() {
        @Override
        public Optional<Quota> of(String rule, String key) {
          return Optional.empty();
        }

        @Override
        public Optional<Quota> shared(String rule, String domain) {
          return Optional.empty();
        }

        @Override
        public boolean isBulk(String account) {
          return false;
        }
      };

  /**
   * Whether that is known at all: until the database has answered for the first time, it is not.
   */
  default boolean isKnown() {
    return true;
  }

  /**
   * What one account may: its own row, else its domain's, else the one for all.
   *
   * @param rule the name of the rule
   * @param key the account, or whatever the rule counts by
   * @return nothing if the rule's own setting holds
   */
  Optional<Quota> of(String rule, String key);

  /** What all accounts of a domain may together, besides what each may. */
  Optional<Quota> shared(String rule, String domain);

  /** Whether it is known to send to many. */
  boolean isBulk(String account);
}
