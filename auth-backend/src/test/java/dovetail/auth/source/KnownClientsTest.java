package dovetail.auth.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.answer.Guard;
import dovetail.auth.answer.GuardSettings;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.Block;
import dovetail.directory.login.LastLogin;
import dovetail.mail.Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom a guard knows after a start. */
final class KnownClientsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String NAME = "joe@example.com";
  private static final Address JOE = Address.parse(NAME).orElseThrow();
  private static final GuardSettings SETTINGS =
      new GuardSettings(
          Duration.ofHours(1),
          10,
          20,
          Duration.ofMinutes(15),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          List.of());

  private final LedgerStore store = new LedgerStore();
  private final Guard guard = new Guard(() -> 0, "mx.example.net", _ -> {});
  private final KnownClients clients = new KnownClients(store, guard);

  private boolean isStopped(String client) {
    Guard.Attempt attempt =
        new Guard.Attempt(NAME, Optional.of(InetAddress.ofLiteral(client)), NOW);
    return guard.stopped(attempt, SETTINGS).isPresent();
  }

  @Test
  void anOwnerIsNotKeptOutAfterARestartByWhoeverGuesses() throws Exception {
    guard.replace(
        List.of(
            new Block(
                new Block.Subject(Block.Kind.ACCOUNT, NAME),
                NOW,
                NOW.plusSeconds(60),
                "why",
                "elsewhere")));
    for (String client : List.of("192.0.2.1", "no address", "2001:db8:0:1::5")) {
      store.logins.add(new LastLogin(JOE, "imap", NOW.minusSeconds(5), client));
    }
    assertThat(isStopped("192.0.2.1")).isTrue();
    store.away(true);
    assertThatThrownBy(() -> clients.tell(NOW)).isInstanceOf(UnavailableException.class);
    store.away(false);
    clients.tell(NOW);
    assertThat(isStopped("192.0.2.1")).isFalse();
    assertThat(isStopped("2001:db8:0:1::7")).as("the customer's network").isFalse();
    assertThat(isStopped("192.0.2.2")).isTrue();
    assertThat(store.since).contains(NOW.minus(Duration.ofDays(30)));
  }

  @Test
  void theyAreAskedForOnce() throws Exception {
    clients.tell(NOW);
    store.away(true);
    clients.tell(NOW.plusSeconds(1));
    assertThat(store.since).contains(NOW.minus(Duration.ofDays(30)));
  }
}
