package dovetail.auth.source;

import dovetail.directory.StoredHash;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.AppPasswordUse;
import dovetail.directory.login.Block;
import dovetail.directory.login.BlockStore;
import dovetail.directory.login.LastLogin;
import dovetail.directory.login.LoginStore;
import dovetail.mail.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database that takes down what it is told, and is away when a test says so. */
final class LedgerStore implements LoginStore, BlockStore {
  final List<LastLogin> logins = new ArrayList<>();
  final List<AppPasswordUse> uses = new ArrayList<>();
  final List<Block> blocks = new ArrayList<>();
  final List<Instant> forgotten = new ArrayList<>();
  final List<StoredHash> fresh = new ArrayList<>();
  Optional<Instant> since = Optional.empty();
  private Runnable meanwhile = () -> {};
  private boolean away;

  void away(boolean is) {
    away = is;
  }

  /** Happens while the next thing is written. */
  void meanwhile(Runnable what) {
    meanwhile = what;
  }

  private void write() throws UnavailableException {
    if (away) {
      throw new UnavailableException("planted");
    }
    Runnable what = meanwhile;
    meanwhile = () -> {};
    what.run();
  }

  @Override
  public boolean rehash(Address account, StoredHash verified, StoredHash hash)
      throws UnavailableException {
    write();
    return fresh.add(hash);
  }

  @Override
  public boolean change(Address account, StoredHash verified, StoredHash hash) {
    throw new AssertionError("nobody asks for that");
  }

  @Override
  public void used(List<AppPasswordUse> more) throws UnavailableException {
    write();
    uses.addAll(more);
  }

  @Override
  public void loggedIn(List<LastLogin> more) throws UnavailableException {
    write();
    logins.addAll(more);
  }

  @Override
  public void put(Block block) throws UnavailableException {
    write();
    blocks.add(block);
  }

  @Override
  public void forget(Instant before) throws UnavailableException {
    write();
    forgotten.add(before);
  }

  @Override
  public boolean useTotp(Address account, long step) {
    throw new AssertionError("nobody asks for that");
  }

  @Override
  public List<LastLogin> recent(Instant from, int most) throws UnavailableException {
    write();
    since = Optional.of(from);
    return List.copyOf(logins);
  }

  @Override
  public List<LastLogin> last(Address account) {
    throw new AssertionError("nobody asks for that");
  }

  @Override
  public boolean lift(Block.Subject subject, Instant now, String actor) {
    throw new AssertionError("nobody asks for that");
  }

  @Override
  public List<Block> all(Instant now) {
    throw new AssertionError("nobody asks for that");
  }

  @Override
  public Optional<Block> find(Block.Subject subject, Instant now) {
    throw new AssertionError("nobody asks for that");
  }
}
