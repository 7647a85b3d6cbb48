package dovetail.spf;

import dovetail.dns.Answer;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** The questions of one check, which are few (RFC 7208 4.6.4). For one thread. */
final class Lookups {
  static final int MOST_TERMS = 10;
  private static final int MOST_VOID = 2;

  private final Resolver resolver;
  private final LongSupplier nanos;
  private final long began;
  private final long most;
  private final int mostVoid;
  private int terms;
  private int voids;

  /**
   * @param most how long all questions together may take
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  Lookups(Resolver resolver, Duration most, LongSupplier nanos) {
    this(resolver, most, nanos, MOST_VOID);
  }

  private Lookups(Resolver resolver, Duration most, LongSupplier nanos, int mostVoid) {
    this.resolver = resolver;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.most = most.toNanos();
    this.mostVoid = mostVoid;
  }

  /** However many of them find nothing. */
  static Lookups withVoids(Resolver resolver, Duration most, LongSupplier nanos) {
    return new Lookups(resolver, most, nanos, Integer.MAX_VALUE);
  }

  /** Counts a term that needs the DNS. */
  void term() throws SpfStop {
    if (++terms > MOST_TERMS) {
      throw SpfStop.permanent(SpfReason.TOO_MANY_LOOKUPS, "");
    }
  }

  /** How many terms have needed it so far. */
  int terms() {
    return terms;
  }

  /** The texts of a name, none if there are none; nobody counts them. */
  List<String> texts(Domain name) throws SpfStop {
    return records(RecordType.TXT, name);
  }

  /** What a term asks for; nothing there is counted. */
  <T> List<T> found(RecordType<T> type, Domain name) throws SpfStop {
    List<T> records = records(type, name);
    if (records.isEmpty()) {
      empty();
    }
    return records;
  }

  /** Counts a term for which there is nothing, however many questions that took. */
  void empty() throws SpfStop {
    if (++voids > mostVoid) {
      throw SpfStop.permanent(SpfReason.TOO_MANY_VOID_LOOKUPS, "");
    }
  }

  void inTime() throws SpfStop {
    if (nanos.getAsLong() - began > most) {
      throw SpfStop.temporary(SpfReason.TOO_SLOW, "");
    }
  }

  <T> List<T> records(RecordType<T> type, Domain name) throws SpfStop {
    inTime();
    return switch (resolver.ask(type, name)) {
      case Answer.Records<T>(List<T> records, _) -> records;
      case Answer.NoData<T>(), Answer.NoSuchName<T>() -> List.of();
      case Answer.Failed<T>(var failure) ->
          throw SpfStop.temporary(SpfReason.DNS_FAILURE, failure.words());
    };
  }
}
