package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.CounterSettings;
import dovetail.counter.Counters;
import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import dovetail.policy.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitRuleTest {
  private static final String ALICE = " sasl_username=alice@example.com sender=alice@example.com";

  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Quota> set = new HashMap<>();
  private final Map<String, Quota> pools = new HashMap<>();
  private Instant now = Instant.parse("2026-03-01T12:00:30Z");
  private ZoneId zone = ZoneOffset.UTC;

  private final Limits limits =
      new Limits() {
        @Override
        public Optional<Quota> of(String rule, String key) {
          return Optional.ofNullable(set.get(key));
        }

        @Override
        public Optional<Quota> shared(String rule, String domain) {
          return Optional.ofNullable(pools.get(domain));
        }

        @Override
        public boolean isBulk(String account) {
          return false;
        }
      };

  private static Quota quota(String text) {
    return Quota.parse(text).orElseThrow();
  }

  private LimitRule rule(LimitKey key, Unit unit, String limit) {
    return rule(key, unit, WindowKind.SLIDING, limit);
  }

  private LimitRule rule(LimitKey key, Unit unit, WindowKind kind, String limit) {
    LimitSettings settings =
        new LimitSettings(
            "account",
            key,
            unit,
            kind,
            quota(limit),
            new LimitSettings.Prefixes(24, 64),
            80,
            Refusal.with(450),
            zone);
    return new LimitRule(
        settings,
        new Counters(CounterSettings.of(zone, 1_000), () -> now),
        new LimitDemands(settings, limits, domain -> domain.ascii().equals("example.com")),
        (rule, name, use) -> warnings.add(rule + " " + name + " " + use.used()));
  }

  private Ruling end(LimitRule rule, String attributes, int recipients) {
    return rule.judge(
        Asked.facts(
            "protocol_state=END-OF-MESSAGE recipient_count=" + recipients + attributes,
            new MessageSoFar(),
            now));
  }

  private static String text(Ruling ruling) {
    return ruling instanceof Ruling.Refuses(_, Reply.Refuse(int code, _, String text), _)
        ? code + " " + text
        : "";
  }

  @Test
  void countsRecipientsAtTheEnd() {
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.RECIPIENTS, "100/1h");
    assertThat(end(rule, ALICE, 1)).isInstanceOf(Ruling.Charged.class);
    assertThat(end(rule, ALICE, 99)).isInstanceOf(Ruling.Charged.class);
    assertThat(text(end(rule, ALICE, 1)))
        .isEqualTo(
            "450 sending limit of 100 recipients in 1 hour: 0 left, this message has 1; it can be"
                + " sent at 13:01 +0000");
    assertThat(end(rule, " sasl_username=bob@example.com sender=bob@example.com", 100))
        .isInstanceOf(Ruling.Charged.class);
    now = now.plus(Duration.ofMinutes(62));
    assertThat(end(rule, ALICE, 1)).isInstanceOf(Ruling.Charged.class);
  }

  @Test
  void saysSoEarlierAndChargesNothingThen() {
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.RECIPIENTS, "3/1h");
    MessageSoFar message = new MessageSoFar();
    for (int i = 0; i < 3; i++) {
      assertThat(
              rule.judge(
                  Asked.facts(
                      "protocol_state=RCPT recipient=a" + i + "@b.example" + ALICE, message, now)))
          .isInstanceOf(Ruling.Passes.class);
    }
    assertThat(
            text(
                rule.judge(
                    Asked.facts(
                        "protocol_state=RCPT recipient=z@b.example" + ALICE, message, now))))
        .isEqualTo("450 sending limit of 3 recipients in 1 hour: this message has 4");
    assertThat(
            rule.judge(Asked.facts("protocol_state=DATA recipient_count=3" + ALICE, message, now)))
        .isInstanceOf(Ruling.Passes.class);
    assertThat(end(rule, ALICE, 3)).isInstanceOf(Ruling.Charged.class);
    assertThat(
            rule.judge(
                Asked.facts(
                    "protocol_state=DATA recipient_count=1" + ALICE, new MessageSoFar(), now)))
        .isInstanceOf(Ruling.Refuses.class);
  }

  @Test
  void givesBackWhatAnotherRefuses() {
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.RECIPIENTS, "10/1h");
    Ruling charged = end(rule, ALICE, 10);
    assertThat(end(rule, ALICE, 1)).isInstanceOf(Ruling.Refuses.class);
    ((Ruling.Charged) charged).receipt().refund();
    ((Ruling.Charged) charged).receipt().refund();
    assertThat(end(rule, ALICE, 10)).isInstanceOf(Ruling.Charged.class);
    assertThat(end(rule, ALICE, 1)).isInstanceOf(Ruling.Refuses.class);
  }

  @Test
  void bouncesAreFree() {
    LimitRule clients = rule(LimitKey.CLIENT_ADDRESS, Unit.MESSAGES, "1/1h");
    for (int i = 0; i < 3; i++) {
      assertThat(end(clients, " client_address=192.0.2.1 sender=", 1))
          .isInstanceOf(Ruling.Passes.class);
    }
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.MESSAGES, "2/1h");
    // Whoever has logged in sends no bounces.
    assertThat(end(rule, " sasl_username=alice@example.com sender=", 1))
        .isInstanceOf(Ruling.Charged.class);
    assertThat(end(rule, ALICE, 1)).isInstanceOf(Ruling.Charged.class);
    assertThat(end(rule, ALICE, 1)).isInstanceOf(Ruling.Refuses.class);
  }

  private Ruling sent(LimitRule rule, int accepted, String... recipients) {
    MessageSoFar message = new MessageSoFar();
    for (String recipient : recipients) {
      rule.judge(Asked.facts("protocol_state=RCPT recipient=" + recipient + ALICE, message, now));
    }
    return rule.judge(
        Asked.facts(
            "protocol_state=END-OF-MESSAGE recipient_count=" + accepted + ALICE, message, now));
  }

  @Test
  void mailAmongOurselvesIsFree() {
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.RECIPIENTS, "100/1h");
    assertThat(sent(rule, 2, "bob@example.com", "carl@example.com").saw())
        .isEqualTo("nothing to count");
    assertThat(sent(rule, 2, "bob@example.com", "x@b.example").saw())
        .isEqualTo("alice@example.com 1/100");
    // One of ours was refused: the two that were accepted are strangers.
    assertThat(sent(rule, 2, "no@example.com", "x@b.example", "y@b.example").saw())
        .isEqualTo("alice@example.com 3/100");
    // One was accepted without our having been asked.
    assertThat(sent(rule, 3, "bob@example.com", "x@b.example").saw())
        .isEqualTo("alice@example.com 5/100");
  }

  @Test
  void anAccountADomainAndAPoolHaveLimitsOfTheirOwn() {
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.RECIPIENTS, "5/1h");
    set.put("alice@example.com", quota("unlimited"));
    pools.put("example.com", quota("20/1h"));
    assertThat(end(rule, ALICE, 19).saw()).isEqualTo("@example.com 19/20");
    assertThat(text(end(rule, ALICE, 2))).contains("1 left, this message has 2");
    set.put("bob@example.com", quota("none"));
    String bob = " sasl_username=bob@example.com sender=bob@example.com";
    assertThat(end(rule, bob, 1))
        .isInstanceOfSatisfying(
            Ruling.Refuses.class,
            refuses -> assertThat(refuses.reason()).isEqualTo(Reason.LIMIT_NONE));
    assertThat(end(rule, " sasl_username=carl@example.com sender=carl@example.com", 1).saw())
        .isEqualTo("carl@example.com 1/5, @example.com 20/20");
  }

  @Test
  void warnsOnce() {
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.RECIPIENTS, "10/1h,100/1d");
    end(rule, ALICE, 7);
    assertThat(warnings).isEmpty();
    end(rule, ALICE, 2);
    end(rule, ALICE, 1);
    assertThat(warnings).containsExactly("account alice@example.com 9");
  }

  @Test
  void countsNetworksOfClients() {
    LimitRule rule = rule(LimitKey.CLIENT_ADDRESS, Unit.MESSAGES, "2/1h");
    String sender = " sender=x@b.example client_address=";
    assertThat(end(rule, sender + "192.0.2.1", 5).saw()).isEqualTo("192.0.2.0/24 1/2");
    assertThat(end(rule, sender + "192.0.2.200", 1).saw()).isEqualTo("192.0.2.0/24 2/2");
    assertThat(end(rule, sender + "192.0.2.3", 1)).isInstanceOf(Ruling.Refuses.class);
    assertThat(end(rule, sender + "2001:db8::1", 1).saw())
        .isEqualTo("[2001:db8:0:0:0:0:0:0]/64 1/2");
    assertThat(end(rule, sender + "unknown", 1).saw()).isEqualTo("nothing to count");
  }

  @Test
  void countsBytes() {
    LimitRule rule = rule(LimitKey.SENDER_DOMAIN, Unit.BYTES, "1000/1h");
    assertThat(end(rule, ALICE + " size=900", 3).saw()).isEqualTo("example.com 900/1000");
    assertThat(end(rule, ALICE + " size=-5", 3).saw()).isEqualTo("nothing to count");
    assertThat(end(rule, ALICE + " size=101", 3)).isInstanceOf(Ruling.Refuses.class);
  }

  @Test
  void countsDomainsOfRecipients() {
    LimitRule rule = rule(LimitKey.RECIPIENT_DOMAIN, Unit.RECIPIENTS, "2/1h");
    assertThat(sent(rule, 3, "a@b.example", "b@b.example", "c@c.example"))
        .isInstanceOf(Ruling.Charged.class);
    assertThat(sent(rule, 1, "a@b.example")).isInstanceOf(Ruling.Refuses.class);
    assertThat(sent(rule, 1, "a@c.example")).isInstanceOf(Ruling.Charged.class);
  }

  @Test
  void countsAllTogether() {
    LimitRule rule = rule(LimitKey.CONSTANT, Unit.MESSAGES, "2/1h");
    assertThat(end(rule, " sender=a@b.example", 1)).isInstanceOf(Ruling.Charged.class);
    assertThat(end(rule, " sender=b@b.example", 1).saw()).isEqualTo("* 2/2");
    assertThat(end(rule, " sender=c@b.example", 1)).isInstanceOf(Ruling.Refuses.class);
  }

  @Test
  void aDayEndsAtMidnightAlsoWhenItIsShorter() {
    zone = ZoneId.of("Europe/Berlin");
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.RECIPIENTS, WindowKind.CALENDAR, "5/1d");
    now = Instant.parse("2026-03-29T21:59:00Z"); // 23:59 in summer time, of a day of 23 hours
    assertThat(end(rule, ALICE, 5)).isInstanceOf(Ruling.Charged.class);
    assertThat(text(end(rule, ALICE, 1))).contains("it can be sent at 00:00 +0200");
    now = Instant.parse("2026-03-29T22:00:00Z");
    assertThat(end(rule, ALICE, 5)).isInstanceOf(Ruling.Charged.class);
    assertThat(end(rule, ALICE, 1)).isInstanceOf(Ruling.Refuses.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        " sasl_username= sender=x@b.example",
        " sender=@@@ sasl_username=",
        " recipient_count=-1 sasl_username=alice@example.com sender=x",
        " recipient_count=99999999999999999999 sasl_username=alice@example.com sender=x"
      })
  void malformedRequestsCostNothing(String attributes) {
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.RECIPIENTS, "1/1h");
    assertThat(
            rule.judge(Asked.facts("protocol_state=END-OF-MESSAGE" + attributes.stripTrailing())))
        .isInstanceOf(Ruling.Passes.class);
  }

  @Test
  void otherStagesAreNotItsOwn() {
    LimitRule rule = rule(LimitKey.SASL_USERNAME, Unit.RECIPIENTS, "1/1h");
    for (String stage : List.of("CONNECT", "EHLO", "HELO", "MAIL", "VRFY", "ETRN", "NEW")) {
      assertThat(rule.judge(Asked.facts("protocol_state=" + stage + ALICE)))
          .isInstanceOf(Ruling.NotNow.class);
    }
  }

  @Test
  void tellsLengthsAsPeopleDo() {
    assertThat(LimitText.length(Duration.ofDays(1))).isEqualTo("1 day");
    assertThat(LimitText.length(Duration.ofHours(36))).isEqualTo("36 hours");
    assertThat(LimitText.length(Duration.ofMinutes(90))).isEqualTo("90 minutes");
    assertThat(LimitText.length(Duration.ofSeconds(61))).isEqualTo("61 seconds");
  }
}
