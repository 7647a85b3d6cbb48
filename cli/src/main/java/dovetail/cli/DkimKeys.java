package dovetail.cli;

import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import dovetail.dkim.SigningKey;
import dovetail.keys.StoredKey;
import dovetail.mail.Domain;
import dovetail.milter.source.SigningTable;
import dovetail.serve.Configuration;
import dovetail.serve.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The signing keys of the files and of the database. */
final class DkimKeys {
  /** How long mail may be under way: Postfix's maximal_queue_lifetime by default. */
  static final Duration QUEUE_LIFETIME = Duration.ofDays(5);

  private DkimKeys() {}

  /**
   * One key.
   *
   * @param key the key
   * @param stored what the database says of it; nothing if it is a file's
   */
  record Entry(SigningKey key, Optional<StoredKey> stored) {
    /** Its state in one word; a file's key signs. */
    String state() {
      return stored.map(StoredKey::state).orElse(StoredKey.State.ACTIVE).word();
    }

    /** Where it is kept. */
    String place() {
      return stored.isPresent() ? "database" : "file";
    }

    /** Until when mail that it has signed may be under way, if it signs no more. */
    Optional<Instant> neededUntil() {
      return stored
          .filter(each -> each.state() == StoredKey.State.RETIRED)
          .map(DkimKeys::neededUntil);
    }
  }

  /** From then on nobody asks for the record of a retired key, but for those who keep it. */
  static Instant neededUntil(StoredKey retired) {
    return retired.since().plus(QUEUE_LIFETIME).truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * All keys of those domains, files first; of all domains if none is named.
   *
   * @throws FailureException if there is a database that does not say
   */
  static List<Entry> of(Configuration configuration, List<Domain> domains) throws FailureException {
    List<Entry> entries = new ArrayList<>();
    for (SigningKey key : configuration.keysOf(domains)) {
      entries.add(new Entry(key, Optional.empty()));
    }
    if (Stores.isUsed(configuration)) {
      for (StoredKey stored : new StoreAccess(configuration).with(store -> store.keys().all())) {
        if (domains.isEmpty() || domains.contains(stored.domain())) {
          entries.add(new Entry(signing(stored), Optional.of(stored)));
        }
      }
    }
    return List.copyOf(entries);
  }

  /** Those whose mail is signed by keys in files: keys of the database never sign it then. */
  static Set<Domain> inFiles(ConfigOption config, Collection<Domain> domains)
      throws Configuration.UnusableException {
    SigningTable table = config.load().keys().table();
    return domains.stream()
        .filter(domain -> !table.find(domain).isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Says so of one. */
  static String filesHold(Domain owner) {
    return "mail of " + owner + " is signed by keys in files, which hold";
  }

  /** The key of the database with that name. */
  static StoredKey stored(StoreAccess access, Domain domain, String selector)
      throws FailureException {
    return access.with(store -> store.keys().all()).stream()
        .filter(key -> key.domain().equals(domain) && key.selector().equalsIgnoreCase(selector))
        .findFirst()
        .orElseThrow(() ->
            new FailureException(Exit.NO, "the database has no key " + selector + " of " + domain));
  }

  static SigningKey signing(StoredKey stored) throws FailureException {
    try {
      byte[] pem = stored.pem().getBytes(StandardCharsets.US_ASCII);
      return new SigningKey(stored.domain(), stored.selector(), DkimKey.parse(pem));
    } catch (DkimKeyException e) {
      throw new FailureException(Exit.NO, "the key " + stored + ": " + e.getMessage(), e);
    }
  }
}
