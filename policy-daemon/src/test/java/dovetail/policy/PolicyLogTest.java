package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.Use;
import dovetail.counter.quota.Window;
import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.policy.rule.Asked;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Reason;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.PolicyClient;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the log and the metrics say of requests. */
@Timeout(60)
class PolicyLogTest {
  private static final String WHOLE =
      "protocol_state=RCPT queue_id=4XyZ client_address=192.0.2.1 sasl_username=ann"
          + " sender=ann@example.com recipient=bob@example.org recipient_count=0";

  private static NamedRule adding(String name, Mode mode, Reply reply) {
    return Planted.rule(
        name, mode, Set.of(Stage.RCPT), _ -> new Ruling.Adds(Reason.ACCESS, reply, "seen"));
  }

  private static double rulings(LivePolicy policy, String rule, String ruling) {
    return policy.metric(
        "dovetail_policy_rulings_total{rule=\"%s\",ruling=\"%s\"}".formatted(rule, ruling));
  }

  private static double because(LivePolicy policy, String rule, String mode, String reason) {
    return policy.metric(
        "dovetail_policy_reasons_total{mode=\"%s\",reason=\"%s\",rule=\"%s\"}"
            .formatted(mode, reason, rule));
  }

  @Test
  void whatPassesHasNoLine() throws Exception {
    try (LivePolicy policy =
            LivePolicy.open(
                Planted.saying("p", new Ruling.Passes("")),
                Planted.saying("n", new Ruling.NotNow("")),
                Planted.saying("c", new Ruling.Charged(() -> {}, "")));
        PolicyClient client = policy.client()) {
      client.ask(Asked.request(WHOLE));
      policy.awaitAnswered(1);
      policy.debug();
      client.ask(Asked.request("protocol_state=PING"));
      LivePolicy.await(() -> !policy.lines().isEmpty());
      assertThat(policy.lines()).containsExactly("policy: -: passed stage=- sender=<> delay_us=0");
      assertThat(rulings(policy, "p", "passed")).isEqualTo(2);
      assertThat(rulings(policy, "c", "passed")).isEqualTo(2);
      assertThat(rulings(policy, "n", "passed")).isZero();
    }
  }

  @Test
  void refusalsHaveOne() throws Exception {
    NamedRule later =
        Planted.saying(
            "later",
            new Ruling.Refuses(
                Reason.LIMIT, new Reply.Refuse(450, "4.7.1", "later"), "101 of 100"));
    try (LivePolicy policy = LivePolicy.open(Planted.refusing("no", Mode.ON));
        PolicyClient client = policy.client()) {
      client.ask(Asked.request(WHOLE));
      policy.reload(later);
      client.ask(Asked.request("protocol_state=DATA sender= recipient_count=3"));
      LivePolicy.await(() -> policy.lines().size() >= 2);
      assertThat(policy.lines())
          .containsExactly(
              "policy: 4XyZ: rejected rule=no reason=access saw=planted stage=RCPT"
                  + " client=192.0.2.1 login=ann sender=<ann@example.com>"
                  + " recipient=bob@example.org delay_us=0",
              "policy: -: deferred rule=later reason=limit saw=\"101 of 100\" stage=DATA"
                  + " sender=<> recipients=3 delay_us=0");
      assertThat(rulings(policy, "no", "refused")).isEqualTo(1);
      assertThat(because(policy, "no", "on", "access")).isEqualTo(1);
      assertThat(because(policy, "later", "on", "limit")).isEqualTo(1);
      assertThat(policy.metric("dovetail_policy_requests_total{answer=\"rejected\"}")).isEqualTo(1);
      assertThat(policy.metric("dovetail_policy_requests_total{answer=\"deferred\"}")).isEqualTo(1);
    }
  }

  @Test
  void shadowsAreTold() throws Exception {
    try (LivePolicy policy =
            LivePolicy.open(
                Planted.refusing("s", Mode.SHADOW),
                adding("t", Mode.SHADOW, new Reply.Hold("x")),
                Planted.rule("u", Mode.SHADOW, Set.of(Stage.RCPT), _ -> new Ruling.Passes("")));
        PolicyClient client = policy.client()) {
      assertThat(client.ask(Asked.request("protocol_state=RCPT sender=a@b"))).isEqualTo("DUNNO");
      LivePolicy.await(() -> !policy.lines().isEmpty());
      assertThat(policy.lines())
          .containsExactly(
              "policy: -: passed shadow=s:access,t:access shadow_saw=planted stage=RCPT sender=<a@b> delay_us=0");
      assertThat(rulings(policy, "s", "shadow")).isEqualTo(1);
      assertThat(because(policy, "s", "shadow", "access")).isEqualTo(1);
      assertThat(because(policy, "t", "shadow", "access")).isEqualTo(1);
      assertThat(rulings(policy, "s", "refused")).isZero();
      assertThat(rulings(policy, "t", "shadow")).isEqualTo(1);
      assertThat(rulings(policy, "t", "added")).isZero();
    }
  }

