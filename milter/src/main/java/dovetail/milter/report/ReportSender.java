package dovetail.milter.report;

import dovetail.directory.edit.UnavailableException;
import dovetail.dmarc.report.ReportName;
import dovetail.ledger.Delivery;
import dovetail.ledger.Ledger;
import dovetail.ledger.OwnReport;
import dovetail.ledger.Silence;
import dovetail.mail.Address;
import dovetail.outbox.Attachment;
import dovetail.outbox.Outbox;
import dovetail.outbox.Outcome;
import dovetail.outbox.OutgoingMail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sends reports by mail (RFC 9990 3.5.2), again and again until they are taken. For one thread. */
public final class ReportSender {
  /** Before others take a delivery over of which nothing is heard; longer than any try. */
  private static final Duration LEASE = Duration.ofMinutes(45);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(12);
  private static final Duration GIVE_UP = Duration.ofDays(3);

  /** How long an address is left alone that does not exist. */
  private static final Duration SILENCE = Duration.ofDays(30);

  /** RFC 3463 3.2: those that say something of the recipient, not of us or of the relay. */
  private static final Pattern NO_SUCH_ADDRESS = Pattern.compile("5\\.(1\\.([1236]|10)|2\\.1)\\b");

  /** So many in a row that are put off mean that the relay does not work. */
  private static final int MAX_PUT_OFF = 3;

  private final Ledger ledger;
  private final ReportTools tools;
  private final ReportSettings settings;
  private final Outbox outbox;

  public ReportSender(Ledger ledger, ReportTools tools, ReportSettings settings, Outbox outbox) {
    this.ledger = ledger;
    this.tools = tools;
    this.settings = settings;
    this.outbox = outbox;
  }

  /** Tries all deliveries that are due. */
  public void send() throws UnavailableException {
    int putOff = 0;
    while (putOff < MAX_PUT_OFF) {
      Instant now = tools.clock().instant();
      Optional<Delivery> next = ledger.next(now, now.plus(LEASE));
      if (next.isEmpty()) {
        return;
      }
      Delivery tried = tried(next.get());
      ledger.put(tried);
      tools.log().tried(tried);
      putOff = tried.state() == Delivery.State.WAITING ? putOff + 1 : 0;
    }
    tools.log().stopped("the relay takes nothing; what else is due waits for the next round");
  }

  private Delivery tried(Delivery delivery) throws UnavailableException {
    Instant now = tools.clock().instant();
    Optional<OwnReport> report = ledger.report(delivery.reportId());
    Optional<Address> to = Address.parse(delivery.recipient());
    if (report.isEmpty() || to.isEmpty()) {
      return delivery.ended(Delivery.State.FAILED, now, "the report is not there any more");
    }
    return switch (outbox.send(mail(report.get(), to.get()))) {
      case Outcome.Accepted(String reply) -> delivery.ended(Delivery.State.SENT, now, reply);
      case Outcome.PutOff(String why) -> later(delivery, report.get(), why);
      case Outcome.Refused(int code, String text) -> {
        String why = code + " " + text;
        if (NO_SUCH_ADDRESS.matcher(text).lookingAt()) {
          ledger.silence(new Silence(to.get().canonical().toString(), now.plus(SILENCE), why));
          yield delivery.ended(Delivery.State.FAILED, now, why);
        }
        // Of us, or of the relay: a mistake in its settings is not to cost a night's reports.
        yield later(delivery, report.get(), why);
      }
    };
  }

  private Delivery later(Delivery delivery, OwnReport report, String why) {
    Instant now = tools.clock().instant();
    return now.isBefore(report.made().plus(GIVE_UP))
        ? delivery.again(now.plus(pause(delivery.tries())), why)
        : delivery.ended(Delivery.State.FAILED, now, why);
  }

  /** Each one twice as long as the one before. */
  private static Duration pause(int tries) {
    Duration pause = FIRST_PAUSE;
    for (int i = 1; i < tries && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private OutgoingMail mail(OwnReport report, Address to) {
    ReportName name =
        ReportName.parse(report.id())
            .orElseThrow(() -> new IllegalStateException("no id of a report: " + report.id()));
    return new OutgoingMail(
        settings.from(),
        Optional.of(settings.organization()),
        to,
        name.subject(),
        report.id(),
        report.made(),
        text(report),
        List.of(new Attachment(name.file(), "application/gzip", report.body().bytes())),
        List.of());
  }

  private String text(OwnReport report) {
    return "This is an aggregate report on mail in the name of "
        + report.day().domain()
        + "\nthat "
        + settings.receiver()
        + " received on "
        + report.day().day()
        + " (UTC): "
        + report.messages()
        + (report.messages() == 1 ? " message.\n" : " messages.\n")
        + "\nYou get it since the DMARC policy of the domain asks for such reports (rua=).\n"
        + settings.contact().map(contact -> "Questions: " + contact + "\n").orElse("");
  }
}
