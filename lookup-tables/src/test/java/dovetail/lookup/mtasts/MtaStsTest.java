package dovetail.lookup.mtasts;

import static dovetail.lookup.mtasts.World.enforce;
import static dovetail.lookup.mtasts.World.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.EntryMap;
import dovetail.directory.MapDirectory;
import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MailExchange;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.dns.TlsAssociation;
import dovetail.lookup.map.Finding;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.map.Reason;
import dovetail.lookup.wire.Reply;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Postfix is told, and who comes before whom. */
@Timeout(60)
final class MtaStsTest {
  private static final String PLAIN = "smtp_tls_policy_maps";
  private static final String REPORTED = "smtp_tls_policy_maps_tlsrpt";
  private static final Reply SECURE =
      new Reply.Ok("secure match=mx.a.example:.b.example servername=hostname");
  private static final Duration WEEK = Duration.ofDays(7);

  private final World world = new World();
  private final MapDirectory rows = new MapDirectory();
  private MapResolver dns = new MapResolver(Map.of());
  private boolean strict;

  private Finding ask(String map, String key, boolean dane) {
    FetchSettings fetching = new FetchSettings(WEEK, 443, Optional.empty(), _ -> false);
    MtaSts policies =
        MtaSts.of(
            world.policies(),
            world.clocks(),
            new MtaStsSettings(strict, true, dane, fetching),
            dns);
    return MapRegistry.of(rows).withMtaSts(policies).find(map, Optional.of(key), false);
  }

  private Finding ask(String key) {
    return ask(PLAIN, key, false);
  }

  private Finding withDane() {
    return ask(PLAIN, "a.example", true);
  }

  /** DNSSEC for the domain and its one host. */
  private void sign(Answer<TlsAssociation> tlsa) {
    dns =
        dns.with(
                RecordType.MX,
                World.DOMAIN,
                new Answer.Records<>(List.of(new MailExchange(1, "mx.a.example")), true))
            .with(
                RecordType.A,
                World.domain("mx.a.example"),
                new Answer.Records<>(List.of(InetAddress.ofLiteral("192.0.2.1")), true))
            .with(RecordType.TLSA, World.domain("_25._tcp.mx.a.example"), tlsa);
  }

  @Test
  void tellsWhatThePolicyAsksFor() {
    world.publish("1", enforce(WEEK));
    for (String key : List.of("a.example", "[a.example]", "A.Example.:587", "[a.example]:smtp")) {
      assertThat(ask(key).reply()).isEqualTo(SECURE);
    }
    assertThat(ask("a.example").reason()).isEqualTo(Reason.STS_POLICY);
    assertThat(ask(".a.example").reason()).isEqualTo(Reason.NO_DOMAIN);
    assertThat(ask("b.example").reason()).isEqualTo(Reason.NO_POLICY);
    assertThat(ask(REPORTED, "a.example", false).reply())
        .isInstanceOfSatisfying(
            Reply.Ok.class,
            ok -> assertThat(ok.value()).contains(" policy_type=sts policy_domain=a.example "));
  }

  @Test
  void asksForNothingThatIsNotMeant() {
    world.publish("1", policy(Policy.Mode.TESTING, WEEK, "mx.a.example"));
    assertThat(ask("a.example").reply()).isEqualTo(new Reply.NotFound());
    assertThat(ask("a.example").reason()).isEqualTo(Reason.NOT_ENFORCED);
    strict = true;
    assertThat(ask("a.example").reply()).isInstanceOf(Reply.Ok.class);
    world.publish("1", policy(Policy.Mode.NONE, WEEK, "mx.a.example"));
    assertThat(ask("a.example").reason()).isEqualTo(Reason.NOT_ENFORCED);
  }

  @Test
  void letsRowsComeFirst() {
    world.publish("1", enforce(WEEK));
    rows.put(EntryMap.SMTP_TLS_POLICY_MAPS, "a.example", "may");
    assertThat(ask(PLAIN, "A.example", false).reply()).isEqualTo(new Reply.Ok("may"));
    assertThat(ask(REPORTED, "a.example", false).reply()).isEqualTo(new Reply.Ok("may"));
    assertThat(world.fetches).hasValue(0);
    assertThat(ask("a.example:587").reply()).isEqualTo(new Reply.Ok("may"));
    assertThat(ask("[a.example]").reply()).isEqualTo(new Reply.Ok("may"));
    rows.unavailable(Optional.of("away"));
    assertThat(ask("a.example").reply()).isInstanceOf(Reply.Temp.class);
  }

  @Test
  void letsRowsForAllBelowComeFirst() {
    world.publish("1", enforce(WEEK));
    rows.put(EntryMap.SMTP_TLS_POLICY_MAPS, ".example", "encrypt");
    assertThat(ask("a.example").reply()).isEqualTo(new Reply.Ok("encrypt"));
    assertThat(ask("b.example").reply()).isEqualTo(new Reply.NotFound()); // Postfix asks again
  }

  @Test
  void hasTheRowsWithoutPolicies() {
    rows.put(EntryMap.SMTP_TLS_POLICY_MAPS, "a.example", "may");
    assertThat(MapRegistry.of(rows).find(REPORTED, Optional.of("a.example"), false).reply())
        .isEqualTo(new Reply.Ok("may"));
  }

  @Test
  void letsDaneComeFirst() {
    world.publish("1", enforce(WEEK));
    assertThat(withDane().reply()).isEqualTo(SECURE);
    sign(new Answer.Records<>(List.of(new TlsAssociation(3, 1, 1, "ab".repeat(32))), true));
    assertThat(withDane().reply()).isEqualTo(new Reply.Ok("dane-only"));
    assertThat(withDane().reason()).isEqualTo(Reason.DANE);
    assertThat(ask(REPORTED, "a.example", true).reply()).isEqualTo(new Reply.Ok("dane-only"));
    assertThat(ask("a.example").reply()).isEqualTo(SECURE);
  }

  @Test
  void doesNotGuessAboutDane() {
    world.publish("1", enforce(WEEK));
    sign(new Answer.Failed<>(Failure.SERVER_FAILURE));
    assertThat(withDane().reply()).isEqualTo(new Reply.Temp("whether DANE applies is not known"));
    assertThat(withDane().detail()).isEqualTo("_25._tcp.mx.a.example: server failure");
  }

  /** Without a policy Postfix looks for DANE itself, if it is told to. */
  @Test
  void leavesDaneToPostfixWithoutAPolicy() {
    sign(new Answer.Failed<>(Failure.SERVER_FAILURE));
    assertThat(withDane().reply()).isEqualTo(new Reply.NotFound());
    world.publish("1", policy(Policy.Mode.TESTING, WEEK, "mx.a.example"));
    assertThat(withDane().reply()).isEqualTo(new Reply.NotFound());
  }
}
