package dovetail.milter.source;

import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import dovetail.dkim.SigningKey;
import dovetail.keys.StoredKey;
import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The active keys of the database, as it was when it was last read: a key that has signed goes on
 * to sign while the database is away. Each message finds all keys of one moment. For any thread.
 */
public final class StoredKeys {
  private volatile Optional<Snapshot> snapshot = Optional.empty();

  /** All keys of one moment; each is made ready when it is first needed. */
  private record Snapshot(
      Map<Domain, List<StoredKey>> stored,
      Map<Domain, Domain> signers,
      Map<Domain, List<SigningKey>> ready) {}

  /**
   * What the database holds now.
   *
   * @param signers domains whose mail the keys of another one sign, with that one
   */
  public void replace(List<StoredKey> keys, Map<Domain, Domain> signers) {
    Map<Domain, List<StoredKey>> stored = new HashMap<>();
    for (StoredKey key : keys) {
      if (key.state() == StoredKey.State.ACTIVE) {
        stored.computeIfAbsent(key.domain(), _ -> new ArrayList<>()).add(key);
      }
    }
    snapshot = Optional.of(new Snapshot(stored, Map.copyOf(signers), new ConcurrentHashMap<>()));
  }

  /**
   * The keys that sign mail of a domain.
   *
   * @return nothing if the database has never been read
   */
  Optional<List<SigningKey>> find(Domain author) {
    return snapshot.map(now -> {
      Domain signer = now.signers().getOrDefault(author, author);
      return now.ready()
          .computeIfAbsent(signer, _ -> ready(now.stored().getOrDefault(signer, List.of())));
    });
  }

  private static List<SigningKey> ready(List<StoredKey> stored) {
    return stored.stream()
        .map(StoredKeys::ready)
        // RSA first, which every verifier knows.
        .sorted(Comparator.comparing(key -> key.key().algorithm()))
        .toList();
  }

  private static SigningKey ready(StoredKey stored) {
    try {
      byte[] pem = stored.pem().getBytes(StandardCharsets.US_ASCII);
      return new SigningKey(stored.domain(), stored.selector(), DkimKey.parse(pem));
    } catch (DkimKeyException e) {
      // It was checked when it came in: our fault, and the message is put off.
      throw new IllegalStateException("the key " + stored + " cannot be used", e);
    }
  }
}
