package dovetail.policy.source;

import dovetail.counter.AccountDay;
import dovetail.counter.HeldMessage;
import dovetail.counter.Suspension;
import dovetail.counter.SuspensionStore;
import dovetail.directory.edit.UnavailableException;
import dovetail.store.sql.DatabaseSettings;
import dovetail.store.sql.SecretBox;
import dovetail.store.sql.SecretKeyFile;
import dovetail.store.sql.Store;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The suspensions of a database that is away when a test says so. */
final class ShakyStore implements SuspensionStore, AutoCloseable {
  private final Store store;
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean away;

  private ShakyStore(Store store) {
    this.store = store;
  }

  /** A fresh one, on an SQLite file. */
  static ShakyStore in(Path folder, InstantSource clock) throws UnavailableException {
    SecureRandom random = new SecureRandom();
    Store store =
        Store.open(
            DatabaseSettings.sqlite(folder.resolve("dovetail.db")),
            new SecretBox(new SecretKeyFile(folder.resolve("secret.key"), random), random),
            clock);
    store.migrate();
    return new ShakyStore(store);
  }

  void away(boolean is) {
    away = is;
  }

  /** How often it was asked while it was away. */
  int refused() {
    return refused.get();
  }

  private SuspensionStore there() throws UnavailableException {
    if (away) {
      refused.incrementAndGet();
      throw new UnavailableException("planted", new IllegalStateException("planted"));
    }
    return store.suspensions();
  }

  @Override
  public boolean add(Suspension suspension, String actor) throws UnavailableException {
    return there().add(suspension, actor);
  }

  @Override
  public List<Suspension> all(Instant now) throws UnavailableException {
    return there().all(now);
  }

  @Override
  public boolean lift(String account, String actor) throws UnavailableException {
    return there().lift(account, actor);
  }

  @Override
  public void held(HeldMessage message) throws UnavailableException {
    there().held(message);
  }

  @Override
  public List<String> held(String host, String account) throws UnavailableException {
    return there().held(host, account);
  }

  @Override
  public SortedMap<String, Integer> held(String host) throws UnavailableException {
    return there().held(host);
  }

  @Override
  public void released(String host, String account, List<String> queueIds)
      throws UnavailableException {
    there().released(host, account, queueIds);
  }

  @Override
  public void reached(List<AccountDay> days) throws UnavailableException {
    there().reached(days);
  }

  @Override
  public void history(long since, Consumer<AccountDay> sink) throws UnavailableException {
    there().history(since, sink);
  }

  @Override
  public List<AccountDay> history(long since, String account) throws UnavailableException {
    return there().history(since, account);
  }

  @Override
  public void forget(long day, Instant before) throws UnavailableException {
    there().forget(day, before);
  }

  @Override
  public void close() {
    store.close();
  }
}
