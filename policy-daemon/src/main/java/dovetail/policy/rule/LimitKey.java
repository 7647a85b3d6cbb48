package dovetail.policy.rule;

import dovetail.counter.Origin;
import java.util.Locale;

/** By what a limit counts. */
public enum LimitKey {
  /** The login. */
  SASL_USERNAME,
  /** The sender's address, which anybody can write. */
  SENDER,
  /** The sender's domain. */
  SENDER_DOMAIN,
  /** The client's address, or its network. */
  CLIENT_ADDRESS,
  /** The domain of each recipient. */
  RECIPIENT_DOMAIN,
  /** One for all. */
  CONSTANT;

  /** The word in the configuration: the name of Postfix's attribute where there is one. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Who chooses the keys: strangers can choose any number of them. */
  Origin origin() {
    return switch (this) {
      case SASL_USERNAME, CONSTANT -> Origin.OWN;
      case SENDER, SENDER_DOMAIN, CLIENT_ADDRESS, RECIPIENT_DOMAIN -> Origin.STRANGER;
    };
  }

  /** Whether its keys are addresses or logins, so that those of a domain may share a limit. */
  public boolean hasAccounts() {
    return switch (this) {
      case SASL_USERNAME, SENDER -> true;
      case SENDER_DOMAIN, CLIENT_ADDRESS, RECIPIENT_DOMAIN, CONSTANT -> false;
    };
  }

  /** Whether it limits those who send from here, who write to one another for free. */
  boolean isOurs() {
    return switch (this) {
      case SASL_USERNAME, SENDER, SENDER_DOMAIN -> true;
      case CLIENT_ADDRESS, RECIPIENT_DOMAIN, CONSTANT -> false;
    };
  }
}
