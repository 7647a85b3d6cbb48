package dovetail.spf;

import dovetail.dns.MailExchange;
import dovetail.dns.RecordType;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** One check: goes through a record, and through those that it refers to. For one use. */
final class Evaluation {
  private static final int MOST_EXCHANGERS = 10;

  /** What is shown of a term, which may be as long as a record. */
  private static final int MOST_SHOWN = 255;

  private final SpfClient client;
  private final MacroValues values;
  private final Lookups lookups;
  private final ClientNames names;
  private final SpfRecords records;

  /** How a record was gone through. */
  private record Outcome(
      SpfStatus status,
      SpfReason reason,
      Optional<String> mechanism,
      Domain domain,
      Optional<MacroString> explanation) {}

  Evaluation(SpfClient client, MacroValues values, Lookups lookups, SpfRecords records) {
    this.client = client;
    this.values = values;
    this.lookups = lookups;
    this.names = new ClientNames(client, lookups);
    this.records = records;
  }

  SpfResult run(SpfSender sender) {
    Optional<Domain> domain = Domain.parse(sender.domain()).filter(Evaluation::isMailDomain);
    SpfIdentity identity = sender.identity();
    if (domain.isEmpty()) {
      return ended(identity, domain, SpfStatus.NONE, SpfReason.NO_DOMAIN, "");
    }
    try {
      Optional<Outcome> outcome = evaluate(domain.get());
      return outcome.isEmpty()
          ? ended(identity, domain, SpfStatus.NONE, SpfReason.NO_RECORD, "")
          : result(identity, domain, outcome.get());
    } catch (SpfStop stop) {
      return ended(identity, domain, stop.status(), stop.reason(), stop.detail());
    }
  }

  /** RFC 7208 4.3: a name of one label is none. */
  static boolean isMailDomain(Domain domain) {
    return domain.parent().isPresent();
  }

  private static SpfResult ended(
      SpfIdentity identity,
      Optional<Domain> domain,
      SpfStatus status,
      SpfReason reason,
      String detail) {
    return new SpfResult(
        identity, domain, status, reason, detail, Optional.empty(), Optional.empty());
  }

  private SpfResult result(SpfIdentity identity, Optional<Domain> domain, Outcome outcome) {
    Optional<String> explanation =
        outcome.status() == SpfStatus.FAIL
            ? outcome.explanation().flatMap(target -> explanation(target, outcome.domain()))
            : Optional.empty();
    return new SpfResult(
        identity, domain, outcome.status(), outcome.reason(), "", outcome.mechanism(), explanation);
  }

  /** Goes through a domain's record; nothing if it has none (RFC 7208 4.4 to 4.7). */
  private Optional<Outcome> evaluate(Domain domain) throws SpfStop {
    List<String> texts = lookups.texts(domain).stream().filter(SpfRecord::isOne).toList();
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    if (texts.size() > 1) {
      throw SpfStop.permanent(SpfReason.SEVERAL_RECORDS, "");
    }
    SpfRecord record = records.of(texts.getFirst());
    for (SpfRecord.Directive directive : record.directives()) {
      if (matches(directive.mechanism(), domain)) {
        return Optional.of(
            new Outcome(
                directive.qualifier().status(),
                SpfReason.MATCHED,
                Optional.of(shown(directive.text())),
                domain,
                record.explanation()));
      }
    }
    if (record.redirect().isPresent()) {
      lookups.term();
      return Optional.of(referred(record.redirect().get(), domain));
    }
    return Optional.of(
        new Outcome(
            SpfStatus.NEUTRAL, SpfReason.NO_MATCH, Optional.empty(), domain, Optional.empty()));
  }

  /** RFC 7208 5.2, 6.1: a record that is referred to has to be there. */
  private Outcome referred(MacroString target, Domain domain) throws SpfStop {
    Optional<Domain> other = named(target, domain).filter(Evaluation::isMailDomain);
    return (other.isPresent() ? evaluate(other.get()) : Optional.<Outcome>empty())
        .orElseThrow(() -> SpfStop.permanent(SpfReason.NO_REFERENCED_RECORD, ""));
  }

