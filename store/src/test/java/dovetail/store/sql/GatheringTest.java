package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.Lookup;
import dovetail.directory.edit.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is asked for with whom, with a source that waits to be told how it answers. */
final class GatheringTest {
  private static final int MOST = 4;

  private final ExecutorService source = Executors.newSingleThreadExecutor();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final LinkedBlockingQueue<List<String>> questions = new LinkedBlockingQueue<>();
  private final SynchronousQueue<Behaviour> behaviours = new SynchronousQueue<>();
  private final Map<String, Thread> asking = new ConcurrentHashMap<>();
  private final Gathering<String, String> gathering =
      new Gathering<>(
          keys -> {
            questions.add(keys);
            return taken().answers(keys);
          },
          MOST,
          source);

  /** How the source answers one question. */
  private interface Behaviour {
    Map<String, Lookup<String>> answers(List<String> keys) throws UnavailableException;
  }

  private Behaviour taken() {
    try {
      return behaviours.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void end() {
    source.shutdownNow();
    clients.shutdownNow();
  }

  private static Map<String, Lookup<String>> well(List<String> keys) {
    return keys.stream()
        .collect(Collectors.toMap(Function.identity(), key -> new Lookup.Found<>("of " + key)));
  }

  /** Asks, and gives back once the one who asks waits for the answer. */
  private CompletableFuture<Lookup<String>> ask(String key) throws InterruptedException {
    CompletableFuture<Lookup<String>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              asking.put(key, Thread.currentThread());
              return gathering.get(key);
            },
            clients);
    while (!asking.containsKey(key) || asking.get(key).getState() != Thread.State.WAITING) {
      Thread.sleep(Duration.ofMillis(1));
    }
    asking.remove(key);
    return answer;
  }

  @Test
  void whoComesAloneIsAskedForAtOnce() throws Exception {
    CompletableFuture<Lookup<String>> answer = ask("a");
    assertThat(questions.take()).containsExactly("a");
    behaviours.put(GatheringTest::well);
    assertThat(answer.get()).isEqualTo(new Lookup.Found<>("of a"));
  }

  @Test
  void thoseWhoComeMeanwhileAreAskedForTogetherUpToTheMost() throws Exception {
    List<CompletableFuture<Lookup<String>>> answers = new ArrayList<>();
    answers.add(ask("first"));
    assertThat(questions.take()).containsExactly("first");
    for (String key : List.of("b", "c", "b", "d", "e", "f")) {
      answers.add(ask(key));
    }
    behaviours.put(GatheringTest::well);
    assertThat(questions.take()).containsExactly("b", "c", "d");
    behaviours.put(GatheringTest::well);
    assertThat(questions.take()).containsExactly("e", "f");
    behaviours.put(GatheringTest::well);
    List<Lookup<String>> got = new ArrayList<>();
    for (CompletableFuture<Lookup<String>> answer : answers) {
      got.add(answer.get());
    }
    assertThat(got)
        .containsExactlyElementsOf(
            IntStream.range(0, 7)
                .<Lookup<String>>mapToObj(i ->
                    new Lookup.Found<>(
                        "of " + List.of("first", "b", "c", "b", "d", "e", "f").get(i)))
                .toList());
  }

  @Test
  void nobodyWaitsLongerForASourceThatIsAway() throws Exception {
    CompletableFuture<Lookup<String>> first = ask("a");
    questions.take();
    CompletableFuture<Lookup<String>> second = ask("b");
    behaviours.put(_ -> {
      throw new UnavailableException("away");
    });
    assertThat(first.get()).isEqualTo(new Lookup.Unavailable<>("away"));
    assertThat(second.get()).isEqualTo(new Lookup.Unavailable<>("away"));
    assertThat(questions).isEmpty();
    CompletableFuture<Lookup<String>> later = ask("c");
    behaviours.put(GatheringTest::well);
    assertThat(later.get()).isEqualTo(new Lookup.Found<>("of c"));
  }

  @Test
  void aFaultReachesThoseItIsAboutAndNobodyElse() throws Exception {
    CompletableFuture<Lookup<String>> first = ask("a");
    questions.take();
    CompletableFuture<Lookup<String>> second = ask("b");
    behaviours.put(_ -> {
      throw new IllegalStateException("a fault");
    });
    assertThatThrownBy(first::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("a fault");
    behaviours.put(GatheringTest::well);
    assertThat(second.get()).isEqualTo(new Lookup.Found<>("of b"));
  }
}
