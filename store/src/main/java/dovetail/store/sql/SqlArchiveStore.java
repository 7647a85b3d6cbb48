package dovetail.store.sql;

import dovetail.directory.edit.ArchiveStore;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Archives of domains in a table. */
final class SqlArchiveStore implements ArchiveStore {
  private final Database database;

  SqlArchiveStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<Domain, Address> all() throws UnavailableException {
    return database.<Map<Domain, Address>, UnavailableException>browse(sql -> {
      Map<Domain, Address> archives = new HashMap<>();
      sql.each(
          "SELECT d.domain, COALESCE(own.address, target.address) FROM domains d"
              + " LEFT JOIN domain_archives own ON own.domain = d.domain"
              + " LEFT JOIN domain_archives target ON target.domain = d.alias_of"
              + " WHERE own.address IS NOT NULL OR target.address IS NOT NULL",
          row -> archives.put(domain(row.getString(1)), address(row.getString(2))));
      return archives;
    });
  }

  private static Domain domain(String name) throws SQLException {
    return Domain.parse(name)
        .orElseThrow(() -> new SQLException("the database holds no domain: " + name));
  }

  private static Address address(String text) throws SQLException {
    return Address.parse(text)
        .orElseThrow(() -> new SQLException("the database holds no address: " + text));
  }
}
