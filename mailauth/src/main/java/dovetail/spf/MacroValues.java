package dovetail.spf;

import dovetail.mail.Domain;
import java.time.InstantSource;
import java.util.function.Function;

/** What macros stand for in one check (RFC 7208 7.2). */
record MacroValues(SpfSender sender, SpfClient client, String receiver, InstantSource clock) {
  /**
   * The values where a domain's record is read.
   *
   * @param names the name of the client, as far as it has one below that domain
   */
  MacroString.Values at(Domain domain, Function<Domain, String> names) {
    return letter ->
        switch (letter) {
          case 's' -> sender.address();
          case 'l' -> sender.localPart();
          case 'o' -> sender.domain();
          case 'd' -> domain.ascii();
          case 'i' -> AddressText.dotted(client.address());
          case 'p' -> names.apply(domain);
          case 'v' -> client.isIpv4() ? "in-addr" : "ip6";
          case 'h' -> client.helo();
          case 'c' -> AddressText.readable(client.address());
          case 'r' -> receiver;
          case 't' -> Long.toString(clock.instant().getEpochSecond());
          default -> throw new IllegalArgumentException("no such macro: " + letter);
        };
  }
}
