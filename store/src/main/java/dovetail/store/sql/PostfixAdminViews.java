package dovetail.store.sql;

import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.UnavailableException;
import dovetail.store.postfixadmin.ImportOptions;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Our tables under the names that PostfixAdmin's have, to read: for maps, reports and other
 * programs that were written for those. In a schema of their own, so that readers see nothing else.
 *
 * <p>The quota of a domain is counted as PostfixAdmin counts it by default. A mailbox whose login
 * is taken nowhere has a hash there that no password has; which services take it cannot be said in
 * those columns.
 */
public final class PostfixAdminViews {
  private static final Pattern SCHEMA = Pattern.compile("[A-Za-z0-9_]{1,64}");

  /** A hash that no password has. An empty one would be taken for an empty password by some. */
  private static final String NO_PASSWORD = "{CRYPT}*";

  /**
   * What is stored with keys of SCRAM behind it, which those programs do not know: as {@code
   * StoredParts} of the auth backend splits it. No backslash is in it, which a server may be set to
   * take as it is.
   */
  private static final String WITH_KEYS =
      "(?i)^(?![{](PLAIN|CLEAR|CLEARTEXT)[.}])[{][^}]*[}][^ ]* [{]SCRAM-SHA-256[}][^ ]+$";

  private final Database database;

  PostfixAdminViews(Database database) {
    this.database = database;
  }

  /**
   * Defines the views, in place of those that are there.
   *
   * @param schema a schema that is there, other than our own
   * @return how many they are
   * @throws RefusedException if the database has no schemas, or that can be none for views
   */
  public int define(String schema) throws RefusedException, UnavailableException {
    if (database.dialect() != Dialect.MARIADB) {
      throw new RefusedException("the embedded database has no schemas; views are for MariaDB", 0);
    }
    if (!SCHEMA.matcher(schema).matches()) {
      throw new RefusedException("the name of a schema has letters, digits and _: " + schema, 0);
    }
    return database.<Integer, RefusedException>write(sql -> {
      String own = sql.first("SELECT DATABASE()", row -> row.getString(1)).orElseThrow();
      if (own.equalsIgnoreCase(schema)) {
        throw new RefusedException("the views need a schema of their own", 0);
      }
      Map<String, String> views = views("`" + own + "`.");
      for (Map.Entry<String, String> view : views.entrySet()) {
        // With the rights of who defines them: readers need none on our tables.
        define(
            sql,
            "CREATE OR REPLACE SQL SECURITY DEFINER VIEW `%s`.`%s` AS %s"
                .formatted(schema, view.getKey(), view.getValue()));
      }
      return views.size();
    });
  }

  private static void define(Statements sql, String statement)
      throws SQLException, RefusedException {
    try {
      sql.execute(statement);
    } catch (SQLException e) {
      switch (e.getErrorCode()) {
        // ER_DBACCESS_DENIED_ERROR, ER_TABLEACCESS_DENIED_ERROR, ER_BAD_DB_ERROR, ER_WRONG_OBJECT
        // (a
        // table of that name: it may be PostfixAdmin's own)
        case 1044, 1142, 1049, 1347 ->
            throw new RefusedException(String.valueOf(e.getMessage()), 0);
        default -> throw e;
      }
    }
  }

  private static SequencedMap<String, String> views(String own) {
    SequencedMap<String, String> views = new LinkedHashMap<>();
    views.put("domain", domain(own));
    views.put("alias_domain", aliasDomain(own));
    views.put("mailbox", mailbox(own));
    views.put("alias", alias(own));
    return views;
  }

  private static String times(String table) {
    return "FROM_UNIXTIME(%1$s.created) AS created, FROM_UNIXTIME(%1$s.modified) AS modified"
        .formatted(table);
  }

  /** Other names of domains are among them, as they are there. */
  private static String domain(String own) {
    return "SELECT d.domain, COALESCE(d.description, '') AS description, "
        + limit("max_aliases")
        + " AS aliases, "
        + limit("max_mailboxes")
        + " AS mailboxes, 0 AS maxquota, COALESCE(d.max_quota, 0) DIV "
        + ImportOptions.USUAL_MULTIPLIER
        + " AS quota, COALESCE(d.transport, 'virtual') AS transport,"
        + " CASE WHEN d.type = 'relay' THEN 1 ELSE 0 END AS backupmx, "
        + times("d")
        + ", d.active, 0 AS password_expiry FROM "
        + own
        + "domains d";
  }

  /** There 0 is no limit, and -1 is none allowed. */
  private static String limit(String column) {
    return "CASE WHEN d.%1$s IS NULL THEN 0 WHEN d.%1$s = 0 THEN -1 ELSE d.%1$s END"
        .formatted(column);
  }

  private static String aliasDomain(String own) {
    return "SELECT d.domain AS alias_domain, d.alias_of AS target_domain, "
        + times("d")
        + ", d.active FROM "
        + own
        + "domains d WHERE d.alias_of IS NOT NULL";
  }

  private static String mailbox(String own) {
    String localPart = "LEFT(m.address, CHAR_LENGTH(m.address) - CHAR_LENGTH(m.domain) - 1)";
    return "SELECT m.address AS username,"
        + " CASE WHEN m.logins = 'none' OR c.secret IS NULL THEN '"
        + NO_PASSWORD
        + "' WHEN c.secret REGEXP '"
        + WITH_KEYS
        + "' THEN SUBSTRING_INDEX(c.secret, ' ', 1) ELSE c.secret END AS password,"
        + " COALESCE(m.name, '') AS name,"
        + " COALESCE(m.home, CONCAT(m.domain, '/', "
        + localPart
        + ", '/')) AS maildir, COALESCE(m.quota, d.default_quota, 0) AS quota, "
        + localPart
        + " AS local_part, m.domain, "
        + times("m")
        + ", CASE WHEN d.active = 0 THEN 0 ELSE m.receive END AS active, CASE WHEN m.logins IS NULL OR m.logins LIKE '%smtp%' THEN m.send"
        + " ELSE 0 END AS smtp_active FROM "
        + own
        + "mailboxes m JOIN "
        + own
        + "domains d ON d.domain = m.domain LEFT JOIN "
        + own
        + "credentials c ON c.address = m.address AND c.label = '"
        + RowReader.PASSWORD
        + "'";
  }

  /** A mailbox without an alias of its own has one to itself, as it has there. */
  private static String alias(String own) {
    return "SELECT a.address, (SELECT GROUP_CONCAT(t.target ORDER BY t.position SEPARATOR ',') FROM "
        + own
        + "alias_targets t WHERE t.address = a.address) AS `goto`, a.domain, "
        + times("a")
        + ", a.active FROM "
        + own
        + "aliases a UNION ALL SELECT m.address, m.address, m.domain, "
        + times("m")
        + ", m.receive FROM "
        + own
        + "mailboxes m WHERE NOT EXISTS (SELECT 1 FROM "
        + own
        + "aliases x WHERE x.address = m.address)";
  }
}
