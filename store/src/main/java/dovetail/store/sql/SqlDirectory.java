package dovetail.store.sql;

import dovetail.directory.AddressEntry;
import dovetail.directory.Alias;
import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.EntryMap;
import dovetail.directory.GrantScope;
import dovetail.directory.Lookup;
import dovetail.directory.Mailbox;
import dovetail.directory.RelayHost;
import dovetail.directory.Target;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks each thing up in the database, in one statement. */
final class SqlDirectory implements Directory {
  private static final String ALIAS =
      "SELECT a.type, a.active, t.target FROM aliases a"
          + " JOIN alias_targets t ON t.address = a.address"
          + " WHERE a.address = ? ORDER BY t.position";

  // One statement, since the way to the database is what costs.
  private static final String ADDRESS =
      "SELECT 0 AS place, receive, send, '' AS type, '' AS target FROM mailboxes WHERE address = ?"
          + " UNION ALL"
          + " SELECT t.position + 1, a.active, 0, a.type, t.target FROM aliases a"
          + " JOIN alias_targets t ON t.address = a.address WHERE a.address = ?"
          + " ORDER BY 1";

  private static final String DOMAIN =
      "SELECT alias_of, type, active, transport, delimiter, subdomains FROM domains"
          + " WHERE domain = ?";

  private final Database database;
  private final Cells cells;

  SqlDirectory(Database database, SecretBox secrets) {
    this.database = database;
    this.cells = new Cells(secrets);
  }

  private <T> Lookup<T> answered(Work<Optional<T>, RuntimeException> work) {
    try {
      return Lookup.known(database.read(work));
    } catch (UnavailableException e) {
      return new Lookup.Unavailable<>(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Lookup<DomainEntry> domain(Domain name) {
    return answered(sql -> {
      Optional<DomainEntry> found = sql.first(DOMAIN, row -> domain(name, row), name.ascii());
      if (found.isPresent() && found.get() instanceof DomainEntry.Hosted hosted) {
        return Optional.of(withCatchAll(hosted, sql));
      }
      return found;
    });
  }

  private static DomainEntry domain(Domain name, ResultSet row) throws SQLException {
    String aliasOf = row.getString("alias_of");
    boolean active = row.getLong("active") != 0;
    if (aliasOf != null) {
      return new DomainEntry.AliasOf(name, active, domain(aliasOf));
    }
    return new DomainEntry.Hosted(
        name,
        active,
        row.getString("type").equals("relay") ? DomainEntry.Kind.RELAY : DomainEntry.Kind.MAILBOX,
        row.getLong("subdomains") != 0,
        delimiters(row.getString("delimiter")),
        Optional.ofNullable(row.getString("transport")),
        Optional.empty());
  }

  private static String delimiters(@Nullable String stored) {
    return stored == null || stored.equals("none") ? "" : stored;
  }

  private static Domain domain(String stored) throws SQLException {
    return Domain.parse(stored)
        .orElseThrow(() -> new SQLException("the database holds no domain: " + stored));
  }

  private static DomainEntry withCatchAll(DomainEntry.Hosted domain, Statements sql)
      throws SQLException {
    List<Alias> rows = sql.all(ALIAS, SqlDirectory::alias, "@" + domain.name());
    return rows.isEmpty()
        ? domain
        : new DomainEntry.Hosted(
            domain.name(),
            domain.active(),
            domain.kind(),
            domain.subdomains(),
            domain.delimiters(),
            domain.transport(),
            Optional.of(joined(rows)));
  }

  private static Alias alias(ResultSet row) throws SQLException {
    String stored = row.getString("target");
    Target target =
        Target.parse(stored)
            .orElseThrow(() -> new SQLException("the database holds no target: " + stored));
    return new Alias(
        row.getString("type").equals("list") ? Alias.Kind.LIST : Alias.Kind.ALIAS,
        row.getLong(2) != 0,
        List.of(target));
  }

  /** One alias from its rows, each of which has one target. */
  private static Alias joined(List<Alias> rows) {
    List<Target> targets = rows.stream().flatMap(row -> row.targets().stream()).toList();
    return new Alias(rows.getFirst().kind(), rows.getFirst().active(), targets);
  }

  @Override
  public Lookup<AddressEntry> address(Address address) {
    String name = address.toString();
    return answered(sql -> {
      List<Mailbox> mailboxes = new ArrayList<>();
      List<Alias> aliases = new ArrayList<>();
      sql.all(
          ADDRESS,
          row -> row.getLong("place") == 0 ? mailboxes.add(mailbox(row)) : aliases.add(alias(row)),
          name,
          name);
      return mailboxes.isEmpty() && aliases.isEmpty()
          ? Optional.<AddressEntry>empty()
          : Optional.of(
              new AddressEntry(
                  mailboxes.stream().findFirst(),
                  aliases.isEmpty() ? Optional.empty() : Optional.of(joined(aliases))));
    });
  }

  private static Mailbox mailbox(ResultSet row) throws SQLException {
    return new Mailbox(row.getLong("receive") != 0, row.getLong("send") != 0);
  }

  @Override
  public Lookup<List<Address>> grantees(GrantScope scope) {
    return answered(sql ->
        Optional.of(
            sql.all(
                "SELECT login FROM grants WHERE scope = ? ORDER BY login",
                row -> login(row.getString(1)),
                scope.toString())));
  }

  private static Address login(String stored) throws SQLException {
    return Address.parse(stored)
        .orElseThrow(() -> new SQLException("the database holds no address: " + stored));
  }

  @Override
  public Lookup<Map<String, String>> entries(EntryMap map) {
    return answered(sql -> {
      Map<String, String> entries = new HashMap<>();
      sql.all(
          "SELECT lookup_key, value FROM map_entries WHERE map = ?",
          row -> entries.put(row.getString(1), row.getString(2)) == null,
          map.parameter());
      return Optional.of(Map.copyOf(entries));
    });
  }

  @Override
  public Lookup<Map<String, RelayHost>> relayHosts() {
    return answered(sql -> {
      Map<String, RelayHost> hosts = new HashMap<>();
      new RowReader(sql, cells)
          .list(Kind.RELAY, Optional.empty(), row -> hosts.put(row.key().getFirst(), host(row)));
      return Optional.of(Map.copyOf(hosts));
    });
  }

  private static RelayHost host(Row row) {
    return new RelayHost(
        row.get("nexthop").orElse(""),
        row.get("username").map(name -> new RelayHost.Login(name, row.get("password").orElse(""))));
  }
}
