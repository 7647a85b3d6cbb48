package dovetail.dns;

import dovetail.mail.Domain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** An upstream that says what it is told to, when it is told to, and counts. */
final class Scripted implements Upstream, DnsObserver {
  private final Function<Domain, Response<String>> script;
  private final Map<Domain, Integer> questions = new ConcurrentHashMap<>();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  /** A permit for each question that may end. */
  final Semaphore gate = new Semaphore(Integer.MAX_VALUE);

  Scripted(Function<Domain, Response<String>> script) {
    this.script = script;
  }

  static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  static Response<String> records(long seconds, String... texts) {
    return new Response<>(new Answer.Records<>(List.of(texts), false), Duration.ofSeconds(seconds));
  }

  static Response<String> failed(Failure failure) {
    return new Response<>(new Answer.Failed<>(failure), Duration.ofDays(1));
  }

  @Override
  public <T> Response<T> ask(Question<T> question) {
    questions.merge(question.name(), 1, Integer::sum);
    gate.acquireUninterruptibly();
    Response<String> texts = script.apply(question.name());
    return new Response<>(new TxtResolver(_ -> texts.answer()).ask(question), texts.ttl());
  }

  /** How often that name was asked for. */
  int asked(Domain name) {
    return questions.getOrDefault(name, 0);
  }

  /** What was observed so far, in that order. */
  List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public void known() {
    events.add("known");
  }

  @Override
  public void joined() {
    events.add("joined");
  }

  @Override
  public void answered(Answer<?> answer, Duration took) {
    events.add(
        answer instanceof Answer.Failed<?>(Failure failure)
            ? failure.words()
            : answer.getClass().getSimpleName());
  }
}
