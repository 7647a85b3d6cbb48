package dovetail.policy.rule;

import dovetail.mail.Domain;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.util.Optional;

/**
 * What SPF says of a client.
 *
 * @param sender in the name of the sender, or in its own where there is no sender
 * @param helo in its own name, if that was asked besides
 */
record SpfReport(SpfResult sender, Optional<SpfResult> helo) {
  /** The result that counts: that of the client's own name only if it may not use it. */
  SpfResult decisive() {
    return helo.filter(result -> result.status() == SpfStatus.FAIL)
        .filter(_ -> sender.status() != SpfStatus.FAIL)
        .orElse(sender);
  }

  /** The domain that says that the client is one of its own. */
  Optional<Domain> passed() {
    return sender.status() == SpfStatus.PASS ? sender.domain() : Optional.empty();
  }
}
