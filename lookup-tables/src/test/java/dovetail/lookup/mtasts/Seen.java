package dovetail.lookup.mtasts;

import dovetail.mail.Domain;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down what is observed. */
final class Seen implements MtaStsObserver {
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public void fetched(Domain domain) {
    events.add("fetched " + domain);
  }

  @Override
  public void refused(Domain domain, FetchFailure why, String detail, boolean held) {
    events.add("refused " + domain + " " + why.word() + (held ? " held" : ""));
  }

  @Override
  public void badRecord(Domain domain, String why) {
    events.add("bad record " + domain + " " + why);
  }

  @Override
  public void unconfirmed(Domain domain, String why) {
    events.add("unconfirmed " + domain + " " + why);
  }

  @Override
  public void fault(Domain domain, Throwable cause) {
    events.add("fault " + domain + " " + cause.getMessage());
  }

  @Override
  public void folder(String what) {
    events.add("folder " + what);
  }
}
