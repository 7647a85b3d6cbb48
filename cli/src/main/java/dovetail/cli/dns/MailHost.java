package dovetail.cli.dns;

import dovetail.dns.Answer;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host that takes and sends the mail.
 *
 * @param name its name
 * @param addresses its addresses, as far as the DNS has told them
 * @param unknown why there may be more
 */
public record MailHost(Domain name, List<InetAddress> addresses, Optional<String> unknown) {
  /** Takes a copy of the list. */
  public MailHost {
    addresses = List.copyOf(addresses);
  }

  /** Asks for the addresses of a host. */
  public static MailHost of(Domain name, Resolver resolver) {
    List<InetAddress> addresses = new ArrayList<>();
    Optional<String> unknown = Optional.empty();
    for (RecordType<InetAddress> type : List.of(RecordType.A, RecordType.AAAA)) {
      switch (resolver.ask(type, name)) {
        case Answer.Records<InetAddress>(List<InetAddress> found, _) -> addresses.addAll(found);
        case Answer.NoData<InetAddress>(), Answer.NoSuchName<InetAddress>() -> {}
        case Answer.Failed<InetAddress>(var failure) -> unknown = Optional.of(failure.words());
      }
    }
    return new MailHost(name, addresses, unknown);
  }
}
