package dovetail.dns;

import dovetail.mail.Domain;
import java.util.Optional;

/**
 * A host that takes a domain's mail.
 *
 * @param preference the lower, the earlier it is tried
 * @param host its name as the DNS has it, without the final dot; may be anything that a name can be
 */
public record MailExchange(int preference, String host) {
  /** The host's name, if it can be one. */
  public Optional<Domain> domain() {
    return Domain.parse(host);
  }
}
