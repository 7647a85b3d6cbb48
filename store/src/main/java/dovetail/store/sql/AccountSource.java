package dovetail.store.sql;

import dovetail.directory.Account;
import dovetail.directory.AppPassword;
import dovetail.directory.LoginService;
import dovetail.directory.Lookup;
import dovetail.directory.StoredHash;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads accounts, in one statement for several of them; a second one looks for other names of
 * domains where there was no mailbox, and a third for the mailboxes at the domains themselves.
 */
final class AccountSource implements Gathering.Source<Address, Account> {
  /** The most logins in a statement. */
  static final int MOST = 32;

  /** For how many logins there are statements, so that few have to be prepared. */
  private static final List<Integer> SIZES = List.of(1, 4, 12, MOST);

  private static final String ACCOUNTS =
      "SELECT m.address, m.receive, m.send, m.logins, m.home, m.uid, m.gid,"
          + " COALESCE(m.quota, d.default_quota, 0) AS quota, d.active, c.secret, n.networks,"
          + " t.address AS totp, a.label, a.password, a.services, a.networks AS app_networks,"
          + " a.expires FROM mailboxes m"
          + " LEFT JOIN domains d ON d.domain = m.domain"
          + " LEFT JOIN credentials c ON c.address = m.address AND c.label = '"
          + RowReader.PASSWORD
          + "' LEFT JOIN account_networks n ON n.address = m.address"
          + " LEFT JOIN account_totp t ON t.address = m.address"
          + " LEFT JOIN app_passwords a ON a.address = m.address"
          + " WHERE m.address IN ";

  private static final String OTHER_NAMES =
      "SELECT domain, alias_of, active FROM domains WHERE alias_of IS NOT NULL AND domain IN ";

  private final Database database;

  AccountSource(Database database) {
    this.database = database;
  }

  /** A row of the result: an account, with one of its app passwords if it has any. */
  private record Row(String address, Account account, Optional<AppPassword> appPassword) {}

  /** What a domain is another name of. */
  private record OtherName(String domain, String target, boolean active) {}

  @Override
  public Map<Address, Lookup<Account>> answers(List<Address> logins) throws UnavailableException {
    return database.<Map<Address, Lookup<Account>>, RuntimeException>ask(sql -> {
      Map<Address, Lookup<Account>> answers = read(sql, logins);
      List<Address> missing = logins.stream().filter(login -> isAbsent(answers, login)).toList();
      if (!missing.isEmpty()) {
        answers.putAll(byOtherNames(sql, missing));
      }
      return answers;
    });
  }

  private static boolean isAbsent(Map<Address, Lookup<Account>> answers, Address login) {
    return answers.get(login) instanceof Lookup.Absent<Account>;
  }

  private static Map<Address, Lookup<Account>> byOtherNames(Statements sql, List<Address> logins)
      throws SQLException {
    List<String> domains = logins.stream().map(login -> login.domain().ascii()).distinct().toList();
    Map<String, OtherName> names =
        sql
            .all(
                statement(OTHER_NAMES, domains.size()),
                row -> new OtherName(row.getString(1), row.getString(2), row.getLong(3) != 0),
                filled(domains))
            .stream()
            .collect(Collectors.toMap(OtherName::domain, name -> name));
    Map<Address, Lookup<Account>> found = new HashMap<>();
    Map<Address, Address> targets = new HashMap<>();
    for (Address login : logins) {
      OtherName name = names.get(login.domain().ascii());
      if (name != null) {
        // One that is spoilt is none of the others' business.
        Domain.parse(name.target())
            .ifPresentOrElse(
                target -> targets.put(login, new Address(login.localPart(), target)),
                () -> found.put(login, spoilt(name)));
      }
    }
    if (!targets.isEmpty()) {
      Map<Address, Lookup<Account>> behind =
          read(sql, targets.values().stream().distinct().toList());
      targets.forEach((login, target) -> {
        OtherName name = names.get(login.domain().ascii());
        boolean active = name != null && name.active();
        Lookup<Account> answer = behind.getOrDefault(target, new Lookup.Absent<>());
        found.put(login, answer.map(account -> account.under(active)));
      });
    }
    return found;
  }

  private static Lookup<Account> spoilt(OtherName name) {
    return new Lookup.Unavailable<>("the database holds no domain: " + name.target());
  }

  private static Map<Address, Lookup<Account>> read(Statements sql, List<Address> addresses)
      throws SQLException {
    List<String> names = addresses.stream().map(Address::toString).toList();
    Map<String, Address> byName = new HashMap<>();
    addresses.forEach(address -> byName.put(address.toString(), address));
    Map<String, List<Row>> rows =
        sql.all(statement(ACCOUNTS, names.size()), row -> read(row, byName), filled(names)).stream()
            .collect(Collectors.groupingBy(Row::address));
    Map<Address, Lookup<Account>> answers = new HashMap<>();
    for (Address address : addresses) {
      answers.put(address, answer(rows.getOrDefault(address.toString(), List.of())));
    }
    return answers;
  }

  private static String statement(String begin, int names) {
    return begin + "(" + String.join(",", Collections.nCopies(size(names), "?")) + ")";
  }

  private static int size(int names) {
    return SIZES.stream().filter(each -> each >= names).findFirst().orElseThrow();
  }

  /** As many as the statement has room for; the last one several times. */
  private static Object[] filled(List<String> names) {
    List<Object> filled = new ArrayList<>(names);
    while (filled.size() < size(names.size())) {
      filled.add(names.getLast());
    }
    return filled.toArray();
  }

  private static Row read(ResultSet row, Map<String, Address> byName) throws SQLException {
    String name = row.getString("address");
    Address address =
        Optional.ofNullable(byName.get(name))
            .orElseThrow(() -> new SQLException("nobody has asked for " + name));
    Account account =
        new Account(
            address,
            row.getLong("active") != 0,
            row.getLong("receive") != 0,
            row.getLong("send") != 0,
            LoginService.all(text(row, "logins").orElse("")),
            words(row, "networks"),
            new Account.Place(
                text(row, "home"),
                number(row, "uid"),
                number(row, "gid"),
                Math.max(0, row.getLong("quota"))), // by another hand it may be anything
            new Account.Credentials(
                text(row, "secret").map(StoredHash::new),
                List.of(),
                text(row, "totp").isPresent()));
    return new Row(name, account, appPassword(row));
  }

  private static Optional<AppPassword> appPassword(ResultSet row) throws SQLException {
    Optional<String> label = text(row, "label");
    return label.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AppPassword(
                label.get(),
                new StoredHash(text(row, "password").orElse("")),
                LoginService.all(text(row, "services").orElse("")),
                words(row, "app_networks"),
                number(row, "expires").map(Instant::ofEpochSecond)));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Optional<Long> number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(number);
  }

  private static List<String> words(ResultSet row, String column) throws SQLException {
    return text(row, column).map(words -> List.of(words.split(" ", -1))).orElse(List.of());
  }

  private static Lookup<Account> answer(List<Row> rows) {
    if (rows.isEmpty()) {
      return new Lookup.Absent<>();
    }
    List<AppPassword> appPasswords =
        rows.stream().flatMap(row -> row.appPassword().stream()).toList();
    return new Lookup.Found<>(rows.getFirst().account().with(appPasswords));
  }
}
