package dovetail.store.sql;

import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.UnavailableException;
import dovetail.keys.KeyStore;
import dovetail.keys.StoredKey;
import dovetail.keys.StoredKey.State;
import dovetail.mail.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** DKIM keys in tables; the private ones are encrypted. */
final class SqlKeyStore implements KeyStore {
  private static final String SELECT =
      "SELECT domain, selector, algorithm, state, modified, private_key FROM dkim_keys";

  private final Database database;
  private final SecretBox secrets;
  private final InstantSource clock;

  SqlKeyStore(Database database, SecretBox secrets, InstantSource clock) {
    this.database = database;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public List<StoredKey> all() throws UnavailableException {
    return database.<List<StoredKey>, UnavailableException>browse(
        sql -> sql.all(SELECT + " ORDER BY domain, selector", this::read));
  }

  @Override
  public Map<Domain, Domain> signers() throws UnavailableException {
    return database.<Map<Domain, Domain>, UnavailableException>browse(sql -> {
      Map<Domain, Domain> signers = new HashMap<>();
      sql.each(
          "SELECT domain, signer FROM domain_signers",
          row -> signers.put(domain(row.getString(1)), domain(row.getString(2))));
      return signers;
    });
  }

  private static Domain domain(String name) throws SQLException {
    return Domain.parse(name)
        .orElseThrow(() -> new SQLException("the database holds no domain: " + name));
  }

  private StoredKey read(ResultSet row) throws SQLException {
    String selector = row.getString("selector");
    Domain domain = domain(row.getString("domain"));
    return new StoredKey(
        domain,
        selector,
        row.getString("algorithm"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Instant.ofEpochSecond(row.getLong("modified")),
        secrets.open(row.getString("private_key"), place(domain, selector)));
  }

  private static String place(Domain domain, String selector) {
    return place(domain.ascii(), selector);
  }

  /** What binds a private key to where it stands. */
  static String place(String domain, String selector) {
    return "dkim " + selector + "._domainkey." + domain;
  }

  @Override
  public void addAll(List<StoredKey> keys, String actor)
      throws RefusedException, UnavailableException {
    database.<Boolean, RefusedException>write(sql -> {
      for (int i = 0; i < keys.size(); i++) {
        StoredKey key = keys.get(i);
        lock(sql, key.domain());
        add(sql, key, i);
        note(sql, "add", key.domain(), key.selector(), actor);
      }
      return true;
    });
  }

  private void add(Statements sql, StoredKey key, long index)
      throws SQLException, RefusedException {
    String domain = key.domain().ascii();
    if (sql.number("SELECT COUNT(*) FROM domains WHERE domain = ?", domain) == 0) {
      throw new RefusedException("there is no domain " + domain, index);
    }
    if (find(sql, key.domain(), key.selector()).isPresent()) {
      throw new RefusedException(key.domain() + " has a key " + key.selector() + " already", index);
    }
    sql.update(
        "INSERT INTO dkim_keys"
            + " (domain, selector, algorithm, state, private_key, created, modified)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        domain,
        key.selector(),
        key.algorithm(),
        key.state().word(),
        secrets.seal(key.pem(), place(key.domain(), key.selector())),
        key.since().getEpochSecond(),
        key.since().getEpochSecond());
  }

  @Override
  public List<StoredKey> activate(Domain domain, String selector, String actor)
      throws RefusedException, UnavailableException {
    List<StoredKey> retired = new ArrayList<>();
    changed(
        "activate",
        domain,
        actor,
        sql -> {
          retired.clear();
          StoredKey key = required(sql, domain, selector);
          for (StoredKey other : ofDomain(sql, domain)) {
            if (other.state() == State.ACTIVE
                && other.algorithm().equals(key.algorithm())
                && !other.selector().equals(key.selector())) {
              retired.add(move(sql, other, State.RETIRED));
            }
          }
          move(sql, key, State.ACTIVE);
          return key.selector();
        });
    return List.copyOf(retired);
  }

  @Override
  public void retire(Domain domain, String selector, String actor)
      throws RefusedException, UnavailableException {
    changed(
        "retire",
        domain,
        actor,
        sql -> {
          StoredKey key = required(sql, domain, selector);
          if (key.state() != State.ACTIVE) {
            throw new RefusedException(key + " does not sign", 0);
          }
          move(sql, key, State.RETIRED);
          return key.selector();
        });
  }

  @Override
  public void remove(Domain domain, String selector, String actor)
      throws RefusedException, UnavailableException {
    changed(
        "remove",
        domain,
        actor,
        sql -> {
          StoredKey key = required(sql, domain, selector);
          if (key.state() == State.ACTIVE) {
            throw new RefusedException(key + " signs: retire it first", 0);
          }
          sql.update(
              "DELETE FROM dkim_keys WHERE domain = ? AND selector = ?",
              domain.ascii(),
              key.selector());
          return key.selector();
        });
  }

  /** A step of a change. */
  @FunctionalInterface
  private interface Step {
    /** Makes it; gives the key's selector as it is stored. */
    String run(Statements sql) throws SQLException, RefusedException;
  }

  private void changed(String action, Domain domain, String actor, Step step)
      throws RefusedException, UnavailableException {
    database.<Boolean, RefusedException>write(sql -> {
      lock(sql, domain);
      note(sql, action, domain, step.run(sql), actor);
      return true;
    });
  }

  /** So that two who activate keys do not both win. */
  private static void lock(Statements sql, Domain domain) throws SQLException {
    sql.first(
        "SELECT domain FROM domains WHERE domain = ?" + sql.dialect().locking(),
        row -> row.getString(1),
        domain.ascii());
  }

  private void note(Statements sql, String action, Domain domain, String selector, String actor)
      throws SQLException {
    Instant now = clock.instant();
    String object = selector + "._domainkey." + domain;
    Trail.add(sql, new AuditEntry(now, actor, action, "dkim", object, ""));
    Trail.changed(sql, now, "dkim " + domain);
  }

  private List<StoredKey> ofDomain(Statements sql, Domain domain) throws SQLException {
    return sql.all(SELECT + " WHERE domain = ?", this::read, domain.ascii());
  }

  private Optional<StoredKey> find(Statements sql, Domain domain, String selector)
      throws SQLException {
    return ofDomain(sql, domain).stream()
        .filter(key -> key.selector().equalsIgnoreCase(selector))
        .findFirst();
  }

  private StoredKey required(Statements sql, Domain domain, String selector)
      throws SQLException, RefusedException {
    return find(sql, domain, selector)
        .orElseThrow(() -> new RefusedException(domain + " has no key " + selector, 0));
  }

  private StoredKey move(Statements sql, StoredKey key, State state) throws SQLException {
    Instant now = clock.instant();
    sql.update(
        "UPDATE dkim_keys SET state = ?, modified = ? WHERE domain = ? AND selector = ?",
        state.word(),
        now.getEpochSecond(),
        key.domain().ascii(),
        key.selector());
    return new StoredKey(key.domain(), key.selector(), key.algorithm(), state, now, key.pem());
  }
}
