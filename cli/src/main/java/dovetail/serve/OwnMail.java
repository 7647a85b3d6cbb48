package dovetail.serve;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.outbox.Outbox;
import dovetail.outbox.SmtpOutbox;
import dovetail.outbox.SmtpSettings;
import java.util.Optional;

/** Makes the outbox that a configuration asks for. */
public final class OwnMail {
  private OwnMail() {}

  /**
   * An outbox to {@code server.relay}; nothing is loaded or connected before the first mail.
   *
   * @param sender to whom the relay returns what it cannot deliver; nobody if there is none
   */
  public static Outbox outbox(Configuration configuration, Optional<Address> sender) {
    return new SmtpOutbox(settings(configuration, sender));
  }

  static SmtpSettings settings(Configuration configuration, Optional<Address> sender) {
    return new SmtpSettings(
        configuration.settings().get(ServerConfig.RELAY),
        ownName(configuration),
        sender,
        SmtpSettings.Timeouts.DEFAULT);
  }

  /** A host may be called what is no name for the DNS, and then the relay is told one that is. */
  private static Domain ownName(Configuration configuration) {
    return Domain.parse(configuration.milter().filter().verifying().authservId())
        .or(() -> Domain.parse("localhost"))
        .orElseThrow();
  }
}