  private static String shown(String term) {
    return term.length() <= MOST_SHOWN ? term : term.substring(0, MOST_SHOWN) + "...";
  }

  private boolean matches(Mechanism mechanism, Domain domain) throws SpfStop {
    if (!(mechanism instanceof Mechanism.All) && !(mechanism instanceof Mechanism.Ip)) {
      lookups.term();
    }
    return switch (mechanism) {
      case Mechanism.All _ -> true;
      case Mechanism.Ip(IpRange range) -> range.contains(client.address());
      case Mechanism.Include(MacroString target) ->
          referred(target, domain).status() == SpfStatus.PASS;
      case Mechanism.A(Optional<MacroString> target, Mechanism.Prefixes prefixes) -> {
        Optional<Domain> name = target(target, domain);
        yield name.isPresent() && isAt(name.get(), prefixes);
      }
      case Mechanism.Mx(Optional<MacroString> target, Mechanism.Prefixes prefixes) -> {
        Optional<Domain> name = target(target, domain);
        yield name.isPresent() && isAtExchanger(name.get(), prefixes);
      }
      case Mechanism.Ptr(Optional<MacroString> target) -> {
        Optional<Domain> name = target(target, domain);
        boolean below = name.isPresent() && names.isBelow(name.get());
        lookups.inTime(); // RFC 7208 5.5 excuses what the DNS does, but not a check that is late
        yield below;
      }
      case Mechanism.Exists(MacroString target) -> {
        Optional<Domain> name = named(target, domain);
        // RFC 7208 5.7: an A record, whatever the client's family.
        yield name.isPresent() && !lookups.found(RecordType.A, name.get()).isEmpty();
      }
    };
  }

  private boolean isAt(Domain name, Mechanism.Prefixes prefixes) throws SpfStop {
    return isAmong(lookups.found(addresses(), name), prefixes);
  }

  private RecordType<InetAddress> addresses() {
    return client.isIpv4() ? RecordType.A : RecordType.AAAA;
  }

  private boolean isAmong(List<InetAddress> addresses, Mechanism.Prefixes prefixes) {
    int prefix = client.isIpv4() ? prefixes.ipv4() : prefixes.ipv6();
    return addresses.stream()
        .anyMatch(address -> new IpRange(address, prefix).contains(client.address()));
  }

  // RFC 7208 5.4, without the fallback to addresses of the name, which SPF does not have.
  private boolean isAtExchanger(Domain name, Mechanism.Prefixes prefixes) throws SpfStop {
    List<MailExchange> exchangers = lookups.found(RecordType.MX, name);
    if (exchangers.size() > MOST_EXCHANGERS) {
      throw SpfStop.permanent(SpfReason.TOO_MANY_EXCHANGERS, "");
    }
    boolean isVoid = !exchangers.isEmpty();
    for (MailExchange exchanger : exchangers) {
      Optional<Domain> host = Domain.asked(exchanger.host());
      List<InetAddress> addresses =
          host.isPresent() ? lookups.records(addresses(), host.get()) : List.of();
      isVoid &= addresses.isEmpty();
      if (isAmong(addresses, prefixes)) {
        return true;
      }
    }
    if (isVoid) {
      lookups.empty();
    }
    return false;
  }

  private Optional<Domain> target(Optional<MacroString> target, Domain domain) {
    return target.isPresent() ? named(target.get(), domain) : Optional.of(domain);
  }

  /** The name that a domain-spec makes; nothing if it is none that the DNS could hold. */
  private Optional<Domain> named(MacroString target, Domain domain) {
    return Domain.asked(target.name(values.at(domain, names::nameFor)));
  }

  /** RFC 7208 6.2: whatever is wrong with it, the result is the same without. */
  private Optional<String> explanation(MacroString target, Domain domain) {
    try {
      Optional<Domain> name = named(target, domain);
      List<String> texts = name.isPresent() ? lookups.texts(name.get()) : List.of();
      return texts.size() == 1
          ? MacroString.parseExplanation(texts.getFirst())
              .flatMap(text -> text.text(values.at(domain, names::nameFor)))
              .filter(Evaluation::isPrintable)
          : Optional.empty();
    } catch (SpfStop _) {
      return Optional.empty();
    }
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
