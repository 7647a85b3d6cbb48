package dovetail.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An outbox from which nothing goes out, for tests: it keeps each mail, and answers as told. */
public final class RecordingOutbox implements Outbox {
  private final Function<OutgoingMail, Outcome> answers;
  private final List<OutgoingMail> sent = new ArrayList<>();

  /** Accepts everything. */
  public RecordingOutbox() {
    this(_ -> new Outcome.Accepted("2.0.0 Ok"));
  }

  /** Answers as that says. */
  public RecordingOutbox(Function<OutgoingMail, Outcome> answers) {
    this.answers = answers;
  }

  @Override
  public Outcome send(OutgoingMail mail) {
    synchronized (sent) {
      sent.add(mail);
    }
    return answers.apply(mail);
  }

  /** What was given to it so far, whatever the answer, in that order. */
  public List<OutgoingMail> sent() {
    synchronized (sent) {
      return List.copyOf(sent);
    }
  }
}
