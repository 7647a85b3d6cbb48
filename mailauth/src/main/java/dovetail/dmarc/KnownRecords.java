package dovetail.dmarc;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Optional;

/**
 * Reads policy records, and remembers what was read, since most mail comes from few domains. Safe
 * for any number of threads.
 */
final class KnownRecords {
  /** Characters of records; what is made of one takes about ten times that. */
  private static final long MAX_CHARACTERS = 2L * 1024 * 1024;

  private static final int OVERHEAD = 200;

  private final LoadingCache<String, Optional<DmarcRecord>> known =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher((String text, Optional<DmarcRecord> _) -> text.length() + OVERHEAD)
          .executor(Runnable::run)
          .build(DmarcRecord::parse);

  /** The record of a text; as {@link DmarcRecord#parse}. */
  Optional<DmarcRecord> of(String text) {
    return known.get(text);
  }
}
