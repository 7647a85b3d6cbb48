package dovetail.auth.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dovetail.auth.answer.Passage;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashSettings;
import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Secret;
import dovetail.auth.password.StoredParts;
import dovetail.auth.password.Verdict;
import dovetail.directory.Account;
import dovetail.directory.LoginService;
import dovetail.directory.StoredHash;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.AppPasswordUse;
import dovetail.directory.login.Block;
import dovetail.directory.login.LastLogin;
import dovetail.live.Octets;
import dovetail.mail.Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What logins leave in the database. */
final class StoredLoginsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  private static final StoredHash OLD = new StoredHash("{SHA256}c2VjcmV0");
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("auth");

  private final LedgerStore store = new LedgerStore();
  private final HashThreads hashes =
      new HashThreads(
          new HashSettings(1, 8, 64L << 20, Duration.ofSeconds(60), false),
          new Argon2id(new SecureRandom()),
          System::nanoTime);
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean keys;
  private final AtomicLong nanos = new AtomicLong();
  private final StoredLogins logins =
      new StoredLogins(
          new StoredLogins.Stores(store, store), hashes, waiting::add, () -> keys, nanos::get);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    LOG.addAppender(log);
    LOG.setAdditive(false);
    LOG.setLevel(Level.INFO);
  }

  @AfterEach
  void close() {
    LOG.detachAppender(log);
    LOG.setAdditive(true);
    LOG.setLevel(null);
    hashes.close();
  }

  private static Passage passage(Address account, LoginService service, int second) {
    return new Passage(
        account,
        Optional.of(service),
        Optional.of(InetAddress.ofLiteral("192.0.2." + second)),
        Optional.empty(),
        NOW.plusSeconds(second));
  }

  private static LastLogin last(String service, int second) {
    return new LastLogin(JOE, service, NOW.plusSeconds(second), "192.0.2." + second);
  }

  private static Passage byApp(String label, int second) {
    return new Passage(
        JOE, Optional.empty(), Optional.empty(), Optional.of(label), NOW.plusSeconds(second));
  }

  private static Block block(String name, int second) {
    return new Block(
        new Block.Subject(Block.Kind.NETWORK, name),
        NOW,
        NOW.plusSeconds(second),
        "30 wrong passwords",
        "mx.example.net");
  }

  private static Account account(Address address) {
    return new Account(
        address,
        true,
        true,
        true,
        Set.of(),
        List.of(),
        Account.Place.USUAL,
        new Account.Credentials(Optional.of(OLD), List.of(), false));
  }

  private static Secret secret(String text) {
    return Secret.of(Octets.bytes(text));
  }

  private void awayAt(Instant now) {
    store.away(true);
    assertThatThrownBy(() -> logins.exchange(now)).isInstanceOf(UnavailableException.class);
    store.away(false);
  }

  private List<String> logged() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void writesTheLastLoginOfEachService() throws Exception {
    logins.passed(passage(JOE, LoginService.IMAP, 1));
    logins.passed(passage(JOE, LoginService.SMTP, 2));
    logins.passed(passage(JOE, LoginService.IMAP, 3));
    assertThat(store.logins).isEmpty();
    logins.exchange(NOW);
    assertThat(store.logins).containsExactlyInAnyOrder(last("imap", 3), last("smtp", 2));
    assertThat(store.uses).isEmpty();
    logins.exchange(NOW);
    assertThat(store.logins).hasSize(2);
  }

  @Test
  void writesTheLastUseOfEachAppPassword() throws Exception {
    logins.passed(byApp("phone", 1));
    logins.passed(byApp("laptop", 2));
    logins.passed(byApp("phone", 3));
    logins.exchange(NOW);
    assertThat(store.uses)
        .containsExactlyInAnyOrder(
            new AppPasswordUse(JOE, "phone", NOW.plusSeconds(3)),
            new AppPasswordUse(JOE, "laptop", NOW.plusSeconds(2)));
    assertThat(store.logins).isEmpty(); // of a service that no account has a right for
    logins.exchange(NOW);
    assertThat(store.uses).hasSize(2);
  }

  @Test
  void writesTheSameAgainAfterAMinute() throws Exception {
    logins.passed(passage(JOE, LoginService.IMAP, 1));
    logins.passed(byApp("phone", 1));
    logins.exchange(NOW);
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    logins.passed(passage(JOE, LoginService.IMAP, 2));
    logins.passed(passage(JOE, LoginService.SMTP, 2));
    logins.passed(byApp("phone", 2));
    logins.exchange(NOW);
    assertThat(store.logins).containsExactlyInAnyOrder(last("imap", 1), last("smtp", 2));
    assertThat(store.uses).hasSize(1);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    logins.passed(passage(JOE, LoginService.IMAP, 3));
    logins.exchange(NOW);
    assertThat(store.logins)
        .containsExactlyInAnyOrder(last("imap", 1), last("smtp", 2), last("imap", 3));
    assertThat(store.uses).last().isEqualTo(new AppPasswordUse(JOE, "phone", NOW.plusSeconds(2)));
  }

  @Test
  void atTheEndNothingWaits() throws Exception {
    logins.passed(passage(JOE, LoginService.IMAP, 1));
    logins.exchange(NOW);
    logins.passed(passage(JOE, LoginService.IMAP, 2));
    logins.exchange(NOW);
    assertThat(store.logins).hasSize(1);
    logins.finish();
    logins.exchange(NOW);
    assertThat(store.logins).containsExactly(last("imap", 1), last("imap", 2));
  }

  @Test
  void aClientThatIsNotKnownHasNoAddress() throws Exception {
    logins.passed(
        new Passage(JOE, Optional.of(LoginService.POP3), Optional.empty(), Optional.empty(), NOW));
    logins.exchange(NOW);
    assertThat(store.logins).containsExactly(new LastLogin(JOE, "pop3", NOW, ""));
  }

  @Test
  void writesWhoIsKeptOutAndTellsIt() throws Exception {
    logins.blocked(block("192.0.2.1", 60));
    logins.blocked(block("192.0.2.1", 90));
    logins.blocked(block("192.0.2.2", 60));
    logins.exchange(NOW);
    assertThat(store.blocks)
        .containsExactlyInAnyOrder(block("192.0.2.1", 90), block("192.0.2.2", 60));
    logins.exchange(NOW);
    assertThat(store.blocks).hasSize(2);
    assertThat(logged())
        .hasSize(3)
        .contains("kept out until 2026-03-01T12:01:30Z: network 192.0.2.1, 30 wrong passwords");
  }

  @Test
  void keepsAllWhileTheDatabaseIsAway() throws Exception {
    logins.blocked(block("192.0.2.1", 60));
    logins.passed(passage(JOE, LoginService.IMAP, 1));
    logins.passed(passage(JOE, LoginService.SMTP, 1));
    logins.passed(byApp("phone", 1));
    awayAt(NOW);
    logins.passed(passage(JOE, LoginService.IMAP, 2));
    awayAt(NOW.plusSeconds(1));
    logins.exchange(NOW.plusSeconds(2));
    assertThat(store.blocks).containsExactly(block("192.0.2.1", 60));
    assertThat(store.logins).containsExactlyInAnyOrder(last("imap", 2), last("smtp", 1));
    assertThat(store.uses).containsExactly(new AppPasswordUse(JOE, "phone", NOW.plusSeconds(1)));
  }

  @Test
  void whatComesWhileItIsWrittenIsWrittenNext() throws Exception {
    logins.passed(passage(JOE, LoginService.IMAP, 1));
    store.meanwhile(() -> logins.passed(passage(JOE, LoginService.IMAP, 2)));
    logins.exchange(NOW);
    assertThat(store.logins).containsExactly(last("imap", 1));
    logins.exchange(NOW);
    assertThat(store.logins).containsExactly(last("imap", 1), last("imap", 2));
    logins.blocked(block("192.0.2.1", 60));
    store.meanwhile(() -> logins.blocked(block("192.0.2.1", 90)));
    logins.exchange(NOW);
    logins.exchange(NOW);
    assertThat(store.blocks).containsExactly(block("192.0.2.1", 60), block("192.0.2.1", 90));
  }

  @Test
  void keepsNoMoreThanAHundredThousand() throws Exception {
    for (int i = 0; i < 100_001; i++) {
      Address account = Address.parse("u" + i + "@example.com").orElseThrow();
      logins.passed(passage(account, LoginService.IMAP, 1));
    }
    Address first = Address.parse("u0@example.com").orElseThrow();
    logins.passed(passage(first, LoginService.IMAP, 2));
    logins.exchange(NOW);
    assertThat(store.logins).hasSize(Latest.MOST_A_CALL);
    logins.finish();
    logins.exchange(NOW);
    assertThat(store.logins)
        .hasSize(100_000)
        .contains(new LastLogin(first, "imap", NOW.plusSeconds(2), "192.0.2.2"));
  }

  @Test
  void forgetsBlocksThatAreOverOnceAnHour() throws Exception {
    Duration hour = Duration.ofHours(1);
    logins.exchange(NOW);
    assertThat(store.forgotten).containsExactly(NOW.minus(hour));
    logins.exchange(NOW.plusSeconds(1));
    logins.exchange(NOW.plus(hour));
    assertThat(store.forgotten).hasSize(1);
    Instant later = NOW.plus(hour).plusMillis(500);
    awayAt(later);
    assertThat(store.forgotten).hasSize(1);
    logins.exchange(later);
    assertThat(store.forgotten).containsExactly(NOW.minus(hour), later.minus(hour));
  }

  @Test
  void storesAnOutdatedPasswordAnew() {
    try (Secret password = secret("sesame")) {
      logins.outdated(account(JOE), OLD, password);
    }
    assertThat(store.fresh).isEmpty();
    waiting.remove().run();
    StoredHash fresh = store.fresh.getFirst();
    assertThat(fresh.text()).startsWith("{ARGON2ID}");
    try (Secret password = secret("sesame")) {
      assertThat(hashes.check(fresh.text(), password, hashes.deadline()))
          .isEqualTo(new Verdict.Matches(false));
    }
    assertThat(logged())
        .containsExactly("the password of joe@example.com is stored as {ARGON2ID} now");
  }

  private StoredHash anew(String stored) {
    try (Secret password = secret("sesame")) {
      logins.outdated(account(JOE), new StoredHash(stored), password);
    }
    waiting.remove().run();
    return store.fresh.getLast();
  }

  @Test
  void keysForScramAreStoredWithItIfTheyAreWanted() {
    keys = true;
    StoredParts fresh = StoredParts.of(anew(OLD.text()).text());
    assertThat(fresh.hash()).startsWith("{ARGON2ID}");
    assertThat(fresh.scramKeys()).isPresent();
    try (Secret password = secret("sesame")) {
      for (String part : fresh.all()) {
        assertThat(hashes.check(part, password, hashes.deadline()))
            .isEqualTo(new Verdict.Matches(false));
      }
    }
    assertThat(logged())
        .containsExactly(
            "the password of joe@example.com is stored as {ARGON2ID} with keys for SCRAM now");
    StoredParts again = StoredParts.of(anew(OLD.text() + " " + fresh.keys().orElseThrow()).text());
    assertThat(again.keys()).as("those that were there").isEqualTo(fresh.keys());
  }

  @Test
  void keysThatAreThereStayAsTheyAre() {
    String behind = " {SCRAM-SHA-256}4096,QQ==,QQ==,QQ==";
    String fresh = anew(OLD.text() + behind).text();
    assertThat(fresh).startsWith("{ARGON2ID}").endsWith(behind);
    assertThat(anew("{SCRAM-SHA-1}4096,QQ==,QQ==,QQ==").text()).startsWith("{ARGON2ID}");
    assertThat(store.fresh.getLast().text()).doesNotContain(" ");
  }

  @Test
  void anOutdatedPasswordWaitsForTheNextLoginIfTheDatabaseIsAway() {
    try (Secret password = secret("sesame")) {
      logins.outdated(account(JOE), OLD, password);
      logins.outdated(account(JOE), OLD, password);
      assertThat(waiting).hasSize(1);
      store.away(true);
      waiting.remove().run();
      store.away(false);
      assertThat(logged()).isEmpty();
      logins.outdated(account(JOE), OLD, password);
      waiting.remove().run();
    }
    assertThat(store.fresh).hasSize(1);
  }

  @Test
  void aFewPasswordsAreStoredAnewAtATime() {
    try (Secret password = secret("sesame")) {
      for (int i = 0; i < 9; i++) {
        Address account = Address.parse("u" + i + "@example.com").orElseThrow();
        logins.outdated(account(account), OLD, password);
      }
    }
    assertThat(waiting).hasSize(4);
  }

  @Test
  void storingAnewTakesAQuarterOfTheTime() {
    try (Secret password = secret("sesame")) {
      logins.outdated(account(JOE), OLD, password);
      Runnable first = waiting.remove();
      store.meanwhile(() -> nanos.addAndGet(Duration.ofMillis(500).toNanos()));
      first.run();
      logins.outdated(account(JOE), OLD, password);
      assertThat(waiting).as("half a second took two").isEmpty();
      nanos.addAndGet(Duration.ofMillis(1001).toNanos());
      logins.outdated(account(JOE), OLD, password);
      assertThat(waiting).hasSize(1);
    }
  }

  @Test
  void saysOnceAnHourThatAPasswordCannotBeCompared() {
    logins.unusable(account(JOE), "its scheme is not known");
    logins.unusable(account(JOE), "its scheme is not known");
    assertThat(logged())
        .containsExactly(
            "a password of joe@example.com cannot be compared: its scheme is not known;"
                + " set another");
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    logins.unusable(account(JOE), "its scheme is not known");
    assertThat(logged()).hasSize(2).noneMatch(line -> line.contains(OLD.text()));
  }
}
