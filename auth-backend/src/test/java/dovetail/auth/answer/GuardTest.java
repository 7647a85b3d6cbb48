package dovetail.auth.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.login.Block;
import dovetail.directory.login.Block.Kind;
import dovetail.server.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who is slowed down and stopped, and who is not. */
final class GuardTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          Duration.ofHours(1),
          10,
          20,
          Duration.ofMinutes(15),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          List.of(Network.parse("198.51.100.0/24")));
  private static final String JOE = "joe@example.com";

  private final AtomicLong seconds = new AtomicLong();
  private final List<Block> told = new ArrayList<>();
  private final Guard guard =
      new Guard(() -> seconds.get() * 1_000_000_000, "mx.example.net", told::add);

  private Guard.Attempt attempt(String login, String client) {
    return new Guard.Attempt(
        login, Optional.of(InetAddress.ofLiteral(client)), START.plusSeconds(seconds.get()));
  }

  private Duration fail(String login, String client, int mark) {
    return guard.failed(attempt(login, client), mark, SETTINGS);
  }

  private Optional<Kind> stopped(String login, String client) {
    return guard.stopped(attempt(login, client), SETTINGS).map(block -> block.subject().kind());
  }

  @Test
  void eachOtherPasswordIsAnsweredLater() {
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      delays.add(fail(JOE, "192.0.2.1", i));
    }
    assertThat(delays.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L, 8L, 8L);
  }

  @Test
  void anOldPasswordOfATelephoneLocksNobodyOut() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(fail(JOE, "192.0.2.1", 7)).isEqualTo(Duration.ofSeconds(1));
      seconds.addAndGet(60);
    }
    assertThat(stopped(JOE, "192.0.2.1")).isEmpty();
    assertThat(stopped(JOE, "203.0.113.5")).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void aClientThatTriesManyIsStoppedWhateverTheAccount() {
    for (int i = 0; i < 10; i++) {
      fail("user" + i + "@example.com", "192.0.2.1", 7);
    }
    assertThat(stopped(JOE, "192.0.2.1")).isEmpty();
    fail("user10@example.com", "192.0.2.1", 7);
    assertThat(stopped(JOE, "192.0.2.1")).contains(Kind.NETWORK);
    assertThat(stopped(JOE, "192.0.2.2")).isEmpty();
    assertThat(told)
        .containsExactly(
            new Block(
                new Block.Subject(Kind.NETWORK, "192.0.2.1/32"),
                START,
                START.plus(SETTINGS.block()),
                "more than 10 different wrong passwords",
                "mx.example.net"));
    seconds.addAndGet(15 * 60);
    assertThat(stopped(JOE, "192.0.2.1")).isEmpty();
  }

  @Test
  void anAccountThatManyTryIsStoppedForStrangersAndNotForItsOwner() {
    guard.succeeded(attempt(JOE, "203.0.113.5"));
    for (int i = 0; i < 500; i++) {
      fail(JOE, "192.0.%d.%d".formatted(i / 250, 1 + i % 250), i);
    }
    assertThat(stopped(JOE, "192.0.9.9")).contains(Kind.ACCOUNT);
    assertThat(stopped(JOE, "203.0.113.5")).isEmpty();
    assertThat(stopped("ann@example.com", "192.0.9.9")).isEmpty();
    assertThat(told).hasSize(1);
  }

  @Test
  void aClientIsForgottenAMonthAfterTheLastLoginHoweverOftenItTries() {
    guard.succeeded(attempt(JOE, "192.0.2.1"));
    for (int day = 1; day < 30; day++) {
      seconds.set(Duration.ofDays(day).toSeconds());
      fail(JOE, "192.0.2.1", day);
    }
    assertThat(guard.place(attempt(JOE, "192.0.2.1"))).isNotEqualTo(JOE);
    seconds.set(Duration.ofDays(30).toSeconds());
    assertThat(guard.place(attempt(JOE, "192.0.2.1"))).isEqualTo(JOE);
  }

  @Test
  void anOwnerDoesNotStandInLineWithStrangers() {
    guard.succeeded(attempt(JOE, "192.0.2.1"));
    assertThat(guard.place(attempt(JOE, "203.0.113.1")))
        .isEqualTo(guard.place(attempt(JOE, "203.0.113.2")))
        .isNotEqualTo(guard.place(attempt(JOE, "192.0.2.1")));
  }

  @Test
  void anOwnersClientIsStoppedForHisAccountAloneIfItTriesMany() {
    guard.succeeded(attempt(JOE, "203.0.113.5"));
    for (int i = 0; i <= 10; i++) {
      fail(JOE, "203.0.113.5", i);
    }
    assertThat(stopped(JOE, "203.0.113.5")).contains(Kind.PAIR);
    assertThat(stopped("ann@example.com", "203.0.113.5")).isEmpty();
    assertThat(stopped(JOE, "203.0.113.6")).isEmpty();
  }

  @Test
  void aCustomersIpv6NetworkIsOneClient() {
    for (int i = 0; i <= 10; i++) {
      fail("user" + i + "@example.com", "2001:db8:0:1::" + Integer.toHexString(i + 1), 1);
    }
    assertThat(stopped(JOE, "2001:db8:0:1:ffff::1")).contains(Kind.NETWORK);
    assertThat(stopped(JOE, "2001:db8:0:2::1")).isEmpty();
  }

  @Test
  void anExemptClientIsNeverStoppedForWhatOneOfItsUsersTries() {
    for (int i = 0; i < 500; i++) {
      assertThat(fail("user" + i + "@example.com", "198.51.100.7", i))
          .isEqualTo(Duration.ofSeconds(1));
    }
    assertThat(stopped(JOE, "198.51.100.7")).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsTriedOfAnAccountAtAnExemptClientCounts() {
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      delays.add(fail(JOE, "198.51.100.7", i));
    }
    assertThat(delays.stream().limit(5).map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 8L);
    assertThat(stopped(JOE, "198.51.100.7")).contains(Kind.ACCOUNT);
    assertThat(stopped(JOE, "192.0.2.1")).contains(Kind.ACCOUNT);
    assertThat(stopped("ann@example.com", "198.51.100.7")).isEmpty();
  }

  /** Nobody can tell him from who guesses there, but that he knows the password. */
  @Test
  void anOwnerIsSlowedDownAndNotStoppedAtAnExemptClientThatHeUses() {
    guard.succeeded(attempt(JOE, "198.51.100.7"));
    for (int i = 0; i < 50; i++) {
      fail(JOE, "198.51.100.7", i);
    }
    assertThat(stopped(JOE, "198.51.100.7")).isEmpty();
    assertThat(guard.patience(attempt(JOE, "198.51.100.7"), SETTINGS))
        .isEqualTo(Duration.ofSeconds(8));
    assertThat(fail(JOE, "198.51.100.7", 7)).isEqualTo(Duration.ofSeconds(8));
    assertThat(guard.patience(attempt("ann@example.com", "198.51.100.7"), SETTINGS)).isZero();
    assertThat(stopped(JOE, "192.0.2.1")).contains(Kind.ACCOUNT);
  }

  @Test
  void wrongPasswordsCountForTheWindow() {
    for (int i = 0; i < 10; i++) {
      fail(JOE, "192.0.2.1", i);
    }
    seconds.addAndGet(3_600);
    assertThat(fail(JOE, "192.0.2.1", 11)).isEqualTo(Duration.ofSeconds(1));
    assertThat(stopped(JOE, "192.0.2.1")).isEmpty();
  }

  @Test
  void aClientThatIsNotKnownIsSlowedDownByTheAccount() {
    for (int i = 0; i < 3; i++) {
      guard.failed(new Guard.Attempt(JOE, Optional.empty(), START), i, SETTINGS);
    }
    assertThat(guard.failed(new Guard.Attempt(JOE, Optional.empty(), START), 3, SETTINGS))
        .isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void whatOtherHostsStopIsStoppedHere() {
    Block block =
        new Block(
            new Block.Subject(Kind.NETWORK, "192.0.2.1/32"),
            START,
            START.plusSeconds(60),
            "why",
            "elsewhere");
    guard.replace(List.of(block));
    assertThat(stopped(JOE, "192.0.2.1")).contains(Kind.NETWORK);
    guard.replace(List.of());
    assertThat(stopped(JOE, "192.0.2.1")).isEmpty();
  }

  @Test
  void whatWeStoppedIsKeptUntilTheOthersKnowItAndLetGoWithThem() {
    for (int i = 0; i <= 10; i++) {
      fail(JOE, "192.0.2.1", i);
    }
    guard.replace(List.of());
    assertThat(stopped(JOE, "192.0.2.1")).contains(Kind.NETWORK);
    guard.replace(told);
    assertThat(stopped(JOE, "192.0.2.1")).contains(Kind.NETWORK);
    guard.replace(List.of());
    assertThat(stopped(JOE, "192.0.2.1")).isEmpty();
  }
}