  /** What the one sees who has to decide about the rule: its cause and numbers. */
  @Test
  void whatTheFirstShadowThatWouldRefuseHasSeenIsTold() throws Exception {
    NamedRule breaker =
        Planted.rule(
            "breaker",
            Mode.SHADOW,
            Set.of(Stage.RCPT),
            _ -> new Ruling.Refuses(Reason.SUSPENDED, Planted.NO, "101 recipients"));
    NamedRule field = adding("f", Mode.SHADOW, new Reply.Prepend("X-A", "1"));
    try (LivePolicy policy = LivePolicy.open(field, breaker, Planted.refusing("no", Mode.ON));
        PolicyClient client = policy.client()) {
      client.ask(Asked.request("protocol_state=RCPT sender=a@b"));
      policy.reload(field);
      client.ask(Asked.request("protocol_state=RCPT sender=a@b"));
      LivePolicy.await(() -> policy.lines().size() >= 2);
      assertThat(policy.lines())
          .containsExactly(
              "policy: -: rejected rule=no reason=access saw=planted"
                  + " shadow=f:access,breaker:suspended shadow_saw=\"101 recipients\" stage=RCPT"
                  + " sender=<a@b> delay_us=0",
              "policy: -: passed shadow=f:access shadow_saw=seen stage=RCPT sender=<a@b>"
                  + " delay_us=0");
    }
  }

  /** Each message once, not each of its recipients. */
  @Test
  void whatAShadowWouldAddIsToldOnceForAMessage() throws Exception {
    Reply field = new Reply.Prepend("X-A", "1");
    try (LivePolicy policy =
            LivePolicy.open(adding("t", Mode.SHADOW, field), adding("f", Mode.ON, field));
        PolicyClient client = policy.client()) {
      String request = "protocol_state=RCPT sender=a@b instance=a";
      assertThat(client.ask(Asked.request(request))).isEqualTo("PREPEND X-A: 1");
      assertThat(client.ask(Asked.request(request))).isEqualTo("DUNNO");
      assertThat(client.ask(Asked.request(request))).isEqualTo("DUNNO");
      LivePolicy.await(() -> rulings(policy, "t", "passed") == 2);
      assertThat(rulings(policy, "t", "shadow")).isEqualTo(1);
      assertThat(policy.lines()).hasSize(1);
    }
  }

  @Test
  void whatIsAddedIsTold() throws Exception {
    try (LivePolicy policy = LivePolicy.open(adding("h", Mode.ON, new Reply.Hold("x")));
        PolicyClient client = policy.client()) {
      client.ask(Asked.request("protocol_state=RCPT sender=a@b"));
      policy.reload(adding("f", Mode.ON, new Reply.Prepend("X-A", "1")));
      client.ask(Asked.request("protocol_state=RCPT sender=a@b"));
      LivePolicy.await(() -> policy.lines().size() >= 2);
      assertThat(policy.lines())
          .containsExactly(
              "policy: -: held rule=h reason=access saw=seen stage=RCPT sender=<a@b> delay_us=0",
              "policy: -: marked rule=f reason=access saw=seen stage=RCPT sender=<a@b> delay_us=0");
      assertThat(rulings(policy, "h", "added")).isEqualTo(1);
      assertThat(because(policy, "h", "on", "access")).isEqualTo(1);
      assertThat(policy.metric("dovetail_policy_requests_total{answer=\"hold\"}")).isEqualTo(1);
      assertThat(policy.metric("dovetail_policy_requests_total{answer=\"prepend\"}")).isEqualTo(1);
    }
  }

  @Test
  void whoStandsAsideIsToldOnceAMinute() throws Exception {
    try (LivePolicy policy =
            LivePolicy.open(
                Planted.saying("a", new Ruling.Abstains("the database is away")),
                Planted.saying("b", new Ruling.Abstains("x".repeat(500))));
        PolicyClient client = policy.client()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.ask(Asked.request(WHOLE))).isEqualTo("DUNNO");
      }
      LivePolicy.await(() -> policy.complaints().size() >= 2);
      assertThat(policy.complaints())
          .containsExactly(
              "the rule \"a\" stands aside: the database is away",
              "the rule \"b\" stands aside: " + "x".repeat(320) + "...");
      policy.pass(Duration.ofMinutes(1));
      client.ask(Asked.request(WHOLE));
      LivePolicy.await(() -> policy.complaints().size() >= 4);
      LivePolicy.await(() -> rulings(policy, "a", "abstained") == 6);
      assertThat(policy.lines()).isEmpty();
    }
  }

  @Test
  void whatIsLongIsCutAndNothingEndsTheLine() throws Exception {
    try (LivePolicy policy = LivePolicy.open(Planted.refusing("no", Mode.ON));
        PolicyClient client = policy.client()) {
      client.ask(
          Asked.request(
              "protocol_state=RCPT queue_id=" + "q".repeat(400) + " sender=" + "s".repeat(60_000)));
      client.ask(Asked.request("protocol_state=RCPT sender=\"\rx\"=\u0000\u2028y"));
      LivePolicy.await(() -> policy.lines().size() >= 2);
      assertThat(policy.lines()).hasSize(2);
      assertThat(policy.lines().getFirst())
          .startsWith("policy: " + "q".repeat(320) + "...: rejected")
          .contains("sender=<" + "s".repeat(320) + "...>");
      assertThat(policy.lines().getLast()).contains("sender=").doesNotContain("\r", "\u0000");
    }
  }

  @Test
  void limitsThatAreNearlyUsedUpHaveALine() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    LogOutput output = new LogOutput(written);
    Metrics metrics = new Metrics();
    LimitLog log =
        new LimitLog(
            new TransactionLog(
                output, new LogStyle(LogFormat.TEXT, false), InstantSource.fixed(Instant.EPOCH)),
            metrics);
    log.nearly(
        "account",
        "ann@example.com",
        new Use(new Window(100, Duration.ofHours(1)), 80, Instant.EPOCH));
    output.flush();
    assertThat(written.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo("policy: -: warned rule=account key=ann@example.com used=80 limit=100/1h");
    assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
        .contains("dovetail_policy_limit_warnings_total{rule=\"account\"} 1.0");
  }
}
