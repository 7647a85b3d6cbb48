package dovetail.store.sql;

import dovetail.directory.AddressEntry;
import dovetail.directory.Lookup;
import dovetail.directory.Mailbox;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what stands at addresses, in one statement for several of them. */
final class AddressSource implements Gathering.Source<Address, AddressEntry> {
  /** The most addresses in a statement. */
  static final int MOST = 32;

  /** For how many addresses there are statements, so that few have to be prepared. */
  private static final List<Integer> SIZES = List.of(1, 4, 12, MOST);

  private static final String MAILBOXES =
      "SELECT m.address, 0 AS place, m.receive AS active, m.send, '' AS type, '' AS target,"
          + " COALESCE(m.quota, d.default_quota, 0) AS quota FROM mailboxes m"
          + " LEFT JOIN domains d ON d.domain = m.domain";

  private static final String ALIASES =
      "SELECT t.address, t.position + 1, a.active, 0, a.type, t.target, 0 FROM aliases a"
          + " JOIN alias_targets t ON t.address = a.address";

  private static final String ALL =
      MAILBOXES + " WHERE m.domain = ? UNION ALL " + ALIASES + " WHERE a.domain = ? LIMIT ?";

  private final Database database;

  AddressSource(Database database) {
    this.database = database;
  }

  /** A row of the result: a mailbox or a part of an alias. */
  private record Row(String address, Optional<Mailbox> mailbox, Optional<AliasRow> alias) {
    static Row read(ResultSet row) throws SQLException {
      String address = row.getString("address");
      return row.getLong("place") == 0
          ? new Row(address, Optional.of(mailbox(row)), Optional.empty())
          : new Row(address, Optional.empty(), Optional.of(AliasRow.read(row)));
    }

    private static Mailbox mailbox(ResultSet row) throws SQLException {
      return new Mailbox(
          row.getLong("active") != 0,
          row.getLong("send") != 0,
          Math.max(0, row.getLong("quota"))); // by another hand it may be anything
    }
  }

  @Override
  public Map<Address, Lookup<AddressEntry>> answers(List<Address> addresses)
      throws UnavailableException {
    Map<String, List<Row>> found =
        database.<List<Row>, RuntimeException>ask(sql -> rows(sql, addresses)).stream()
            .collect(Collectors.groupingBy(Row::address));
    Map<Address, Lookup<AddressEntry>> answers = new HashMap<>();
    for (Address address : addresses) {
      answers.put(address, answer(found.getOrDefault(address.toString(), List.of())));
    }
    return answers;
  }

  private static List<Row> rows(Statements sql, List<Address> addresses) throws SQLException {
    int size = SIZES.stream().filter(each -> each >= addresses.size()).findFirst().orElseThrow();
    Object[] names = new Object[2 * size];
    for (int i = 0; i < names.length; i++) {
      names[i] = addresses.get(Math.min(i % size, addresses.size() - 1)).toString();
    }
    return sql.all(statement(size), Row::read, names);
  }

  /** Gives its rows in no order, for which MariaDB would make a table each time. */
  private static String statement(int size) {
    String marks = String.join(",", Collections.nCopies(size, "?"));
    return MAILBOXES
        + " WHERE m.address IN (%s) UNION ALL ".formatted(marks)
        + ALIASES
        + " WHERE a.address IN (%s)".formatted(marks);
  }

  /** What stands at all addresses of a domain, if there are no more rows than that. */
  static Optional<Map<Address, AddressEntry>> all(Statements sql, Domain domain, int most)
      throws SQLException {
    List<Row> rows = sql.all(ALL, Row::read, domain.ascii(), domain.ascii(), most + 1);
    if (rows.size() > most) {
      return Optional.empty();
    }
    Map<Address, AddressEntry> found = new HashMap<>();
    rows.stream()
        .collect(Collectors.groupingBy(Row::address))
        .forEach((name, those) -> {
          if (answer(those) instanceof Lookup.Found<AddressEntry>(AddressEntry entry)) {
            Address.parse(name).ifPresent(address -> found.put(address, entry));
          }
        });
    return Optional.of(found);
  }

  /** One address has spoilt rows: that is no answer about it, and none of the others' business. */
  private static Lookup<AddressEntry> answer(List<Row> rows) {
    if (rows.isEmpty()) {
      return new Lookup.Absent<>();
    }
    try {
      return new Lookup.Found<>(
          new AddressEntry(
              rows.stream().flatMap(row -> row.mailbox().stream()).findFirst(),
              AliasRow.joined(rows.stream().flatMap(row -> row.alias().stream()).toList())));
    } catch (SQLException e) {
      return new Lookup.Unavailable<>(String.valueOf(e.getMessage()));
    }
  }
}
