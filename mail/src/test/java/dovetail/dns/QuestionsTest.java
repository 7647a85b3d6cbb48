package dovetail.dns;

import static dovetail.dns.Scripted.domain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.Domain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class QuestionsTest {
  private static final Domain NAME = domain("a.example");
  private static final Domain OTHER = domain("b.example");
  private static final Answer<String> TEXT = new Answer.Records<>(List.of("x"), true);
  private static final Answer<String> TIMEOUT = new Answer.Failed<>(Failure.TIMEOUT);

  @Test
  void asksTheSameOnce() {
    AtomicInteger asked = new AtomicInteger();
    Questions questions =
        questions(
            _ -> {
              asked.incrementAndGet();
              return TEXT;
            },
            Duration.ofSeconds(30));
    Questions.Question<String> question = questions.txt(NAME);
    assertThat(questions.txt(NAME)).isSameAs(question);
    assertThat(question.answer()).isEqualTo(TEXT);
    assertThat(questions.txt(NAME).answer()).isEqualTo(TEXT);
    assertThat(asked).hasValue(1);
  }

  @Test
  void doesNotWaitToAsk() {
    CountDownLatch both = new CountDownLatch(2);
    Questions questions =
        questions(
            _ -> {
              both.countDown();
              await(both);
              return TEXT;
            },
            Duration.ofSeconds(30));
    Questions.Question<String> one = questions.txt(NAME);
    Questions.Question<String> other = questions.txt(OTHER);
    assertThat(one.answer()).isEqualTo(TEXT);
    assertThat(other.answer()).isEqualTo(TEXT);
  }

  @Test
  void asksNobodyWhatIsKnown() {
    Resolver knows =
        new Resolver() {
          @Override
          public <T> Answer<T> ask(Question<T> question) {
            throw new IllegalStateException("asked");
          }

          @Override
          public <T> Optional<Answer<T>> known(Question<T> question) {
            return new MapResolver(Map.of(NAME, TEXT)).known(question);
          }
        };
    Questions questions = new Questions(knows, Duration.ZERO, () -> 0);
    assertThat(questions.txt(NAME).answer()).isEqualTo(TEXT);
  }

  @Test
  void sharesOneBudget() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicLong clock = new AtomicLong();
    // Each look at the clock is 300 ms later: the first wait seems to have taken that long.
    Questions questions =
        new Questions(
            new TxtResolver(_ -> {
              await(never);
              return TEXT;
            }),
            Duration.ofMillis(500),
            () -> clock.addAndGet(300_000_000));
    Questions.Question<String> one = questions.txt(NAME);
    Questions.Question<String> other = questions.txt(OTHER);
    long began = System.nanoTime();
    assertThat(one.answer()).isEqualTo(TIMEOUT); // 500 ms
    assertThat(other.answer()).isEqualTo(TIMEOUT); // 200 ms
    assertThat(other.answer()).isEqualTo(TIMEOUT); // none
    assertThat(other.answer()).isEqualTo(TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(600), Duration.ofSeconds(20));
    never.countDown();
  }

  @Test
  void givesWhatHasComeThoughTheBudgetIsUsedUp() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Questions questions =
        new Questions(
            new TxtResolver(name -> {
              if (name.equals(OTHER)) {
                ended.countDown();
                return TEXT;
              }
              await(never);
              return TEXT;
            }),
            Duration.ofMillis(50),
            System::nanoTime);
    Questions.Question<String> slow = questions.txt(NAME);
    Questions.Question<String> fast = questions.txt(OTHER);
    await(ended);
    assertThat(slow.answer()).isEqualTo(TIMEOUT);
    Answer<String> answer = fast.answer();
    while (!answer.equals(TEXT)) { // its thread has answered, but may not have ended
      Thread.onSpinWait();
      answer = fast.answer();
    }
    never.countDown();
  }

  @Test
  void failsWithAFaultOfOurOwn() {
    Questions questions =
        questions(
            _ -> {
              throw new IllegalArgumentException("planted");
            },
            Duration.ofSeconds(30));
    Questions.Question<String> question = questions.txt(NAME);
    for (int i = 0; i < 2; i++) { // while it is on its way, and once it is over
      assertThatThrownBy(question::answer)
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("planted");
    }
  }

  @Test
  void endsWhenInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    Questions questions =
        questions(
            _ -> {
              await(never);
              return TEXT;
            },
            Duration.ofSeconds(30));
    Thread.currentThread().interrupt();
    assertThat(questions.txt(NAME).answer()).isEqualTo(TIMEOUT);
    assertThat(Thread.interrupted()).isTrue();
    never.countDown();
  }

  @Test
  void tablesKnowAll() {
    MapResolver table = new MapResolver(Map.of(NAME, TEXT, OTHER, TIMEOUT));
    assertThat(table.txt(NAME)).isEqualTo(TEXT);
    assertThat(table.knownTxt(OTHER)).contains(TIMEOUT);
    assertThat(table.txt(domain("c.example"))).isEqualTo(new Answer.NoSuchName<>());
    assertThat(table.ask(RecordType.MX, NAME)).isEqualTo(new Answer.NoData<>());
    Answer<MailExchange> none = new Answer.Records<>(List.of(new MailExchange(0, "")), true);
    MapResolver more = table.with(RecordType.MX, NAME, none);
    assertThat(more.ask(RecordType.MX, NAME)).isEqualTo(none);
    assertThat(more.txt(NAME)).isEqualTo(TEXT);
    assertThat(new Questions(table, Duration.ZERO, () -> 0).txt(NAME).answer()).isEqualTo(TEXT);
  }

  private static Questions questions(Function<Domain, Answer<String>> resolver, Duration budget) {
    return new Questions(new TxtResolver(resolver), budget, System::nanoTime);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
