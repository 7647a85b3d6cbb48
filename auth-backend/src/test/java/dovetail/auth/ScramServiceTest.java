package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.FailCode;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.ServerLine;
import dovetail.directory.MapAccounts;
import dovetail.live.Octets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logins by SCRAM-SHA-256 over sockets. */
@Timeout(120)
final class ScramServiceTest {
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

  private static ServerLine scram(AuthPeer client, long id, ScramClient joe) throws Exception {
    client.say(AuthPeer.auth(id, "SCRAM-SHA-256", Optional.of(AuthPeer.payload(joe.first()))));
    String last = joe.last(challenge(client.hear()));
    client.say(new ClientLine.Cont(id, AuthPeer.payload(last)));
    ServerLine answer = client.hear();
    if (!(answer instanceof ServerLine.Cont)) {
      return answer;
    }
    assertThat(joe.believes(challenge(answer))).isTrue();
    client.say(new ClientLine.Cont(id, AuthPeer.payload("")));
    return client.hear();
  }

  @Test
  void letsInWhoProvesThatHeHasThePassword() throws Exception {
    String keys = ScramClient.stored("sesame", "W22ZaJ0SNY7soEsUEjb6gQ==", 4096);
    try (LiveAuth auth = LiveAuth.open(LiveAuth.joe(keys), Duration.ofMillis(1));
        AuthPeer postfix = auth.ready(0)) {
      assertThat(scram(postfix, 1, ScramClient.of("joe@example.com", "sesame"))).isEqualTo(JOE);
      fail(scram(postfix, 2, ScramClient.of("joe@example.com", "open-up")));
      fail(scram(postfix, 3, ScramClient.of("ann@example.com", "open-up")));
      assertThat(postfix.plain(1, "joe@example.com", "sesame")).isEqualTo(JOE);
      auth.expectNoFault();
      assertThat(auth.decided("password")).isEqualTo(2);
      assertThat(auth.decided("wrong-password")).isEqualTo(1);
      assertThat(auth.decided("no-account")).isEqualTo(1);
      assertThat(auth.lines())
          .hasSize(4)
          .noneMatch(line -> line.contains("sesame") || line.contains("open-up"))
          .filteredOn(line -> line.contains("mechanism=SCRAM-SHA-256"))
          .hasSize(3)
          .noneMatch(line -> line.contains("v=") || line.contains("4096"));
    }
  }

  private static ClientLine begin(long id) {
    ScramClient joe = ScramClient.of("joe@example.com", "sesame");
    return AuthPeer.auth(id, "SCRAM-SHA-256", Optional.of(AuthPeer.payload(joe.first())));
  }

  /** Postfix would make a wrong password of whatever it is told. */
  @Test
  void leavesPostfixWhileTheDatabaseIsAway() throws Exception {
    MapAccounts accounts = LiveAuth.joe();
    accounts.unavailable(Optional.of("planted"));
    try (LiveAuth auth = LiveAuth.open(accounts, Duration.ZERO);
        AuthPeer postfix = auth.ready(0);
        AuthPeer dovecot = auth.ready(2)) {
      postfix.say(begin(1));
      assertThat(postfix.isHungUp()).isTrue();
      dovecot.say(begin(1));
      assertThat(fail(dovecot.hear()).code()).contains(FailCode.TEMP_FAIL);
      auth.expectNoFault();
      assertThat(auth.decided("database")).isEqualTo(2);
    }
  }

  @Test
  void aFaultOfOursInScramLetsNobodyInAndTellsNobodyNo() throws Exception {
    try (LiveAuth auth = LiveAuth.open(new AuthServiceTest.Broken(), Duration.ZERO);
        AuthPeer dovecot = auth.ready(2)) {
      dovecot.say(begin(1));
      assertThat(fail(dovecot.hear()).code()).contains(FailCode.TEMP_FAIL);
      assertThat(auth.decided("fault")).isEqualTo(1);
      assertThat(auth.complaints()).containsExactly("failed on a login for smtp");
    }
  }
}
