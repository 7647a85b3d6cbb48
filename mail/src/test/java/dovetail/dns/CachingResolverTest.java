package dovetail.dns;

import static dovetail.dns.Scripted.domain;
import static dovetail.dns.Scripted.failed;
import static dovetail.dns.Scripted.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.Domain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class CachingResolverTest {
  private static final Domain NAME = domain("a.example");
  private static final Domain OTHER = domain("b.example");

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L); // wraps soon

  private CachingResolver resolver(Scripted upstream, int questions, long octets) {
    return new CachingResolver(
        upstream, new CachingResolver.Limits(questions, octets), clock::get, upstream);
  }

  private CachingResolver resolver(Scripted upstream) {
    return resolver(upstream, 100, 1 << 20);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  /** Checks that an answer is kept for that time and no longer. */
  private void keeps(Response<String> response, Duration time) {
    Scripted upstream = new Scripted(_ -> response);
    CachingResolver resolver = resolver(upstream);
    assertThat(resolver.txt(NAME)).isEqualTo(response.answer());
    if (time.isPositive()) {
      pass(time.minusNanos(1));
      assertThat(resolver.knownTxt(NAME)).contains(response.answer());
      assertThat(resolver.txt(NAME)).isEqualTo(response.answer());
      assertThat(upstream.asked(NAME)).isEqualTo(1);
      pass(Duration.ofNanos(1));
    }
    assertThat(resolver.knownTxt(NAME)).isEmpty();
    assertThat(resolver.txt(NAME)).isEqualTo(response.answer());
    assertThat(upstream.asked(NAME)).isEqualTo(2);
  }

  @Test
  void keepsRecordsForTheirTimeAndAnHourAtMost() {
    keeps(records(300, "x"), Duration.ofMinutes(5));
    keeps(records(0, "x"), Duration.ZERO);
    keeps(records(86_400, "x"), Duration.ofHours(1));
    keeps(records(Integer.MAX_VALUE, "x"), Duration.ofHours(1));
  }

  @Test
  void keepsThatThereIsNothingForAMinuteAtMost() {
    for (Answer<String> answer :
        List.<Answer<String>>of(new Answer.NoData<>(), new Answer.NoSuchName<>())) {
      keeps(new Response<>(answer, Duration.ofSeconds(20)), Duration.ofSeconds(20));
      keeps(new Response<>(answer, Duration.ofHours(3)), Duration.ofMinutes(1));
      keeps(new Response<>(answer, Duration.ZERO), Duration.ZERO);
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void keepsFailuresForASecond(Failure failure) {
    keeps(failed(failure), Duration.ofSeconds(1));
  }

  @Test
  void keepsTheNewTimeOfAnAnswerThatIsAskedForAgain() {
    List<Response<String>> answers =
        new ArrayList<>(List.of(failed(Failure.TIMEOUT), records(300, "x")));
    CachingResolver resolver = resolver(new Scripted(_ -> answers.removeFirst()));
    resolver.txt(NAME);
    pass(Duration.ofSeconds(1));
    resolver.txt(NAME);
    pass(Duration.ofSeconds(299));
    assertThat(resolver.knownTxt(NAME)).contains(records(0, "x").answer());
  }

  @Test
  void knowsNothingOfOthersFromAFailure() {
    Domain below = domain("x.a.example");
    Scripted upstream =
        new Scripted(name -> name.equals(NAME) ? failed(Failure.SERVER_FAILURE) : records(9, "x"));
    CachingResolver resolver = resolver(upstream);
    resolver.txt(NAME);
    assertThat(resolver.knownTxt(below)).isEmpty();
    assertThat(resolver.txt(below)).isEqualTo(records(9, "x").answer());
  }

  @Test
  void asksNothingWhenAskedWhatItKnows() {
    Scripted upstream = new Scripted(_ -> records(9, "x"));
    assertThat(resolver(upstream).knownTxt(NAME)).isEmpty();
    assertThat(upstream.asked(NAME)).isZero();
    assertThat(upstream.events()).isEmpty();
  }

  @Test
  void keepsEachTypeForItself() {
    Scripted upstream = new Scripted(_ -> records(300, "x"));
    CachingResolver resolver = resolver(upstream);
    assertThat(resolver.ask(RecordType.MX, NAME)).isEqualTo(new Answer.NoData<>());
    assertThat(resolver.knownTxt(NAME)).isEmpty();
    assertThat(resolver.txt(NAME)).isEqualTo(records(0, "x").answer());
    assertThat(resolver.known(new Question<>(RecordType.MX, NAME))).contains(new Answer.NoData<>());
    assertThat(upstream.asked(NAME)).isEqualTo(2);
  }

  @Test
  void asksOnceForManyAskers() throws Exception {
    Scripted upstream = new Scripted(_ -> records(0, "x"));
    upstream.gate.drainPermits();
    CachingResolver resolver = resolver(upstream);
    List<CompletableFuture<Answer<String>>> askers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      askers.add(onAThread(resolver, NAME));
    }
    awaitEvents(upstream, 49);
    upstream.gate.release(1);
    for (CompletableFuture<Answer<String>> asker : askers) {
      assertThat(asker.get()).isEqualTo(records(0, "x").answer());
    }
    assertThat(upstream.asked(NAME)).isEqualTo(1);
    assertThat(upstream.events()).hasSize(50).containsOnlyOnce("Records").contains("joined");
  }

  @Test
  void givesAFaultOfOurOwnToAllAndKeepsItNot() throws Exception {
    List<Function<Domain, Response<String>>> answers =
        new ArrayList<>(
            List.of(
                _ -> {
                  throw new IllegalArgumentException("planted");
                },
                _ -> {
                  throw new AssertionError("planted");
                },
                _ -> records(9, "x")));
    Scripted upstream = new Scripted(name -> answers.removeFirst().apply(name));
    CachingResolver resolver = resolver(upstream, 1, 1 << 20);
    for (int i = 0; i < 2; i++) {
      upstream.gate.drainPermits();
      CompletableFuture<Answer<String>> one = onAThread(resolver, NAME);
      CompletableFuture<Answer<String>> other = onAThread(resolver, NAME);
      awaitEvents(upstream, i + 1);
      upstream.gate.release();
      for (CompletableFuture<Answer<String>> asker : List.of(one, other)) {
        assertThatThrownBy(asker::get)
            .isInstanceOf(ExecutionException.class)
            .hasRootCauseMessage("planted");
      }
    }
    upstream.gate.release();
    assertThat(resolver.txt(NAME)).isEqualTo(records(9, "x").answer());
  }

  @Test
  void asksNoMoreThanItMay() throws Exception {
    Scripted upstream = new Scripted(_ -> records(9, "x"));
    upstream.gate.drainPermits();
    CachingResolver resolver = resolver(upstream, 2, 1 << 20);
    CompletableFuture<Answer<String>> first = onAThread(resolver, NAME);
    CompletableFuture<Answer<String>> second = onAThread(resolver, OTHER);
    while (upstream.asked(NAME) + upstream.asked(OTHER) < 2) {
      Thread.onSpinWait();
    }
    Domain third = domain("c.example");
    assertThat(resolver.txt(third)).isEqualTo(new Answer.Failed<>(Failure.TOO_MANY));
    assertThat(upstream.asked(third)).isZero();
    assertThat(resolver.knownTxt(third)).isEmpty();
    upstream.gate.release(3);
    first.get();
    second.get();
    assertThat(resolver.txt(third)).isEqualTo(records(9, "x").answer());
    assertThat(upstream.events()).containsExactly("too many", "Records", "Records", "Records");
  }

  @Test
  void goesOnWhenAnAskerIsInterrupted() throws Exception {
    Scripted upstream = new Scripted(_ -> records(9, "x"));
    upstream.gate.drainPermits();
    CachingResolver resolver = resolver(upstream);
    CompletableFuture<Answer<String>> first = new CompletableFuture<>();
    Thread asker =
        Thread.ofVirtual()
            .start(() -> {
              Answer<String> answer = resolver.txt(NAME);
              first.complete(
                  Thread.currentThread().isInterrupted() ? answer : new Answer.NoData<>());
            });
    while (upstream.asked(NAME) == 0) {
      Thread.onSpinWait();
    }
    CompletableFuture<Answer<String>> joined = onAThread(resolver, NAME);
    awaitEvents(upstream, 1);
    asker.interrupt();
    assertThat(first.get()).isEqualTo(new Answer.Failed<>(Failure.TIMEOUT));
    assertThat(joined).isNotDone();
    upstream.gate.release();
    assertThat(joined.get()).isEqualTo(records(9, "x").answer());
    assertThat(resolver.knownTxt(NAME)).isPresent();
    assertThat(upstream.asked(NAME)).isEqualTo(1);
  }

  @Test
  void keepsNoMoreThanItMay() {
    String text = "x".repeat(1_000);
    CachingResolver resolver = resolver(new Scripted(_ -> records(300, text)), 100, 100_000);
    int kept = 0;
    for (int i = 0; i < 1_000; i++) {
      resolver.txt(domain("n" + i + ".example"));
    }
    for (int i = 0; i < 1_000; i++) {
      kept += resolver.knownTxt(domain("n" + i + ".example")).isPresent() ? 1 : 0;
    }
    assertThat(kept).isBetween(40, 100);
    Scripted huge = new Scripted(_ -> records(300, "x".repeat(200_000)));
    CachingResolver small = resolver(huge, 100, 100_000);
    small.txt(NAME);
    assertThat(small.knownTxt(NAME)).isEmpty();
  }

  @Test
  void refusesLimitsThatAllowNothing() {
    assertThatThrownBy(() -> new CachingResolver.Limits(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CachingResolver.Limits(1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CompletableFuture<Answer<String>> onAThread(Resolver resolver, Domain name) {
    CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            answer.complete(resolver.txt(name));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  private static void awaitEvents(Scripted upstream, int count) {
    while (upstream.events().size() < count) {
      Thread.onSpinWait();
    }
  }
}
