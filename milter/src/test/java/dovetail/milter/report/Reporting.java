package dovetail.milter.report;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dmarc.report.AggregateReport;
import dovetail.dmarc.report.ReportFile;
import dovetail.dns.Answer;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.ledger.Batch;
import dovetail.ledger.Delivery;
import dovetail.ledger.DomainDay;
import dovetail.ledger.Entry;
import dovetail.ledger.Ledger;
import dovetail.ledger.OwnReport;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.milter.filter.Disposition;
import dovetail.milter.filter.Reason;
import dovetail.milter.session.MessageRecord;
import dovetail.outbox.OutgoingMail;
import dovetail.outbox.RecordingOutbox;
import dovetail.spf.SpfStatus;
import dovetail.store.sql.DatabaseSettings;
import dovetail.store.sql.SecretBox;
import dovetail.store.sql.SecretKeyFile;
import dovetail.store.sql.Store;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host that receives mail and reports, over a real database. */
abstract class Reporting implements ReportLog {
  static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  static final Instant NEXT_NOON = NOON.plus(Duration.ofDays(1));
  static final Disposition TAKEN = new Disposition(Disposition.Action.NONE, Reason.NOT_SUBMISSION);

  @TempDir Path folder = Path.of(".");

  final List<String> log = new ArrayList<>();
  Instant now = NOON;
  MapResolver resolver =
      new MapResolver(Map.of())
          .with(
              RecordType.TXT,
              domain("_dmarc.example.com"),
              records("v=DMARC1; p=reject; rua=mailto:dmarc@example.com"));

  RecordingOutbox outbox = new RecordingOutbox();
  ReportSettings settings = settings(List.of(), 1, 1_000_000);
  Store store = open(Path.of("/nowhere"));
  final Random random = new Random(1);
  int batches;

  static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  static Answer<String> records(String... texts) {
    return new Answer.Records<>(List.of(texts), false);
  }

  static ReportSettings settings(List<Unwanted> unwanted, long least, long maxBytes) {
    return new ReportSettings(
        domain("mx.here.example"),
        "Here Ltd.",
        Address.parse("reports@here.example").orElseThrow(),
        Optional.of("https://here.example"),
        least,
        unwanted,
        maxBytes,
        Duration.ofDays(90));
  }

  Store open(Path file) {
    SecureRandom random = new SecureRandom();
    return Store.open(
        DatabaseSettings.sqlite(file),
        new SecretBox(new SecretKeyFile(folder.resolve("key"), random), random),
        InstantSource.fixed(NOON));
  }

  @BeforeEach
  void begin() throws Exception {
    store.close();
    store = open(folder.resolve("dovetail.db"));
    assertThat(store.migrate()).isPositive();
  }

  @AfterEach
  void end() {
    store.close();
  }

  @Override
  public void made(OwnReport report) {
    log.add("made for " + report.recipients() + " " + report.note());
  }

  @Override
  public void putOff(DomainDay day, String why) {
    log.add("put off " + day.domain() + ": " + why);
  }

  @Override
  public void stopped(String why) {
    log.add(why);
  }

  @Override
  public void tried(Delivery delivery) {
    log.add(delivery.state().word() + " " + delivery.recipient() + " " + delivery.detail());
  }

  Ledger ledger() {
    return store.ledger();
  }

  ReportTools tools() {
    return new ReportTools(resolver, () -> now, random, "test", this);
  }

  void make(AggregateReports.Timing timing) throws Exception {
    new AggregateReports(ledger(), tools(), settings).make(timing);
  }

  void send() throws Exception {
    new ReportSender(ledger(), tools(), settings, outbox).send();
  }

  void receive(MessageRecord... messages) throws Exception {
    List<Entry> entries = new ArrayList<>();
    LedgerEvaluations sink =
        new LedgerEvaluations(
            entry -> entry.get().ifPresent(entries::add), InstantSource.fixed(NOON));
    for (MessageRecord message : messages) {
      sink.add(message);
    }
    if (!entries.isEmpty()) {
      assertThat(ledger().add(new Batch("b" + batches++, entries))).isTrue();
    }
  }

  Messages messages() {
    return new Messages(resolver);
  }

  MessageRecord forged() {
    return messages().message("192.0.2.9", "example.com", "x@bad.example", SpfStatus.FAIL);
  }

  MessageRecord good() {
    return messages().message("192.0.2.1", "example.com", "joe@example.com", SpfStatus.PASS);
  }

  AggregateReport read(OutgoingMail mail) throws Exception {
    ReportFile.Contents contents = ReportFile.read(new ByteArrayInputStream(mail.octets()));
    assertThat(contents.faults()).isEmpty();
    assertThat(contents.reports()).hasSize(1);
    return contents.reports().getFirst();
  }

  AggregateReport report() throws Exception {
    now = NEXT_NOON;
    make(AggregateReports.Timing.NOW);
    send();
    assertThat(outbox.sent()).as("%s", log).isNotEmpty();
    return read(outbox.sent().getLast());
  }
}
