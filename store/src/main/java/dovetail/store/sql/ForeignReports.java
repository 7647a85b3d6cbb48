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
   * RFC 9990 3.5.1: an id is one of its kind among reports to the same domain, and as long as a
   * stranger likes.
   */
  private static String name(ForeignReport report) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part :
          List.of(
              report.organization(),
              report.domain(),
              Long.toString(report.begin().getEpochSecond()),
              report.id())) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
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
