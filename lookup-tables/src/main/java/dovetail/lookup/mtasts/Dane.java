package dovetail.lookup.mtasts;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MailExchange;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.dns.TlsAssociation;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether the hosts of a domain are known by DANE (RFC 7672), which a policy may not override (RFC
 * 8461 2). That takes answers that a resolver has checked: without one DANE never applies. What the
 * certificate has to be is Postfix's affair.
 */
sealed interface Dane {
  /** A host has TLSA records that can be used. */
  record Applies() implements Dane {}

  /** None has. */
  record Not() implements Dane {}

  /** Nobody knows: what was to be looked up cannot be, which includes data that fails DNSSEC. */
  record Unknown(String why) implements Dane {}

  /** Looks at a next hop. */
  static Dane of(NextHop hop, Resolver resolver) {
    return new Search(resolver, hop.port()).find(hop);
  }

  /** One look. */
  record Search(Resolver resolver, int port) {
    /** Postfix tries fewer (smtp_mx_address_limit). */
    private static final int MOST_HOSTS = 16;

    private static final int TRUST_ANCHOR = 2;
    private static final int SERVER = 3;
    private static final int PUBLIC_KEY = 1;

    Dane find(NextHop hop) {
      if (hop.isHost()) {
        return host(hop.domain());
      }
      return switch (resolver.ask(RecordType.MX, hop.domain())) {
        case Answer.Failed<MailExchange>(Failure failure) -> unknown(hop.domain(), failure);
        case Answer.NoSuchName<MailExchange>() -> new Not();
        case Answer.NoData<MailExchange>() -> host(hop.domain()); // RFC 5321 5.1
        case Answer.Records<MailExchange>(List<MailExchange> records, boolean authentic) ->
            authentic ? any(records) : new Not(); // RFC 7672 2.2.1
      };
    }

    private Dane any(List<MailExchange> records) {
      List<Domain> hosts =
          records.stream()
              .sorted(Comparator.comparingInt(MailExchange::preference))
              .map(MailExchange::domain)
              .flatMap(Optional::stream)
              .distinct()
              .limit(MOST_HOSTS)
              .toList();
      Dane result = new Not();
      for (Domain host : hosts) {
        Dane dane = host(host);
        if (dane instanceof Applies) {
          return dane;
        }
        if (dane instanceof Unknown) {
          result = dane;
        }
      }
      return result;
    }

    /** RFC 7672 2.2.2: where the address is not secure, nobody asks for more. */
    private Dane host(Domain host) {
      Answer<InetAddress> ipv4 = resolver.ask(RecordType.A, host);
      Answer<InetAddress> known =
          ipv4 instanceof Answer.Records<InetAddress> ? ipv4 : resolver.ask(RecordType.AAAA, host);
      return switch (known) {
        case Answer.Records<InetAddress>(_, boolean authentic) ->
            authentic ? associations(host) : new Not();
        case Answer.Failed<InetAddress>(Failure failure) -> unknown(host, failure);
        case Answer.NoData<InetAddress>(), Answer.NoSuchName<InetAddress>() ->
            ipv4 instanceof Answer.Failed<InetAddress>(Failure failure)
                ? unknown(host, failure)
                : new Not();
      };
    }

    private Dane associations(Domain host) {
      Optional<Domain> name = host.below("_" + port + "._tcp"); // RFC 7672 2.2.3
      if (name.isEmpty()) {
        return new Not();
      }
      return switch (resolver.ask(RecordType.TLSA, name.get())) {
        case Answer.Failed<TlsAssociation>(Failure failure) -> unknown(name.get(), failure);
        case Answer.NoData<TlsAssociation>(), Answer.NoSuchName<TlsAssociation>() -> new Not();
        case Answer.Records<TlsAssociation>(List<TlsAssociation> records, boolean authentic) ->
            authentic && records.stream().anyMatch(Search::isUsable) ? new Applies() : new Not();
      };
    }

    /** RFC 7672 3.1: the uses and forms that SMTP has. */
    private static boolean isUsable(TlsAssociation tlsa) {
      boolean isKnown =
          (tlsa.usage() == TRUST_ANCHOR || tlsa.usage() == SERVER) && tlsa.selector() <= PUBLIC_KEY;
      return isKnown
          && switch (tlsa.matching()) {
            case 0 -> !tlsa.data().isEmpty();
            case 1 -> tlsa.data().length() == 64;
            case 2 -> tlsa.data().length() == 128;
            default -> false;
          };
    }

    private static Dane unknown(Domain name, Failure failure) {
      return new Unknown(name + ": " + failure.words());
    }
  }
}
