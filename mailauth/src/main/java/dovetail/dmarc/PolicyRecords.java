package dovetail.dmarc;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the DNS says in the course of one evaluation. Each name is asked for once, and after two
 * failures nothing more is asked: a DNS that does not answer must not hold up a message for as many
 * timeouts as there are names. For one thread.
 */
final class PolicyRecords {
  static final int MAX_FAILURES = 2;

  /** Where a domain's policy record stands (RFC 9989 4.5). */
  private static final String SUBDOMAIN = "_dmarc";

  private final Resolver resolver;
  private final Function<String, Optional<DmarcRecord>> reader;
  private final Map<Domain, RecordLookup> known = new HashMap<>();
  private Optional<Failure> failure = Optional.empty();
  private int failures;

  PolicyRecords(Resolver resolver) {
    this(resolver, DmarcRecord::parse);
  }

  /**
   * @param reader what a text is as a record
   */
  PolicyRecords(Resolver resolver, Function<String, Optional<DmarcRecord>> reader) {
    this.resolver = resolver;
    this.reader = reader;
  }

  /** Whether a name exists. */
  enum Existence {
    /** It has records, or names below it have. */
    EXISTS,
    /** There is no such name. */
    NONEXISTENT,
    /** The DNS did not say. */
    UNKNOWN
  }

  /** The policy record of that domain. */
  RecordLookup at(Domain domain) {
    return known.computeIfAbsent(domain, this::ask);
  }

  /** RFC 9989 3.2.13: only the answer that there is no such name makes a domain non-existent. */
  Existence existence(Domain domain) {
    if (failures == MAX_FAILURES) {
      return Existence.UNKNOWN;
    }
    return switch (resolver.ask(RecordType.A, domain)) {
      case Answer.Records<InetAddress> _, Answer.NoData<InetAddress>() -> Existence.EXISTS;
      case Answer.NoSuchName<InetAddress>() -> Existence.NONEXISTENT;
      case Answer.Failed<InetAddress>(Failure why) -> {
        fail(why);
        yield Existence.UNKNOWN;
      }
    };
  }

  /** The first failure in words; empty if there was none. */
  String failureWords() {
    return failure.map(Failure::words).orElse("");
  }

  private RecordLookup ask(Domain domain) {
    Optional<Domain> name = domain.below(SUBDOMAIN);
    if (name.isEmpty()) {
      return new RecordLookup.Absent(); // no name as long as that can have records
    }
    if (failures == MAX_FAILURES) {
      return new RecordLookup.Unknown();
    }
    return switch (resolver.txt(name.get())) {
      case Answer.Records<String>(List<String> texts, boolean _) -> only(texts);
      case Answer.NoData<String>(), Answer.NoSuchName<String>() -> new RecordLookup.Absent();
      case Answer.Failed<String>(Failure why) -> {
        fail(why);
        yield new RecordLookup.Unknown();
      }
    };
  }

  /** RFC 9989 4.10: what is no record of DMARC does not count, and two that are void each other. */
  private RecordLookup only(List<String> texts) {
    List<DmarcRecord> records =
        texts.stream().map(reader).flatMap(Optional::stream).limit(2).toList();
    return switch (records.size()) {
      case 0 -> new RecordLookup.Absent();
      case 1 -> new RecordLookup.Found(records.getFirst());
      default -> new RecordLookup.Several();
    };
  }

  private void fail(Failure why) {
    failures++;
    failure = failure.or(() -> Optional.of(why));
  }
}
