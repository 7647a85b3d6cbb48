package dovetail.auth.source;

import dovetail.auth.answer.LoginNotes;
import dovetail.auth.answer.Passage;
import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Secret;
import dovetail.auth.password.StoredParts;
import dovetail.directory.Account;
import dovetail.directory.StoredHash;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.AppPasswordUse;
import dovetail.directory.login.Block;
import dovetail.directory.login.BlockStore;
import dovetail.directory.login.LastLogin;
import dovetail.directory.login.LoginStore;
import dovetail.mail.Address;
import dovetail.observe.Hush;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What logins leave in the database, written by {@link #exchange} so that no login waits for it,
 * and kept while the database is away. For any thread.
 */
public final class StoredLogins implements LoginNotes {
  private static final Logger logger = LoggerFactory.getLogger("auth");
  private static final Duration QUIET = Duration.ofHours(1);
  private static final int MOST_QUIET = 10_000;

  /** With so much unwritten the database has been away for long, and more is not kept. */
  private static final int MOST = 100_000;

  /** So many passwords are hashed anew at a time; the others are at their next login. */
  private static final int MOST_ANEW = 4;

  private static final Duration SWEEP = Duration.ofHours(1);

  private final Stores stores;
  private final HashThreads hashes;
  private final Executor threads;
  private final BooleanSupplier keys;
  private final LongSupplier nanos;
  private final Leisure leisure;
  private final Hush unusable;
  private final Latest<Use, LastLogin> logins;
  private final Latest<AppUse, AppPasswordUse> uses;
  private final Map<Block.Subject, Block> blocks = new ConcurrentHashMap<>();
  private final Set<Address> anew = ConcurrentHashMap.newKeySet();
  private Instant swept = Instant.MIN;

  /** Where it is written. */
  public record Stores(LoginStore logins, BlockStore blocks) {}

  private record Use(Address account, String service) {}

  private record AppUse(Address account, String label) {}

  /**
   * @param threads run what waits for hashes and the database
   * @param keys whether passwords are to have keys for SCRAM
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public StoredLogins(
      Stores stores,
      HashThreads hashes,
      Executor threads,
      BooleanSupplier keys,
      LongSupplier nanos) {
    this.stores = stores;
    this.hashes = hashes;
    this.threads = threads;
    this.keys = keys;
    this.nanos = nanos;
    this.leisure = new Leisure(nanos);
    this.unusable = new Hush(QUIET, MOST_QUIET, nanos);
    this.logins =
        new Latest<>(
            (use, time, client) -> new LastLogin(use.account(), use.service(), time, client),
            nanos);
    this.uses =
        new Latest<>((use, time, _) -> new AppPasswordUse(use.account(), use.label(), time), nanos);
  }

  @Override
  public void passed(Passage passage) {
    passage
        .service()
        .ifPresent(service ->
            logins.put(
                new Use(passage.account(), service.word()),
                passage.at(),
                passage.client().map(InetAddress::getHostAddress).orElse("")));
    passage
        .label()
        .ifPresent(label -> uses.put(new AppUse(passage.account(), label), passage.at(), ""));
  }

  @Override
  public void outdated(Account account, StoredHash hash, Secret password) {
    if (!leisure.isThere() || anew.size() >= MOST_ANEW || !anew.add(account.address())) {
      return;
    }
    Secret own = password.copy();
    threads.execute(() -> {
      long began = nanos.getAsLong();
      try (own) {
        Optional<StoredParts> fresh = fresh(StoredParts.of(hash.text()), own);
        if (fresh.isPresent()
            && stores
                .logins()
                .rehash(account.address(), hash, new StoredHash(fresh.get().text()))) {
          logger.info(
              fresh.get().keys().isPresent()
                  ? "the password of {} is stored as {ARGON2ID} with keys for SCRAM now"
                  : "the password of {} is stored as {ARGON2ID} now",
              account.address());
        }
      } catch (UnavailableException _) {
        // At the next login.
      } finally {
        leisure.spent(began);
        anew.remove(account.address());
      }
    });
  }

  /** Keys that are there stay as they are, whether or not they are of use now. */
  private Optional<StoredParts> fresh(StoredParts stored, Secret password) {
    return keys.getAsBoolean() && stored.scramKeys().isEmpty()
        ? hashes.hashWithKeys(password)
        : hashes.hash(password).map(stored::withHash);
  }

  @Override
  public void unusable(Account account, String why) {
    if (unusable.speaks(account.address().toString())) {
      logger.warn("a password of {} cannot be compared: {}; set another", account.address(), why);
    }
  }

  /** Somebody is kept out from now on. */
  public void blocked(Block block) {
    logger.warn("kept out until {}: {}, {}", block.until(), block.subject(), block.reason());
    if (blocks.size() < MOST) {
      blocks.put(block.subject(), block);
    }
  }

  /**
   * Writes what is new, of each account, service and app password no more often than once a minute;
   * and once an hour forgets blocks that are over. For one thread at a time.
   *
   * @throws UnavailableException if the database does not answer; nothing is lost then
   */
  public void exchange(Instant now) throws UnavailableException {
    for (Block block : List.copyOf(blocks.values())) {
      stores.blocks().put(block);
      blocks.remove(block.subject(), block);
    }
    logins.write(stores.logins()::loggedIn);
    uses.write(stores.logins()::used);
    sweep(now);
  }

  /** The next {@link #exchange} is the last one, and leaves nothing for later. */
  public void finish() {
    logins.hurry();
    uses.hurry();
  }

  private void sweep(Instant now) throws UnavailableException {
    Instant before = now.minus(SWEEP);
    if (swept.isBefore(before)) {
      stores.blocks().forget(before);
      swept = now;
    }
  }
}
