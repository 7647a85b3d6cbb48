package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.Batch;
import dovetail.ledger.Bytes;
import dovetail.ledger.Delivery;
import dovetail.ledger.DomainDay;
import dovetail.ledger.Entry;
import dovetail.ledger.ForeignReport;
import dovetail.ledger.Ledger;
import dovetail.ledger.OwnReport;
import dovetail.ledger.Silence;
import dovetail.mail.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The ledger in tables. */
final class SqlLedger implements Ledger {
  /** Of one report. What is beyond it is left for another one about the same day. */
  private static final int MAX_ENTRIES = 500_000;

  /** No spool keeps one longer, as long as the database is not away for that time. */
  private static final Duration BATCHES = Duration.ofDays(30);

  private static final String REPORTS =
      "SELECT report_id, domain, day, messages, made, note, %s FROM dmarc_reports";

  private final Database database;
  private final InstantSource clock;

  SqlLedger(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean add(Batch batch) throws UnavailableException {
    return database.<Boolean, UnavailableException>change(sql -> {
      if (!begin(sql, batch)) {
        return false;
      }
      for (Entry entry : batch.entries()) {
        sql.later(
            "INSERT INTO dmarc_rows (day, domain, policy, facts, messages) VALUES (?, ?, ?, ?, ?)",
            entry.day().day().toEpochDay(),
            entry.day().domain().ascii(),
            entry.policy(),
            entry.facts(),
            entry.messages());
      }
      return true;
    });
  }

  private boolean begin(Statements sql, Batch batch) throws SQLException {
    try {
      sql.update(
          "INSERT INTO ledger_batches (batch, added) VALUES (?, ?)",
          batch.id(),
          clock.instant().getEpochSecond());
      return true;
    } catch (SQLException e) {
      if (sql.dialect().isDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public List<DomainDay> open(LocalDate before) throws UnavailableException {
    return database.<List<DomainDay>, UnavailableException>browse(sql ->
        sql.all(
            "SELECT DISTINCT day, domain FROM dmarc_rows WHERE day < ? ORDER BY day, domain",
            SqlLedger::day,
            before.toEpochDay()));
  }

  private static DomainDay day(ResultSet row) throws SQLException {
    String name = row.getString("domain");
    return new DomainDay(
        Domain.parse(name)
            .orElseThrow(() -> new SQLException("the database holds no domain: " + name)),
        LocalDate.ofEpochDay(row.getLong("day")));
  }

  @Override
  public Optional<OwnReport> close(DomainDay day, Supplier<Making> making)
      throws UnavailableException {
    return database.<Optional<OwnReport>, UnavailableException>change(sql -> {
      Making maker = making.get();
      List<Long> taken = gather(sql, day, maker, sql.dialect().locking());
      if (taken.isEmpty()) {
        return Optional.empty();
      }
      OwnReport report = maker.made();
      insert(sql, report);
      // By their numbers: others of the same day may have come meanwhile.
      for (long id : taken) {
        sql.later("DELETE FROM dmarc_rows WHERE id = ?", id);
      }
      return Optional.of(report);
    });
  }

  @Override
  public Optional<OwnReport> preview(DomainDay day, Supplier<Making> making)
      throws UnavailableException {
    return database.<Optional<OwnReport>, UnavailableException>browse(sql -> {
      Making maker = making.get();
      return gather(sql, day, maker, "").isEmpty() ? Optional.empty() : Optional.of(maker.made());
    });
  }

  /** Hands all entries of a day over; gives their numbers. */
  private static List<Long> gather(Statements sql, DomainDay day, Making maker, String locking)
      throws SQLException {
    List<Long> taken = new ArrayList<>();
    sql.each(
        "SELECT id, policy, facts, messages FROM dmarc_rows WHERE day = ? AND domain = ?"
            + " ORDER BY id LIMIT "
            + MAX_ENTRIES
            + locking,
        row -> {
          taken.add(row.getLong("id"));
          maker.take(entry(day, row));
        },
        day.day().toEpochDay(),
        day.domain().ascii());
    return taken;
  }

  private static Entry entry(DomainDay day, ResultSet row) throws SQLException {
    return new Entry(day, row.getString("policy"), row.getString("facts"), row.getLong("messages"));
  }

  private void insert(Statements sql, OwnReport report) throws SQLException {
    sql.update(
        "INSERT INTO dmarc_reports (report_id, domain, day, messages, made, note, body)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        report.id(),
        report.day().domain().ascii(),
        report.day().day().toEpochDay(),
        report.messages(),
        report.made().getEpochSecond(),
        Schema.line(report.note()),
        report.body().base64());
    long position = 0;
    for (String recipient : report.recipients()) {
      sql.update(
          "INSERT INTO dmarc_deliveries"
              + " (report_id, position, recipient, state, tries, next_try, detail)"
              + " VALUES (?, ?, ?, ?, 0, ?, '')",
          report.id(),
          position++,
          recipient,
          Delivery.State.WAITING.word(),
          report.made().getEpochSecond());
    }
  }

  @Override
  public Optional<Delivery> next(Instant now, Instant until) throws UnavailableException {
    return database.<Optional<Delivery>, UnavailableException>change(sql -> {
      Optional<Delivery> due =
          sql.first(
              "SELECT report_id, recipient, state, tries, next_try, detail FROM dmarc_deliveries"
                  + " WHERE state = ? AND next_try <= ? ORDER BY next_try, report_id LIMIT 1"
                  + sql.dialect().locking(),
              SqlLedger::delivery,
              Delivery.State.WAITING.word(),
              now.getEpochSecond());
      if (due.isEmpty()) {
        return due;
      }
      Delivery waiting = due.get();
      Delivery mine =
          new Delivery(
              waiting.reportId(),
              waiting.recipient(),
              waiting.state(),
              waiting.tries() + 1,
              until,
              waiting.detail());
      put(sql, mine);
      return Optional.of(mine);
    });
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getString("report_id"),
        row.getString("recipient"),
        Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("tries"),
        Instant.ofEpochSecond(row.getLong("next_try")),
        row.getString("detail"));
  }

  @Override
  public void put(Delivery delivery) throws UnavailableException {
    database.<Boolean, UnavailableException>change(sql -> put(sql, delivery));
  }

  private static boolean put(Statements sql, Delivery delivery) throws SQLException {
    return sql.update(
            "UPDATE dmarc_deliveries SET state = ?, tries = ?, next_try = ?, detail = ?"
                + " WHERE report_id = ? AND recipient = ?",
            delivery.state().word(),
            delivery.tries(),
            delivery.next().getEpochSecond(),
            Schema.line(delivery.detail()),
            delivery.reportId(),
            delivery.recipient())
        > 0;
  }

  @Override
  public void silence(Silence silence) throws UnavailableException {
    database.<Boolean, UnavailableException>change(sql -> {
      sql.update("DELETE FROM dmarc_silenced WHERE recipient = ?", silence.recipient());
      sql.update(
          "INSERT INTO dmarc_silenced (recipient, until, why) VALUES (?, ?, ?)",
          silence.recipient(),
          silence.until().getEpochSecond(),
          Schema.line(silence.why()));
      return true;
    });
  }

  @Override
  public List<Silence> silenced(Instant now) throws UnavailableException {
    return database.<List<Silence>, UnavailableException>browse(sql ->
        sql.all(
            "SELECT recipient, until, why FROM dmarc_silenced WHERE until > ? ORDER BY recipient",
            row ->
                new Silence(
                    row.getString("recipient"),
                    Instant.ofEpochSecond(row.getLong("until")),
                    row.getString("why")),
            now.getEpochSecond()));
  }

  @Override
  public List<OwnReport> reports(Instant since) throws UnavailableException {
    return database.<List<OwnReport>, UnavailableException>browse(sql ->
        sql.all(
            REPORTS.formatted("'' AS body")
                + " WHERE made >= ? ORDER BY made DESC, domain, report_id",
            SqlLedger::ownReport,
            since.getEpochSecond()));
  }

  private static OwnReport ownReport(ResultSet row) throws SQLException {
    return new OwnReport(
        row.getString("report_id"),
        day(row),
        row.getLong("messages"),
        Instant.ofEpochSecond(row.getLong("made")),
        row.getString("note"),
        new Bytes(row.getString("body")),
        List.of());
  }

  @Override
  public List<Delivery> deliveries(String reportId) throws UnavailableException {
    return database.<List<Delivery>, UnavailableException>browse(sql ->
        sql.all(
            "SELECT report_id, recipient, state, tries, next_try, detail FROM dmarc_deliveries"
                + " WHERE report_id = ? ORDER BY position",
            SqlLedger::delivery,
            reportId));
  }

  @Override
  public Optional<OwnReport> report(String id) throws UnavailableException {
    return database.<Optional<OwnReport>, UnavailableException>browse(sql ->
        sql.first(REPORTS.formatted("body") + " WHERE report_id = ?", SqlLedger::ownReport, id));
  }

  @Override
  public boolean keep(ForeignReport report) throws UnavailableException {
    return ForeignReports.keep(database, report);
  }

  @Override
  public List<ForeignReport> received(Instant since) throws UnavailableException {
    return ForeignReports.list(database, since);
  }

  @Override
  public long foreign(Instant since, Sink sink) throws UnavailableException {
    return ForeignReports.each(database, since, sink);
  }

  @Override
  public long forget(Instant before) throws UnavailableException {
    long time = before.getEpochSecond();
    return database.<Long, UnavailableException>write(sql -> {
      sql.update(
          "DELETE FROM dmarc_deliveries WHERE report_id IN"
              + " (SELECT report_id FROM dmarc_reports WHERE made < ?)",
          time);
      sql.update("DELETE FROM dmarc_silenced WHERE until < ?", time);
      sql.update(
          "DELETE FROM ledger_batches WHERE added < ?",
          clock.instant().minus(BATCHES).getEpochSecond());
      return (long) sql.update("DELETE FROM dmarc_reports WHERE made < ?", time)
          + sql.update("DELETE FROM dmarc_received WHERE end_time < ?", time)
          + sql.update(
              "DELETE FROM dmarc_rows WHERE day < ?", DomainDay.dayOf(before).toEpochDay());
    });
  }
}
