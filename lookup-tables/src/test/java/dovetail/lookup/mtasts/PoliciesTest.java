package dovetail.lookup.mtasts;

import static dovetail.lookup.mtasts.World.DOMAIN;
import static dovetail.lookup.mtasts.World.START;
import static dovetail.lookup.mtasts.World.enforce;
import static dovetail.lookup.mtasts.World.policy;
import static dovetail.lookup.mtasts.World.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PoliciesTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final World world = new World();
  private final Policies policies = world.policies();

  /** After so long anybody who asks makes the record be compared again. */
  private void passACheck() {
    world.pass(Policies.CHECK);
  }

  @Test
  void fetchesOnceAndKeeps() {
    world.publish("1", enforce(WEEK));
    HeldPolicy first = policies.of(DOMAIN).orElseThrow();
    assertThat(first).isEqualTo(new HeldPolicy("1", START, enforce(WEEK)));
    for (int i = 0; i < 5; i++) {
      passACheck();
      assertThat(settled(policies)).contains(first);
    }
    assertThat(world.fetches).hasValue(1);
    assertThat(policies.size()).isOne();
    assertThat(world.seen.events()).containsExactly("fetched a.example");
  }

  @Test
  void fetchesNothingWithoutARecord() {
    world.hosts.put(DOMAIN, new FetchResult.Fetched(enforce(WEEK)));
    assertThat(policies.of(DOMAIN)).isEmpty();
    world.failDns();
    assertThat(policies.of(DOMAIN)).isEmpty();
    world.answer(new Answer.Records<>(List.of("v=STSv1; id=a-b"), false));
    assertThat(policies.of(DOMAIN)).isEmpty();
    assertThat(world.fetches).hasValue(0);
    assertThat(world.seen.events()).containsExactly("bad record a.example an id that is none");
  }

  @Test
  void fetchesAnewWhenTheIdHasChanged() {
    world.publish("1", enforce(WEEK));
    assertThat(policies.of(DOMAIN)).isPresent();
    Policy other = policy(Policy.Mode.NONE, WEEK);
    world.publish("2", other);
    assertThat(settled(policies)).map(HeldPolicy::id).contains("1");
    passACheck();
    assertThat(settled(policies)).map(HeldPolicy::policy).contains(other);
    assertThat(world.fetches).hasValue(2);
  }

  /** RFC 8461 3.3, 5.1: whoever can break DNS or HTTPS must not get rid of a policy by that. */
  @Test
  void keepsAPolicyUntilItsEndWhateverFails() {
    List<Runnable> failures =
        List.of(
            world::failDns,
            () -> world.answer(new Answer.NoSuchName<>()),
            () -> world.answer(new Answer.NoData<>()),
            () -> world.answer(new Answer.Records<>(List.of("v=STSv1;"), false)),
            () ->
                world.answer(
                    new Answer.Records<>(List.of("v=STSv1; id=1", "v=STSv1; id=2"), false)),
            () -> {
              world.record("9");
              world.failHost();
            });
    for (Runnable failure : failures) {
      Policies each = world.policies();
      world.publish("1", enforce(WEEK));
      assertThat(each.of(DOMAIN)).isPresent();
      failure.run();
      for (int i = 0; i < 6; i++) {
        world.pass(Duration.ofDays(1));
        assertThat(settled(each)).isPresent();
      }
      world.pass(Duration.ofDays(1).minusNanos(1));
      assertThat(each.of(DOMAIN)).isPresent();
      world.pass(Duration.ofNanos(1));
      assertThat(each.of(DOMAIN)).isEmpty();
    }
    assertThat(world.seen.events())
        .contains(
            "unconfirmed a.example DNS: server failure",
            "unconfirmed a.example its record is gone",
            "bad record a.example no id",
            "bad record a.example more than one record",
            "refused a.example tls held");
  }

  @Test
  void leavesItAtAFailureForAWhile() {
    world.record("1");
    world.failHost();
    for (int i = 0; i < 5; i++) {
      world.record(Integer.toString(i)); // a new id is no way around it
      assertThat(policies.of(DOMAIN)).isEmpty();
    }
    assertThat(world.fetches).hasValue(1);
    world.publish("7", enforce(WEEK));
    world.pass(Policies.PAUSE.minusNanos(1));
    assertThat(policies.of(DOMAIN)).isEmpty();
    world.pass(Duration.ofNanos(1));
    assertThat(policies.of(DOMAIN)).isPresent();
    assertThat(world.seen.events()).containsExactly("refused a.example tls", "fetched a.example");
  }

  @Test
  void looksAfterPoliciesBeforeTheyEnd() {
    world.publish("1", enforce(WEEK));
    assertThat(policies.of(DOMAIN)).isPresent();
    world.pass(Duration.ofDays(1).minusNanos(1));
    policies.refresh();
    policies.idle();
    assertThat(world.fetches).hasValue(1);
    world.pass(Duration.ofNanos(1));
    policies.refresh();
    policies.idle();
    assertThat(world.fetches).hasValue(2);
    assertThat(policies.of(DOMAIN)).map(HeldPolicy::fetched).contains(world.now.get());
    policies.refresh();
    policies.idle();
    assertThat(world.fetches).hasValue(2);
  }

  @Test
  void looksAfterShortOnesAtHalfTheirTime() {
    world.publish("1", enforce(Duration.ofHours(2)));
    assertThat(policies.of(DOMAIN)).isPresent();
    world.failHost();
    for (int i = 0; i < 3; i++) {
      world.pass(Duration.ofHours(1));
      policies.refresh();
      policies.idle();
    }
    assertThat(world.fetches).hasValue(2); // it is over then, and nobody asks
    assertThat(world.seen.events()).last().isEqualTo("refused a.example tls held");
  }

  @Test
  void keepsNothingThatMayNotBeKept() {
    world.publish("1", enforce(Duration.ZERO));
    assertThat(policies.of(DOMAIN)).isPresent();
    assertThat(policies.of(DOMAIN)).isPresent();
    assertThat(world.fetches).hasValue(2);
  }

  @Test
  void fetchesOnceForManyAskers() throws Exception {
    world.publish("1", enforce(WEEK));
    world.gate.drainPermits();
    List<CompletableFuture<Optional<HeldPolicy>>> askers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      askers.add(ask(DOMAIN));
    }
    while (world.fetches.get() == 0) {
      Thread.onSpinWait();
    }
    assertThat(askers).noneMatch(CompletableFuture::isDone);
    world.gate.release();
    for (CompletableFuture<Optional<HeldPolicy>> asker : askers) {
      assertThat(asker.get()).isPresent();
    }
    assertThat(world.fetches).hasValue(1);
  }

  @Test
  void answersAtOnceWhatItHolds() {
    world.publish("1", enforce(WEEK));
    assertThat(policies.of(DOMAIN)).isPresent();
    world.gate.drainPermits();
    world.publish("2", enforce(WEEK));
    passACheck();
    assertThat(policies.of(DOMAIN)).map(HeldPolicy::id).contains("1");
    world.gate.release();
    policies.idle();
    assertThat(policies.of(DOMAIN)).map(HeldPolicy::id).contains("2");
  }

  @Test
  void fetchesNoMoreAtATimeThanItMay() throws Exception {
    world.gate.drainPermits();
    List<CompletableFuture<Optional<HeldPolicy>>> askers = new ArrayList<>();
    for (int i = 0; i < Policies.MOST_FETCHES + 1; i++) {
      Domain domain = World.domain("n" + i + ".example");
      world.records.put(
          domain.below("_mta-sts").orElseThrow(),
          new Answer.Records<>(List.of("v=STSv1; id=1"), false));
      askers.add(ask(domain));
    }
    CompletableFuture.anyOf(askers.toArray(CompletableFuture[]::new)).get(); // waits its turn
    assertThat(world.fetches).hasValue(Policies.MOST_FETCHES);
    assertThat(world.seen.events()).singleElement().asString().endsWith("busy");
    world.gate.release(Policies.MOST_FETCHES);
    for (CompletableFuture<Optional<HeldPolicy>> asker : askers) {
      assertThat(asker.get()).isEmpty();
    }
  }

  @Test
  void takesAFaultOfOursForNoPolicy() {
    Policies faulty =
        new Policies(
            new Policies.Sources(
                world.sources().resolver(),
                _ -> {
                  throw new IllegalStateException("planted");
                }),
            Optional.empty(),
            10,
            new MtaSts.Clocks(world.now::get, () -> 0),
            world.seen);
    world.record("1");
    assertThat(faulty.of(DOMAIN)).isEmpty();
    assertThat(world.seen.events())
        .containsExactly("fault a.example planted", "refused a.example fault");
  }

  @Test
  void keepsWhatItHoldsWithOtherSources() {
    world.publish("1", enforce(WEEK));
    assertThat(policies.of(DOMAIN)).isPresent();
    World other = new World();
    other.failDns();
    policies.use(other.sources());
    assertThat(settled(policies)).isPresent();
    other.publish("2", enforce(WEEK));
    passACheck();
    assertThat(settled(policies)).map(HeldPolicy::id).contains("2");
    assertThat(other.fetches).hasValue(1);
  }

  @Test
  void triesAtOnceWithOtherSources() {
    world.record("1");
    world.failHost();
    assertThat(policies.of(DOMAIN)).isEmpty();
    world.publish("1", enforce(WEEK));
    assertThat(policies.of(DOMAIN)).isEmpty();
    policies.use(world.sources());
    assertThat(policies.of(DOMAIN)).isPresent();
  }

  @Test
  void holdsNoMoreThanItMay() {
    Policies small = world.policies(Optional.empty(), 10);
    for (int i = 0; i < 100; i++) {
      assertThat(small.of(world.publish("n" + i + ".example", 1))).isPresent();
    }
    assertThat(small.size()).isBetween(1L, 10L);
  }

  /** A host was seen to take 76 octets. */
  @Test
  void countsLongOnesByTheMemoryThatTheyTake() {
    assertThat(Policies.weight(new HeldPolicy("1", START, enforce(WEEK)))).isOne();
    Policy most =
        policy(
            Policy.Mode.ENFORCE,
            WEEK,
            IntStream.range(0, 250).mapToObj(i -> "h" + i).toArray(String[]::new));
    assertThat(Policies.weight(new HeldPolicy("1", START, most)))
        .isBetween(250 * 76 / 1024, 2 * 250 * 76 / 1024);
  }

  /** However many others are due, and fail each time. */
  @Test
  void looksAfterThoseFirstThatHaveWaitedLongest() {
    int all = 2 * Policies.MOST_FETCHES + 20;
    Policies many = world.policies(Optional.empty(), 1_000);
    for (int i = 0; i < all; i++) {
      assertThat(many.of(world.publish("n" + i + ".example", 1))).isPresent();
    }
    world.hosts.clear(); // now all fail
    world.pass(Duration.ofDays(1));
    for (int round = 0; round < 3; round++) {
      world.pass(Policies.PAUSE);
      many.refresh();
      many.idle();
    }
    assertThat(world.seen.events().stream().filter(event -> event.startsWith("refused")).distinct())
        .hasSize(all);
    assertThat(world.fetches).hasValue(all + 3 * Policies.MOST_FETCHES);
  }

  /** Nobody knows how old a policy is that was fetched when the clock was wrong. */
  @Test
  void looksAfterThoseOfAnotherTime() {
    world.publish("1", enforce(WEEK));
    assertThat(policies.of(DOMAIN)).isPresent();
    world.pass(Policies.CHECK);
    world.now.set(START.minus(Duration.ofDays(900)));
    policies.refresh();
    policies.idle();
    assertThat(policies.of(DOMAIN)).map(HeldPolicy::fetched).contains(world.now.get());
  }

  private CompletableFuture<Optional<HeldPolicy>> ask(Domain domain) {
    CompletableFuture<Optional<HeldPolicy>> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(policies.of(domain)));
    return answer;
  }
}
