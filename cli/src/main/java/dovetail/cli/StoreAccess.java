package dovetail.cli;

import dovetail.auth.AuthConfig;
import dovetail.counter.UnreadException;
import dovetail.directory.edit.Administration;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.UnavailableException;
import dovetail.serve.Configuration;
import dovetail.serve.StateOwner;
import dovetail.serve.Stores;
import dovetail.store.sql.Store;
import java.io.IOException;
import java.util.List;

/** Opens the store for a command, and says what went wrong there. */
final class StoreAccess {
  private final Configuration configuration;

  /** What a command does with the store. */
  @FunctionalInterface
  interface Work<T> {
    T run(Store store) throws UnavailableException, RefusedException, FailureException;
  }

  StoreAccess(ConfigOption config) throws Configuration.UnusableException {
    this(config.loadWithoutKeys());
  }

  StoreAccess(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Whether passwords of mailboxes are to have keys for SCRAM. */
  boolean keepsScramKeys() {
    return AuthConfig.scram(configuration.settings());
  }

  /** Does something with a store whose tables are there. */
  <T> T with(Work<T> work) throws FailureException {
    return withAny(store -> {
      if (store.migratesItself()) {
        store.migrate();
      }
      return work.run(store);
    });
  }

  /** Does something with a store whose tables may be missing. */
  <T> T withAny(Work<T> work) throws FailureException {
    try {
      StateOwner.become(configuration);
    } catch (IOException e) {
      throw new FailureException(
          Exit.TEMPORARY, "cannot become the owner of the database's folder: " + e.getMessage(), e);
    }
    try (Store store = Stores.open(configuration)) {
      return work.run(store);
    } catch (RefusedException e) {
      throw new FailureException(Exit.NO, String.valueOf(e.getMessage()), e);
    } catch (UnavailableException | UnreadException e) {
      throw new FailureException(Exit.TEMPORARY, "the database: " + e.getMessage(), e);
    }
  }

  /** Makes one change. */
  void apply(Change change) throws FailureException {
    with(store -> {
      Administration administration = store.administration();
      return administration.apply(List.of(change), actor(), _ -> {});
    });
  }

  /** Who is at the keyboard, as far as the system knows. */
  static String actor() {
    String user = System.getProperty("user.name", "?");
    String before = System.getenv().getOrDefault("SUDO_USER", "");
    return before.isEmpty() || before.equals(user) ? user : before + " as " + user;
  }
}
