package dovetail.milter.report;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.outbox.Outcome;
import dovetail.outbox.RecordingOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of reports on their way. */
final class ReportSenderTest extends Reporting {
  @Test
  void isTriedAgainAndAgainAsTheSameMailAndThenGivenUp() throws Exception {
    outbox = new RecordingOutbox(_ -> new Outcome.PutOff("451 later"));
    receive(good());
    now = NEXT_NOON;
    make(AggregateReports.Timing.NOW);
    send();
    send(); // nothing is due
    assertThat(outbox.sent()).hasSize(1);
    List<Duration> pauses = new ArrayList<>();
    Instant last = now;
    Instant end = now.plus(Duration.ofDays(4));
    for (now = now.plusSeconds(60); now.isBefore(end); now = now.plusSeconds(60)) {
      int before = outbox.sent().size();
      send();
      if (outbox.sent().size() > before) {
        pauses.add(Duration.between(last, now));
        last = now;
      }
    }
    assertThat(pauses)
        .startsWith(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1))
        .endsWith(Duration.ofHours(12), Duration.ofHours(12));
    assertThat(outbox.sent())
        .hasSameSizeAs(log.subList(1, log.size()))
        .allMatch(outbox.sent().getFirst()::equals);
    assertThat(log).last().isEqualTo("failed dmarc@example.com 451 later");
  }

  @Test
  void anAddressThatDoesNotExistIsLeftAloneAndTheRelaysOwnTroubleIsNot() throws Exception {
    outbox = new RecordingOutbox(_ -> new Outcome.Refused(550, "5.7.1 not from you"));
    receive(good());
    now = NEXT_NOON;
    make(AggregateReports.Timing.NOW);
    send();
    assertThat(ledger().silenced(now)).isEmpty();
    assertThat(log).last().isEqualTo("waiting dmarc@example.com 550 5.7.1 not from you");
    outbox = new RecordingOutbox(_ -> new Outcome.Refused(550, "5.1.1 who?"));
    receive(good());
    make(AggregateReports.Timing.NOW);
    send();
    receive(good());
    make(AggregateReports.Timing.NOW);
    assertThat(log)
        .endsWith(
            "failed dmarc@example.com 550 5.1.1 who?",
            "made for [] dmarc@example.com refuses: 550 5.1.1 who?");
    now = now.plus(Duration.ofDays(31));
    receive(good());
    outbox = new RecordingOutbox();
    make(AggregateReports.Timing.NOW);
    send();
    assertThat(outbox.sent()).hasSize(2); // the one that the relay had put off, too
  }

  @Test
  void aRelayThatIsDownIsNotTriedForEachReport() throws Exception {
    outbox = new RecordingOutbox(_ -> new Outcome.PutOff("no connection"));
    for (int i = 0; i < 9; i++) {
      receive(good());
      now = NEXT_NOON;
      make(AggregateReports.Timing.NOW);
    }
    send();
    assertThat(outbox.sent()).hasSize(3);
    assertThat(log).last().asString().contains("takes nothing");
  }
}
