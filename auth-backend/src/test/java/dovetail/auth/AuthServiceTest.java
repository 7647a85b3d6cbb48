package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.session.Mechanism;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.FailCode;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.ServerLine;
import dovetail.directory.Account;
import dovetail.directory.AccountMask;
import dovetail.directory.Accounts;
import dovetail.directory.Lookup;
import dovetail.directory.MapAccounts;
import dovetail.directory.TotpSecret;
import dovetail.live.Octets;
import dovetail.mail.Address;
import dovetail.server.ConnectionLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins over sockets. */
@Timeout(120)
final class AuthServiceTest {
  private static final Duration NO_DELAY = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration HANDSHAKE = Duration.ofSeconds(30);
  private static final ServerLine.Ok JOE =
      new ServerLine.Ok(1, "joe@example.com", Fields.NONE, Optional.empty());

  private static ServerLine.Fail fail(ServerLine line) {
    assertThat(line).isInstanceOf(ServerLine.Fail.class);
    return (ServerLine.Fail) line;
  }

  private static String challenge(ServerLine line) {
    assertThat(line).isInstanceOf(ServerLine.Cont.class);
    return Octets.string(((Payload.Octets) ((ServerLine.Cont) line).challenge()).data().octets());
  }

  private static void closeAll(List<AuthPeer> clients) throws IOException {
    for (AuthPeer client : clients) {
      client.close();
    }
  }

