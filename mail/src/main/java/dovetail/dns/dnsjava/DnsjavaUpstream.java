package dovetail.dns.dnsjava;

import dovetail.dns.Answer;
import dovetail.dns.Question;
import dovetail.dns.Response;
import dovetail.dns.Upstream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Name;

/**
 * Asks servers that resolve for us. Every question ends within the timeout of the settings, and
 * nothing that a server sends makes it throw. Keeps nothing open between questions.
 */
public final class DnsjavaUpstream implements Upstream {
  private static final int IDS = 1 << 16;

  private final Asking asking;
  private final Duration timeout;
  private final LongSupplier nanos;

  /**
   * An upstream of these servers; those of /etc/resolv.conf are read now, once.
   *
   * @param random makes the ids of queries, so nobody must be able to guess it; shared by threads
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public DnsjavaUpstream(DnsSettings settings, RandomGenerator random, LongSupplier nanos) {
    this.asking = new Asking(new Servers(settings), () -> random.nextInt(IDS)); // RFC 5452 9.2
    this.timeout = settings.timeout();
    this.nanos = nanos;
  }

  @Override
  public <T> Response<T> ask(Question<T> question) {
    Deadline until = Deadline.in(timeout, nanos);
    AliasWalk<T> walk =
        new AliasWalk<>(question.type(), Name.fromConstantString(question.name().ascii() + "."));
    int type = RecordReader.number(question.type());
    while (true) { // ends: the walk allows few aliases
      switch (asking.ask(walk.at(), type, until)) {
        case Reply.KnowsNot not -> {
          return new Response<>(new Answer.Failed<>(not.failure()), Duration.ZERO);
        }
        case Reply.Knows knows -> {
          Optional<Response<T>> end = walk.follow(knows.message(), knows.checked());
          if (end.isPresent()) {
            return end.get();
          }
        }
      }
    }
  }
}
