package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.Bytes;
import dovetail.ledger.ForeignReport;
import dovetail.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Reports of others in their table. */
final class ForeignReports {
  private ForeignReports() {}

  static boolean keep(Database database, ForeignReport report) throws UnavailableException {
    return database.<Boolean, UnavailableException>write(sql -> insert(sql, report));
  }

  private static boolean insert(Statements sql, ForeignReport report) throws SQLException {
    try {
      sql.update(
          "INSERT INTO dmarc_received (name, organization, report_id, domain, begin_time, end_time,"
              + " messages, imported, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          name(report),
          Schema.line(report.organization()),
          Schema.line(report.id()),
          Schema.line(report.domain()),
          report.begin().getEpochSecond(),
          report.end().getEpochSecond(),
          report.messages(),
          report.imported().getEpochSecond(),
          report.body().base64());
      return true;
    } catch (SQLException e) {
      if (sql.dialect().isDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * RFC 9990 3.5.4: by these two it is known again; a stranger may make them as long as he likes.
   */
  private static String name(ForeignReport report) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(report.organization().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(report.id().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  static long each(Database database, Instant since, Ledger.Sink sink) throws UnavailableException {
    return database.<Long, UnavailableException>browse(
        sql -> sql.each(select("body"), row -> sink.take(report(row)), since.getEpochSecond()));
  }

  static List<ForeignReport> list(Database database, Instant since) throws UnavailableException {
    return database.<List<ForeignReport>, UnavailableException>browse(
        sql -> sql.all(select("'' AS body"), ForeignReports::report, since.getEpochSecond()));
  }

  private static String select(String body) {
    return "SELECT organization, report_id, domain, begin_time, end_time, messages, imported, "
        + body
        + " FROM dmarc_received WHERE end_time >= ? ORDER BY end_time, name";
  }

  private static ForeignReport report(ResultSet row) throws SQLException {
    return new ForeignReport(
        row.getString("organization"),
        row.getString("report_id"),
        row.getString("domain"),
        Instant.ofEpochSecond(row.getLong("begin_time")),
        Instant.ofEpochSecond(row.getLong("end_time")),
        row.getLong("messages"),
        Instant.ofEpochSecond(row.getLong("imported")),
        new Bytes(row.getString("body")));
  }
}