  @Test
  void speaksFirst() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), NO_DELAY);
        AuthPeer one = auth.client();
        AuthPeer other = auth.client()) {
      List<ServerLine> said = one.handshake();
      assertThat(said)
          .extracting(line -> line.getClass().getSimpleName())
          .containsExactly(
              "Version", "Mech", "Mech", "Mech", "Mech", "Mech", "Spid", "Cuid", "Cookie", "Done");
      assertThat(said.get(6)).isEqualTo(new ServerLine.Spid(ProcessHandle.current().pid()));
      assertThat(((ServerLine.Cookie) said.get(8)).hex()).matches("[0-9a-f]{32}");
      assertThat(other.handshake()).doesNotContain(said.get(7), said.get(8));
      auth.expectNoFault();
    }
  }

  @Test
  void letsInWhoHasThePassword() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), Duration.ofMillis(1));
        AuthPeer postfix = auth.ready(0)) {
      assertThat(postfix.plain(1, "Joe@Example.com", "sesame")).isEqualTo(JOE);
      ServerLine.Fail wrong = fail(postfix.plain(2, "joe@example.com", "open-up"));
      assertThat(wrong.id()).isEqualTo(2);
      assertThat(wrong.code()).isEmpty();
      ServerLine.Fail unknown = fail(postfix.plain(3, "ann@example.com", "open-up"));
      assertThat(unknown.reason()).isEqualTo(wrong.reason());
      assertThat(unknown.code()).isEmpty();
      auth.expectNoFault();
      assertThat(auth.decided("password")).isEqualTo(1);
      assertThat(auth.decided("wrong-password")).isEqualTo(1);
      assertThat(auth.decided("no-account")).isEqualTo(1);
      assertThat(auth.lines())
          .hasSize(3)
          .noneMatch(line -> line.contains("sesame") || line.contains("open-up"));
      assertThat(auth.complaints()).isEmpty();
    }
  }

  @Test
  void holdsTheAnswerToAWrongPasswordBack() throws Exception {
    Duration delay = Duration.ofMillis(300);
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), delay);
        AuthPeer postfix = auth.ready(0)) {
      long began = System.nanoTime();
      fail(postfix.plain(1, "joe@example.com", "open-up"));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(delay);
      assertThat(postfix.plain(2, "joe@example.com", "sesame")).isInstanceOf(ServerLine.Ok.class);
    }
  }

  /** Postfix would make a wrong password of whatever it is told. */
  @Test
  void leavesPostfixWhileTheDatabaseIsAway() throws Exception {
    MapAccounts accounts = LiveAuth.joe();
    accounts.unavailable(Optional.of("planted"));
    try (LiveAuth auth = LiveAuth.open(accounts, LONG)) {
      for (String password : List.of("sesame", "open-up")) {
        try (AuthPeer postfix = auth.ready(0)) {
          postfix.tryPlain(1, "joe@example.com", password);
          assertThat(postfix.isHungUp()).isTrue();
        }
      }
      accounts.unavailable(Optional.empty());
      try (AuthPeer postfix = auth.ready(0)) {
        assertThat(postfix.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      }
      auth.expectNoFault();
      assertThat(auth.decided("database")).isEqualTo(2);
    }
  }

  @Test
  void tellsDovecotWhileTheDatabaseIsAway() throws Exception {
    MapAccounts accounts = LiveAuth.joe();
    accounts.unavailable(Optional.of("planted"));
    try (LiveAuth auth = LiveAuth.open(accounts, LONG);
        AuthPeer dovecot = auth.ready(2)) {
      assertThat(fail(dovecot.plain(7, "joe@example.com", "sesame")).code())
          .contains(FailCode.TEMP_FAIL);
      assertThat(fail(dovecot.plain(8, "joe@example.com", "open-up")).code())
          .contains(FailCode.TEMP_FAIL);
      accounts.unavailable(Optional.empty());
      assertThat(dovecot.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      auth.expectNoFault();
    }
  }

  @Test
  void aFaultOfOursLetsNobodyInAndTellsNobodyNo() throws Exception {
    try (LiveAuth auth = LiveAuth.open(new Broken(), LONG);
        AuthPeer dovecot = auth.ready(2);
        AuthPeer postfix = auth.ready(0)) {
      assertThat(fail(dovecot.plain(1, "joe@example.com", "sesame")).code())
          .contains(FailCode.TEMP_FAIL);
      postfix.tryPlain(1, "joe@example.com", "sesame");
      assertThat(postfix.isHungUp()).isTrue();
      auth.expectNoFault();
      assertThat(auth.decided("fault")).isEqualTo(2);
      assertThat(auth.complaints()).containsExactly("failed on a login for smtp");
    }
  }

  /** Accounts that no lookup reaches. */
  static final class Broken implements Accounts {
    @Override
    public Lookup<Account> account(Address login) {
      throw new IllegalStateException("planted");
    }

    @Override
    public Lookup<TotpSecret> totp(Address account) {
      throw new IllegalStateException("planted");
    }

    @Override
    public Lookup<List<Address>> page(String after, int most, AccountMask mask) {
      throw new IllegalStateException("planted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "V", "VERSION\t1\t0", "VERSION\t1\t0\n", "VERSION\t1\t0\nCPID\t7"})
  void closesWhoDoesNotEndItsHandshake(String said) throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), NO_DELAY);
        AuthPeer stalled = auth.client()) {
      stalled.handshake();
      auth.pass(Duration.ofSeconds(1));
      try (AuthPeer slow = auth.client()) {
        slow.handshake();
        stalled.send(said);
        auth.pass(HANDSHAKE.minusSeconds(1));
        assertThat(stalled.isHungUp()).isTrue();
        slow.greet(0);
        assertThat(slow.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      }
      auth.expectNoFault();
      assertThat(auth.metric(ended("deadline"))).isEqualTo(1);
    }
  }

  @Test
  void linesDoNotGainTimeForTheHandshake() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), NO_DELAY);
        AuthPeer stalled = auth.client()) {
      stalled.handshake();
      stalled.send("VERSION\t1\t2\n");
      for (int i = 0; i < 3; i++) {
        auth.pass(Duration.ofSeconds(10));
        try {
          stalled.send("CANCEL\t1\nCANCEL\t2\n");
        } catch (IOException _) {
          // It has been closed already.
        }
      }
      assertThat(stalled.isHungUp()).isTrue();
    }
  }

  /** Postfix's smtpd takes a connection for its whole life, and ends if it is closed. */
  @Test
  void staysOnceTheHandshakeIsOver() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), NO_DELAY);
        AuthPeer used = auth.ready(0);
        AuthPeer unused = auth.ready(0)) {
      assertThat(used.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      LiveAuth.await(() -> auth.looks() >= 6); // both have begun to wait for what comes next
      try (AuthPeer stalled = auth.client()) {
        stalled.handshake();
        auth.pass(Duration.ofDays(300));
        assertThat(stalled.isHungUp()).isTrue();
      }
      assertThat(used.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      assertThat(unused.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
    }
  }

  @Test
  void stoppingEndsAHeldAnswerWithoutIt() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), LONG);
        AuthPeer waiting = auth.ready(2);
        AuthPeer late = auth.ready(2);
        AuthPeer right = auth.ready(2)) {
      waiting.tryPlain(1, "joe@example.com", "open-up");
      LiveAuth.await(() -> auth.decided("wrong-password") == 1);
      auth.stop();
      assertThat(waiting.isHungUp()).isTrue();
      late.tryPlain(1, "joe@example.com", "open-up");
      assertThat(late.isHungUp()).isTrue();
      assertThat(right.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      assertThat(auth.decided("wrong-password")).isEqualTo(2);
      assertThat(auth.shutdown(Duration.ofSeconds(30))).isZero();
      assertThat(right.isHungUp()).isTrue();
      auth.expectNoFault();
    }
  }

  @Test
  void othersWhoStallTakeNothingButTheirConnections() throws Exception {
    int stalling = 1_000;
    List<AuthPeer> stalled = new ArrayList<>();
    try (LiveAuth auth = LiveAuth.open(ConnectionLimits.waiting(stalling + 1))) {
      for (int i = 0; i < stalling; i++) {
        stalled.add(auth.client());
        stalled.getLast().send("VERSION\t1");
      }
      try (AuthPeer postfix = auth.ready(0)) {
        assertThat(postfix.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
        assertThat(auth.connections()).isEqualTo(stalling + 1);
      }
    } finally {
      closeAll(stalled);
    }
  }

  @Test
  void whoIsOneTooManyWaitsForThoseWhoStallToBeClosed() throws Exception {
    List<AuthPeer> stalled = new ArrayList<>();
    try (LiveAuth auth = LiveAuth.open(ConnectionLimits.waiting(20))) {
      for (int i = 0; i < 20; i++) {
        stalled.add(auth.client());
        stalled.getLast().handshake();
      }
      try (AuthPeer postfix = auth.client()) {
        assertThat(auth.connections()).isEqualTo(20);
        auth.pass(HANDSHAKE);
        postfix.handshake();
        postfix.greet(0);
        assertThat(postfix.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      }
      assertThat(stalled).allMatch(AuthPeer::isHungUp);
      auth.expectNoFault();
    } finally {
      closeAll(stalled);
    }
  }

  @Test
  void severalLoginsAreUnderWayOnOneConnection() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), NO_DELAY);
        AuthPeer dovecot = auth.ready(2)) {
      dovecot.say(AuthPeer.auth(1, "LOGIN", Optional.empty()));
      assertThat(challenge(dovecot.hear())).isEqualTo("Username:");
      dovecot.say(AuthPeer.auth(2, "LOGIN", Optional.empty()));
      assertThat(challenge(dovecot.hear())).isEqualTo("Username:");
      dovecot.say(AuthPeer.auth(3, "PLAIN", Optional.empty()));
      assertThat(challenge(dovecot.hear())).isEmpty();
      dovecot.say(new ClientLine.Cont(2, AuthPeer.payload("ann@example.com")));
      assertThat(challenge(dovecot.hear())).isEqualTo("Password:");
      dovecot.say(new ClientLine.Cont(1, AuthPeer.payload("joe@example.com")));
      assertThat(challenge(dovecot.hear())).isEqualTo("Password:");
      dovecot.say(new ClientLine.Cancel(3));
      dovecot.say(new ClientLine.Cont(2, AuthPeer.payload("sesame")));
      assertThat(fail(dovecot.hear()).id()).isEqualTo(2);
      dovecot.say(new ClientLine.Cont(1, AuthPeer.payload("sesame")));
      assertThat(dovecot.hear()).isEqualTo(JOE);
      for (int i = 4; i < 200; i++) {
        dovecot.tryPlain(i, "joe@example.com", "sesame");
      }
      for (int i = 4; i < 200; i++) {
        assertThat(((ServerLine.Ok) dovecot.hear()).id()).isEqualTo(i);
      }
      auth.expectNoFault();
      assertThat(auth.decided("password")).isEqualTo(197);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "\n",
        "AUTH\t1\tPLAIN\n",
        "AUTH\tx\tPLAIN\tservice=smtp\tresp=AGpvZQBzZXNhbWU=\n",
        "AUTH\t1\tPLAIN\tservice=smtp\tresp=AGpvZQBzZXNhbWU=\tnologin\n",
        "AUTH\t1\tPLAIN\tservice=smtp\0\tresp=AGpvZQBzZXNhbWU=\n",
        "CONT\t1\tAGpvZQBzZXNhbWU=\n",
        "VERSION\t1\t0\n",
        "CPID\t7\n",
        "USER\t1\tjoe@example.com\tservice=smtp\n",
      })
  void whatIsMalformedEndsItsOwnConnectionOnly(String line) throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), NO_DELAY);
        AuthPeer before = auth.ready(0);
        AuthPeer malformed = auth.ready(0)) {
      malformed.send(line);
      assertThat(malformed.isHungUp()).isTrue();
      LiveAuth.await(() -> auth.metric(ended("protocol")) == 1);
      assertThat(before.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      try (AuthPeer after = auth.ready(0)) {
        assertThat(after.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      }
      auth.expectNoFault();
      assertThat(auth.complaints()).isEmpty();
    }
  }

  @Test
  void aLineWithoutEndEndsItsOwnConnectionOnly() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), NO_DELAY);
        AuthPeer before = auth.ready(0);
        AuthPeer endless = auth.ready(0)) {
      endless.send("AUTH\t1\tPLAIN\tservice=smtp\tresp=" + "A".repeat(17_000));
      assertThat(endless.isHungUp()).isTrue();
      assertThat(before.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
    }
  }

  @Test
  void otherSettingsHoldForTheNextConnection() throws Exception {
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(), NO_DELAY);
        AuthPeer before = auth.ready(0)) {
      auth.offer(Mechanism.LOGIN);
      try (AuthPeer after = auth.client()) {
        assertThat(after.handshake())
            .filteredOn(ServerLine.Mech.class::isInstance)
            .extracting(line -> ((ServerLine.Mech) line).name())
            .containsExactly("LOGIN");
        after.greet(0);
        assertThat(fail(after.plain(1, "joe@example.com", "sesame")).code())
            .contains(FailCode.AUTH_MECH_INVALID);
      }
      assertThat(before.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
    }
  }

  private static String ended(String outcome) {
    return "dovetail_connections_total{outcome=\"" + outcome + "\",service=\"auth\"}";
  }
}
