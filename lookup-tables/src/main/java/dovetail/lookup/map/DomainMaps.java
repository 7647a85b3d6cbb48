package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.search.Hosting;
import dovetail.directory.search.Missing;
import dovetail.mail.Domain;
import java.util.function.Function;

/**
 * The lists of domains; Postfix asks for names only, and looks at nothing but whether they are
 * there.
 */
final class DomainMaps {
  private DomainMaps() {}

  /** {@code virtual_mailbox_domains}. */
  static LookupMap mailbox(Directory directory) {
    return domains(name ->
        switch (Hosting.of(directory, name)) {
          case Hosting.At(DomainEntry.Hosted hosted, boolean otherName) ->
              !otherName && hosted.kind() == DomainEntry.Kind.MAILBOX
                  ? found(name, Reason.DOMAIN)
                  : Finding.nothing(Reason.OTHER_KIND);
          case Hosting.None(Missing why) -> Finding.nothing(why);
          case Hosting.Unknown(String why) -> Finding.unavailable(why);
        });
  }

  /** {@code virtual_alias_domains}: other names of domains. */
  static LookupMap alias(Directory directory) {
    return domains(name ->
        switch (Hosting.of(directory, name)) {
          case Hosting.At(_, boolean otherName) ->
              otherName ? found(name, Reason.ALIAS_DOMAIN) : Finding.nothing(Reason.OTHER_KIND);
          case Hosting.None(Missing why) -> Finding.nothing(why);
          case Hosting.Unknown(String why) -> Finding.unavailable(why);
        });
  }

  /** {@code relay_domains}, with the names below those that relay for them. */
  static LookupMap relay(Directory directory) {
    return domains(name ->
        switch (relaying(directory, name)) {
          case Hosting.At(DomainEntry.Hosted hosted, _) ->
              found(name, hosted.name().equals(name) ? Reason.DOMAIN : Reason.SUBDOMAIN);
          case Hosting.None(Missing why) -> Finding.nothing(why);
          case Hosting.Unknown(String why) -> Finding.unavailable(why);
        });
  }

  /** The relay domain by whose rules a name is relayed; not for other names of it. */
  private static Hosting relaying(Directory directory, Domain name) {
    return switch (Hosting.of(directory, name)) {
      case Hosting.At(DomainEntry.Hosted hosted, boolean otherName)
          when otherName || hosted.kind() != DomainEntry.Kind.RELAY ->
          new Hosting.None(Missing.OTHER_KIND);
      case Hosting.None(Missing why) when why == Missing.NOT_OURS ->
          Hosting.relayAbove(directory, name);
      case Hosting known -> known;
    };
  }

  private static LookupMap domains(Function<Domain, Finding> rule) {
    return new ReasonedMap(
        key -> Domain.parse(key).map(rule).orElseGet(() -> Finding.nothing(Reason.NO_DOMAIN)));
  }

  private static Finding found(Domain name, Reason reason) {
    return Finding.found(name.ascii(), reason);
  }
}
