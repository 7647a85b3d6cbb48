package dovetail.store.sql;

import dovetail.counter.CounterStore;
import dovetail.counter.GreylistStore;
import dovetail.counter.SuspensionStore;
import dovetail.directory.Accounts;
import dovetail.directory.Directory;
import dovetail.directory.edit.Administration;
import dovetail.directory.edit.ArchiveStore;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UsageStore;
import dovetail.directory.login.BlockStore;
import dovetail.directory.login.LoginStore;
import dovetail.keys.KeyStore;
import dovetail.ledger.Ledger;
import java.time.InstantSource;
import java.util.List;

/** A database with what Dovetail keeps in it. For any thread. */
public final class Store implements AutoCloseable {
  private final Database database;
  private final Migrations migrations;
  private final SqlDirectory directory;
  private final SqlAccounts accounts;
  private final SqlAdministration administration;
  private final SqlKeyStore keys;
  private final SqlArchiveStore archives;
  private final SqlLedger ledger;
  private final SqlUsageStore usage;
  private final SqlLoginStore logins;
  private final SqlBlockStore blocks;
  private final SqlCounterStore counters;
  private final SqlSuspensionStore suspensions;
  private final SqlGreylistStore greylist;
  private final Backup backup;

  private Store(Database database, SecretBox secrets, InstantSource clock) {
    this.database = database;
    this.migrations = new Migrations(database, clock);
    this.directory = new SqlDirectory(database, secrets);
    this.accounts = new SqlAccounts(database, secrets);
    this.administration = new SqlAdministration(database, secrets, clock);
    this.keys = new SqlKeyStore(database, secrets, clock);
    this.archives = new SqlArchiveStore(database);
    this.ledger = new SqlLedger(database, clock);
    this.usage = new SqlUsageStore(database, clock);
    this.logins = new SqlLoginStore(database, clock);
    this.blocks = new SqlBlockStore(database, clock);
    this.counters = new SqlCounterStore(database, clock);
    this.greylist = new SqlGreylistStore(database);
    this.suspensions = new SqlSuspensionStore(database, clock);
    this.backup = new Backup(database, secrets, clock);
  }

  /** Makes ready to use a database; whether it works shows when it is asked. */
  public static Store open(DatabaseSettings settings, SecretBox secrets, InstantSource clock) {
    return new Store(Database.open(settings, secrets.random()), secrets, clock);
  }

  /** Whether tables are made without being told to, which is so for the embedded database. */
  public boolean migratesItself() {
    return database.dialect() == Dialect.SQLITE;
  }

  /**
   * Makes the tables that are missing.
   *
   * @return how many steps that were
   */
  public int migrate() throws UnavailableException {
    return migrations.migrate();
  }

  /** The numbers of the steps of the schema that have not been made. */
  public List<Integer> missingSteps() throws UnavailableException {
    return migrations.missing();
  }

  /** What is hosted, asked from the database each time. */
  public Directory directory() {
    return directory;
  }

  /** Who can log in, asked from the database each time. */
  public Accounts accounts() {
    return accounts;
  }

  /** Reads and changes it. */
  public Administration administration() {
    return administration;
  }

  /** DKIM keys. */
  public KeyStore keys() {
    return keys;
  }

  /** Which domains have an archive. */
  public ArchiveStore archives() {
    return archives;
  }

  /** What messages leave behind. */
  public Ledger ledger() {
    return ledger;
  }

  /** Takes how much mailboxes hold. */
  public UsageStore usage() {
    return usage;
  }

  /** Takes what logins bring about. */
  public LoginStore logins() {
    return logins;
  }

  /** Who cannot log in for a time. */
  public BlockStore blocks() {
    return blocks;
  }

  /** How much of what was used. */
  public CounterStore counters() {
    return counters;
  }

  /** Accounts that may not send for a time. */
  public SuspensionStore suspensions() {
    return suspensions;
  }

  /** Whose mail came when. */
  public GreylistStore greylist() {
    return greylist;
  }

  /** All that is kept, for a copy elsewhere. */
  public Backup backup() {
    return backup;
  }

  /** Our tables as PostfixAdmin's, to read. */
  public PostfixAdminViews views() {
    return new PostfixAdminViews(database);
  }

  /** What others have changed since the last call. */
  public ChangeFeed changes() {
    return new ChangeFeed(database);
  }

  @Override
  public void close() {
    database.close();
  }
}
