package dovetail.dkim;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/**
 * Reads key records, and remembers what was read, since most mail comes from few domains. Safe for
 * any number of threads; one object lives as long as the program.
 */
public final class PublicKeys {
  /** Characters of records; what is made of one takes a few times that. */
  private static final long MAX_CHARACTERS = 4L * 1024 * 1024;

  private static final int OVERHEAD = 500;

  private final LoadingCache<String, ParsedKey> parsed =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher((String text, ParsedKey _) -> text.length() + OVERHEAD)
          .executor(Runnable::run)
          .build(PublicKeyRecord::parse);

  /** What the text of a TXT record is found to be. */
  ParsedKey of(String text) {
    return parsed.get(text);
  }
}
