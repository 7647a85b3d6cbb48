package dovetail.store.sql;

import dovetail.directory.edit.Row;
import dovetail.store.sql.Editor.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold between rows. A domain in which something is changed is locked meanwhile. */
final class RowRules {
  /** How many aliases are followed in search of a circle. */
  private static final int MOST_STEPS = 10_000;

  /** Each is tried where a password is none of them, which takes as long as many right ones. */
  private static final int MOST_APP_PASSWORDS = 20;

  private final Statements sql;
  private final Map<String, Optional<Locked>> domains = new HashMap<>();

  /** A domain that nobody else changes now; a limit below 0 is none. */
  private record Locked(
      String aliasOf, String type, long maxMailboxes, long maxAliases, long maxQuota) {}

  RowRules(Statements sql) {
    this.sql = sql;
  }

  /** The domain of an address, or of what stands for the rest of one. */
  static String domainOf(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /** What must hold before a row is written. */
  void check(Row row) throws SQLException, Refusal {
    switch (row.kind()) {
      case DOMAIN -> checkDomain(row);
      case MAILBOX -> checkMailbox(row);
      case APP_PASSWORD -> checkAppPassword(row);
      case ALIAS -> checkAlias(row);
      case GRANT -> requireMailbox(row.key().getFirst());
      case RELAY -> checkRelay(row);
      case ENTRY -> {
        if (row.get("value").isEmpty()) {
          throw new Refusal("a value is missing");
        }
      }
      case EXCEPTION -> checkException(row);
      case LIMIT -> checkLimit(row);
    }
  }

  private void checkDomain(Row row) throws SQLException, Refusal {
    String name = row.key().getFirst();
    domains.remove(name);
    Optional<String> signer = row.get("signed-by").filter(other -> !other.equals(name));
    if (signer.isPresent() && !locked(signer.get()).aliasOf().isEmpty()) {
      throw new Refusal(signer.get() + " is another name of a domain: name one that has keys");
    }
    Optional<String> aliasOf = row.get("alias-of");
    if (aliasOf.isEmpty()) {
      return;
    }
    if (aliasOf.get().equals(name)) {
      throw new Refusal("a domain is no other name of itself");
    }
    Locked target = locked(aliasOf.get());
    if (!target.aliasOf().isEmpty()) {
      throw new Refusal(
          aliasOf.get() + " is itself another name of " + target.aliasOf() + ": name that one");
    }
    if (count("mailboxes", name) + count("aliases", name) > 0) {
      throw new Refusal("it has addresses of its own, so it is no other name of a domain");
    }
    if (sql.number("SELECT COUNT(*) FROM domains WHERE alias_of = ?", name) > 0) {
      throw new Refusal("other domains are other names of it");
    }
  }

  private long count(String table, String domain) throws SQLException {
    return sql.number("SELECT COUNT(*) FROM " + table + " WHERE domain = ?", domain);
  }

  private void checkMailbox(Row row) throws SQLException, Refusal {
    Locked domain = hosting(domainOf(row.key().getFirst()));
    if (!domain.type().equals("mailbox")) {
      throw new Refusal("its domain is relayed elsewhere, so it has no mailboxes here");
    }
  }

  private void checkAlias(Row row) throws SQLException, Refusal {
    hosting(domainOf(row.key().getFirst()));
    if (row.get("targets").isEmpty()) {
      throw new Refusal("targets are missing");
    }
  }

  private void checkAppPassword(Row row) throws SQLException, Refusal {
    requireMailbox(row.key().getFirst());
    if (row.get("password").isEmpty()) {
      throw new Refusal("a password is missing");
    }
  }

  private void requireMailbox(String address) throws SQLException, Refusal {
    if (sql.number("SELECT COUNT(*) FROM mailboxes WHERE address = ?", address) == 0) {
      throw new Refusal("there is no mailbox " + address);
    }
  }

  private static void checkRelay(Row row) throws Refusal {
    if (row.get("nexthop").isEmpty()) {
      throw new Refusal("nexthop is missing");
    }
    if (row.get("username").isPresent() != row.get("password").isPresent()) {
      throw new Refusal("username and password go together");
    }
    if (row.get("username").orElse("").contains(":")) {
      throw new Refusal("Postfix takes what stands before a colon for the username");
    }
  }

  private static void checkException(Row row) throws Refusal {
    String type = row.key().getFirst();
    String value = row.key().getLast();
    // No domain has a last label of digits alone, and none a colon or slash.
    boolean network = value.matches("[0-9.]+(/[0-9]+)?|.*:.*");
    if (type.equals("client") != network) {
      throw new Refusal(
          network
              ? "an address is known of clients only: type client"
              : "a client is known by its address or network, not by a name");
    }
    if (type.equals("sealer") && value.startsWith("*.")) {
      throw new Refusal("a sealer is one domain, the d= of its seals");
    }
  }

  private static void checkLimit(Row row) throws Refusal {
    boolean domain = row.key().getFirst().matches("[^@/:*]*");
    if (row.get("shared").isPresent() && !domain) {
      throw new Refusal("only the accounts of a domain share a limit");
    }
    if (row.key().getFirst().equals("*") && row.get("bulk").filter("yes"::equals).isPresent()) {
      throw new Refusal("not everybody sends to many: name accounts or domains");
    }
  }

  /** What must hold when a row has been written. */
  void checkAfter(Row row) throws SQLException, Refusal {
    switch (row.kind()) {
      case MAILBOX -> checkMailboxLimits(domainOf(row.key().getFirst()));
      case ALIAS -> {
        checkAliasLimits(domainOf(row.key().getFirst()));
        refuseCircle(row.key().getFirst());
      }
      case DOMAIN -> {
        if (row.get("alias-of").isEmpty()) {
          checkMailboxLimits(row.key().getFirst());
          checkAliasLimits(row.key().getFirst());
        }
      }
      case APP_PASSWORD -> checkNumber(row.key().getFirst());
      case GRANT, RELAY, ENTRY, EXCEPTION, LIMIT -> {}
    }
  }

  private void checkMailboxLimits(String name) throws SQLException, Refusal {
    Locked domain = locked(name);
    if (domain.maxMailboxes() >= 0 && count("mailboxes", name) > domain.maxMailboxes()) {
      throw new Refusal(name + " may have " + domain.maxMailboxes() + " mailboxes (max-mailboxes)");
    }
    if (domain.maxQuota() >= 0) {
      long sum =
          sql.number(
              "SELECT COALESCE(SUM(COALESCE(m.quota, d.default_quota, 0)), 0) FROM mailboxes m"
                  + " JOIN domains d ON d.domain = m.domain WHERE m.domain = ?",
              name);
      if (sum > domain.maxQuota()) {
        throw new Refusal(
            "the quotas of "
                + name
                + " would add up to "
                + sum
                + " of "
                + domain.maxQuota()
                + " bytes (max-quota)");
      }
    }
  }

  private void checkNumber(String address) throws SQLException, Refusal {
    if (sql.number("SELECT COUNT(*) FROM app_passwords WHERE address = ?", address)
        > MOST_APP_PASSWORDS) {
      throw new Refusal(
          "it has " + MOST_APP_PASSWORDS + " of them already: remove one that is not used");
    }
  }

  private void checkAliasLimits(String name) throws SQLException, Refusal {
    Locked domain = locked(name);
    if (domain.maxAliases() >= 0 && count("aliases", name) > domain.maxAliases()) {
      throw new Refusal(name + " may have " + domain.maxAliases() + " aliases (max-aliases)");
    }
  }

  /** The domain is gone. */
  void forget(String domain) {
    domains.remove(domain);
  }

  private Locked hosting(String name) throws SQLException, Refusal {
    Locked domain = locked(name);
    if (!domain.aliasOf().isEmpty()) {
      throw new Refusal(
          name + " is another name of " + domain.aliasOf() + ", which has the addresses");
    }
    return domain;
  }

  private Locked locked(String name) throws SQLException, Refusal {
    Optional<Locked> known = domains.get(name);
    if (known == null) {
      known =
          sql.first(
              "SELECT alias_of, type, max_mailboxes, max_aliases, max_quota FROM domains"
                  + " WHERE domain = ?"
                  + sql.dialect().locking(),
              RowRules::read,
              name);
      domains.put(name, known);
    }
    return known.orElseThrow(() -> new Refusal("there is no domain " + name));
  }

  private static Locked read(ResultSet row) throws SQLException {
    String aliasOf = row.getString(1);
    return new Locked(
        aliasOf == null ? "" : aliasOf,
        row.getString(2),
        limit(row, 3),
        limit(row, 4),
        limit(row, 5));
  }

  private static long limit(ResultSet row, int column) throws SQLException {
    long limit = row.getLong(column);
    return row.wasNull() ? -1 : limit;
  }

  /**
   * An alias that leads back to itself by way of others. Postfix replaces an address that names
   * itself, which is to keep a copy, only once: where one stands the circle ends, and mail arrives.
   */
  private void refuseCircle(String address) throws SQLException, Refusal {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(others(address));
    int steps = 0;
    while (!open.isEmpty() && steps < MOST_STEPS) {
      String next = open.pop();
      steps++;
      if (next.equals(address)) {
        throw new Refusal("it leads back to itself, by way of " + String.join(", ", seen));
      }
      if (seen.add(next)) {
        open.addAll(others(next));
      }
    }
  }

  /** To whom an alias leads in whose place they stand; none if it stands for itself, too. */
  private List<String> others(String address) throws SQLException {
    List<String> targets = targets(address);
    return targets.contains(address) ? List.of() : targets;
  }

  private List<String> targets(String address) throws SQLException {
    return sql.all(
        "SELECT t.target FROM alias_targets t JOIN aliases a ON a.address = t.address"
            + " WHERE t.address = ? AND a.active = 1",
        row -> row.getString(1),
        address);
  }
}
