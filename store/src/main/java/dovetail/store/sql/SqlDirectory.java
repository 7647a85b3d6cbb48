package dovetail.store.sql;

import dovetail.directory.AddressEntry;
import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.EntryMap;
import dovetail.directory.GrantScope;
import dovetail.directory.Lookup;
import dovetail.directory.RelayHost;
import dovetail.directory.Usage;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks each thing up in the database, in one statement where it has an end. */
final class SqlDirectory implements Directory {
  private static final String DOMAIN =
      "SELECT d.alias_of, d.type AS kind, d.active AS used, d.transport, d.delimiter, d.subdomains,"
          + " t.position AS place, a.active, a.type, t.target FROM domains d"
          + " LEFT JOIN aliases a ON a.address = ?"
          + " LEFT JOIN alias_targets t ON t.address = a.address"
          + " WHERE d.domain = ?";

  private final Database database;
  private final Cells cells;
  private final Gathering<Address, AddressEntry> addresses;

  SqlDirectory(Database database, SecretBox secrets) {
    this.database = database;
    this.cells = new Cells(secrets);
    this.addresses =
        new Gathering<>(
            new AddressSource(database), AddressSource.MOST, Gathering.thread("directory"));
  }

  private <T> Lookup<T> asked(Work<Optional<T>, RuntimeException> work) {
    try {
      return Lookup.known(database.ask(work));
    } catch (UnavailableException e) {
      return unavailable(e);
    }
  }

  private static <T> Lookup<T> unavailable(UnavailableException e) {
    return new Lookup.Unavailable<>(String.valueOf(e.getMessage()));
  }

  @Override
  public Lookup<DomainEntry> domain(Domain name) {
    return asked(sql -> {
      List<AliasRow> catchAll = new ArrayList<>();
      List<DomainEntry> rows =
          sql.all(
              DOMAIN,
              row -> {
                if (row.getString("target") != null) {
                  catchAll.add(AliasRow.read(row));
                }
                return domain(name, row);
              },
              "@" + name,
              name.ascii());
      return rows.isEmpty()
          ? Optional.empty()
          : Optional.of(withCatchAll(rows.getFirst(), catchAll));
    });
  }

  private static DomainEntry domain(Domain name, ResultSet row) throws SQLException {
    String aliasOf = row.getString("alias_of");
    boolean active = row.getLong("used") != 0;
    if (aliasOf != null) {
      return new DomainEntry.AliasOf(name, active, domain(aliasOf));
    }
    return new DomainEntry.Hosted(
        name,
        active,
        row.getString("kind").equals("relay") ? DomainEntry.Kind.RELAY : DomainEntry.Kind.MAILBOX,
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

  private static DomainEntry withCatchAll(DomainEntry entry, List<AliasRow> rows)
      throws SQLException {
    return entry instanceof DomainEntry.Hosted domain
        ? new DomainEntry.Hosted(
            domain.name(),
            domain.active(),
            domain.kind(),
            domain.subdomains(),
            domain.delimiters(),
            domain.transport(),
            AliasRow.joined(rows))
        : entry;
  }

  @Override
  public Lookup<AddressEntry> address(Address address) {
    return addresses.get(address);
  }

  @Override
  public Lookup<Map<Address, AddressEntry>> addresses(Domain domain, int most) {
    return asked(sql -> AddressSource.all(sql, domain, most));
  }

  @Override
  public Lookup<List<Address>> grantees(GrantScope scope) {
    return asked(sql ->
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
    return asked(sql -> {
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
    Map<String, RelayHost> hosts = new HashMap<>();
    try {
      return database.<Lookup<Map<String, RelayHost>>, RuntimeException>read(sql -> {
        hosts.clear();
        new RowReader(sql, cells)
            .list(Kind.RELAY, Optional.empty(), row -> hosts.put(row.key().getFirst(), host(row)));
        return new Lookup.Found<>(Map.copyOf(hosts));
      });
    } catch (UnavailableException e) {
      return unavailable(e);
    }
  }

  @Override
  public Lookup<Set<String>> bulkSenders() {
    return asked(sql ->
        Optional.of(
            Set.copyOf(
                sql.all(
                    "SELECT DISTINCT subject FROM limits WHERE bulk = 1",
                    row -> row.getString(1)))));
  }

  @Override
  public Lookup<Usage> usage(Address mailbox) {
    return asked(sql -> SqlUsageStore.find(sql, mailbox));
  }

  private static RelayHost host(Row row) {
    return new RelayHost(
        row.get("nexthop").orElse(""),
        row.get("username").map(name -> new RelayHost.Login(name, row.get("password").orElse(""))));
  }
}
