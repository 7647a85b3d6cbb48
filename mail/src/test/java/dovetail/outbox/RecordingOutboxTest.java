package dovetail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecordingOutboxTest {
  @Test
  void keepsWhatItIsGiven() {
    RecordingOutbox outbox = new RecordingOutbox();
    assertThat(outbox.send(Mails.text("a"))).isEqualTo(new Outcome.Accepted("2.0.0 Ok"));
    outbox.send(Mails.text("b"));
    assertThat(outbox.sent()).containsExactly(Mails.text("a"), Mails.text("b"));
  }

  @Test
  void answersAsItIsTold() {
    RecordingOutbox outbox = new RecordingOutbox(mail -> new Outcome.Refused(550, mail.text()));
    assertThat(outbox.send(Mails.text("a"))).isEqualTo(new Outcome.Refused(550, "a"));
    assertThat(outbox.sent()).hasSize(1);
  }
}
