package dovetail.spf;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/**
 * Reads SPF records, and remembers what was read, since most mail comes from few domains. Safe for
 * any number of threads.
 */
final class SpfRecords {
  /** Characters of records; what is made of one takes about ten times that. */
  private static final long MAX_CHARACTERS = 2L * 1024 * 1024;

  private static final int OVERHEAD = 200;

  private final LoadingCache<String, Read> known =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher((String text, Read _) -> text.length() + OVERHEAD)
          .executor(Runnable::run)
          .build(SpfRecords::read);

  /** What a text is found to be. */
  private sealed interface Read {
    /** A record. */
    record Good(SpfRecord record) implements Read {}

    /** One that breaks the grammar. */
    record Bad(SpfStop why) implements Read {}
  }

  /** The record of a text that is one of SPF; as {@link SpfRecord#parse}. */
  SpfRecord of(String text) throws SpfStop {
    return switch (known.get(text)) {
      case Read.Good(SpfRecord record) -> record;
      case Read.Bad(SpfStop why) -> throw why;
    };
  }

  private static Read read(String text) {
    try {
      return new Read.Good(SpfRecord.parse(text));
    } catch (SpfStop e) {
      return new Read.Bad(e);
    }
  }
}
