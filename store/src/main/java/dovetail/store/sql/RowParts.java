package dovetail.store.sql;

import dovetail.directory.edit.Row;
import dovetail.directory.edit.TargetList;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes what of rows stands in other tables than their own. */
final class RowParts {
  /** What goes with a mailbox, so that who gets its address next begins with nothing. */
  private static final List<String> OF_MAILBOX =
      List.of(
          "credentials",
          "app_passwords",
          "account_networks",
          "account_totp",
          "last_logins",
          "mailbox_usage");

  private final Statements sql;
  private final Cells cells;
  private final long now;

  /**
   * @param now in seconds since 1970
   */
  RowParts(Statements sql, Cells cells, long now) {
    this.sql = sql;
    this.cells = cells;
    this.now = now;
  }

  /** Writes those that a row names. */
  void write(Row row) throws SQLException {
    switch (row.kind()) {
      case ALIAS -> writeTargets(row);
      case DOMAIN -> {
        writeSigner(row);
        writeArchive(row);
      }
      case MAILBOX -> {
        writePassword(row);
        writeNetworks(row);
        writeTotp(row);
      }
      case APP_PASSWORD, GRANT, RELAY, ENTRY, EXCEPTION, LIMIT -> {}
    }
  }

  private void writeTargets(Row row) throws SQLException {
    if (!row.names("targets")) {
      return;
    }
    String name = row.key().getFirst();
    sql.update("DELETE FROM alias_targets WHERE address = ?", name);
    int position = 0;
    for (String target : TargetList.split(row.get("targets").orElse(""))) {
      sql.update(
          "INSERT INTO alias_targets (address, position, target) VALUES (?, ?, ?)",
          name,
          position,
          target);
      position++;
    }
  }

  private void writeSigner(Row row) throws SQLException {
    if (!row.names("signed-by")) {
      return;
    }
    String name = row.key().getFirst();
    sql.update("DELETE FROM domain_signers WHERE domain = ?", name);
    Optional<String> signer = row.get("signed-by");
    if (signer.isPresent()) {
      sql.update("INSERT INTO domain_signers (domain, signer) VALUES (?, ?)", name, signer.get());
    }
  }

  private void writeArchive(Row row) throws SQLException {
    if (!row.names("archive")) {
      return;
    }
    String name = row.key().getFirst();
    sql.update("DELETE FROM domain_archives WHERE domain = ?", name);
    Optional<String> archive = row.get("archive");
    if (archive.isPresent()) {
      sql.update(
          "INSERT INTO domain_archives (domain, address) VALUES (?, ?)", name, archive.get());
    }
  }

  private void writePassword(Row row) throws SQLException {
    if (!row.names("password")) {
      return;
    }
    String name = row.key().getFirst();
    sql.update("DELETE FROM credentials WHERE address = ? AND label = ?", name, RowReader.PASSWORD);
    Optional<String> password = row.get("password");
    if (password.isPresent()) {
      sql.update(
          "INSERT INTO credentials (address, label, secret, created, modified)"
              + " VALUES (?, ?, ?, ?, ?)",
          name,
          RowReader.PASSWORD,
          password.get(),
          now,
          now);
    }
  }

  private void writeNetworks(Row row) throws SQLException {
    if (!row.names("networks")) {
      return;
    }
    String name = row.key().getFirst();
    sql.update("DELETE FROM account_networks WHERE address = ?", name);
    Optional<String> networks = row.get("networks");
    if (networks.isPresent()) {
      sql.update(
          "INSERT INTO account_networks (address, networks) VALUES (?, ?)", name, networks.get());
    }
  }

  private void writeTotp(Row row) throws SQLException {
    if (!row.names("totp")) {
      return;
    }
    String name = row.key().getFirst();
    sql.update("DELETE FROM account_totp WHERE address = ?", name);
    if (row.get("totp").isPresent()) {
      sql.update(
          "INSERT INTO account_totp (address, secret, last_step, created) VALUES (?, ?, 0, ?)",
          name,
          cells.stored(RowReader.TOTP, row),
          now);
    }
  }

  /** Forgets all that belongs to a mailbox alone. */
  void removeMailbox(String address) throws SQLException {
    for (String table : OF_MAILBOX) {
      sql.update("DELETE FROM " + table + " WHERE address = ?", address);
    }
    sql.update("DELETE FROM login_blocks WHERE kind = 'account' AND subject = ?", address);
  }
}
