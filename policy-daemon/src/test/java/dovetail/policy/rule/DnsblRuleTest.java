package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dovetail.dns.Answer;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsblRuleTest {
  private static final String CLIENT = "protocol_state=RCPT client_address=192.0.2.1 ";
  private static final Zone ZONE =
      Zone.EMPTY
          .a("1.2.0.192.bad.example", "127.0.0.2", "127.0.0.10")
          .a("1.2.0.192.good.example", "127.0.5.2")
          .a("1.2.0.192.parked.example", "198.51.100.1")
          .a("1.2.0.192.closed.example", "127.255.255.254")
          .a("spam.example.dbl.example", "127.0.1.2")
          .a(
              "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bad.example",
              "127.0.0.2")
          .failing(RecordType.A, "1.2.0.192.away.example");

  private static List<DnsList> lists(String... texts) {
    return Stream.of(texts).map(text -> DnsList.parse(text).orElseThrow()).toList();
  }

  private static DnsblRule rule(int threshold, String... texts) {
    return new DnsblRule(
        ZONE.checks(), new DnsblRule.Lists(lists(texts), List.of(), threshold), Refusal.with(554));
  }

  @ParameterizedTest
  @CsvSource({
    "bad.example, dnsbl 554 5.7.1 your address or name is listed by bad.example",
    "bad.example=127.0.0.10, dnsbl 554 5.7.1 your address or name is listed by bad.example",
    "bad.example=127.0.0.[3..9], passes",
    "good.example*-1, passes",
    "parked.example, passes",
    "'parked.example=198.51.100.1', passes",
    "empty.example, passes",
    "closed.example, abstains",
    "'closed.example=127.255.255.[0..255]', abstains",
    "away.example, abstains",
  })
  void whatCountsIsWhatTheListSays(String list, String said) {
    assertThat(Said.by(rule(1, list), CLIENT.strip())).isEqualTo(said);
  }

  @Test
  void weightsAreAddedUp() {
    String[] three = {"bad.example=127.0.0.2*2", "bad.example=127.0.0.10*2", "good.example*-1"};
    assertThat(Said.by(rule(3, three), CLIENT.strip())).startsWith("dnsbl 554");
    assertThat(Said.by(rule(4, three), CLIENT.strip())).isEqualTo("passes");
  }

  @Test
  void anAnswerThatCannotBeHadCountsNothing() {
    assertThat(Said.by(rule(1, "away.example*9", "bad.example"), CLIENT.strip()))
        .startsWith("dnsbl 554");
    assertThat(Said.by(rule(2, "away.example*9", "bad.example"), CLIENT.strip()))
        .isEqualTo("passes");
  }

  /** Whoever asks through a public resolver has to hear of it. */
  @Test
  void aListThatDoesNotAnswerUsIsTold() {
    assertThat(rule(2, "closed.example", "bad.example").judge(Asked.facts(CLIENT.strip())))
        .isEqualTo(
            new Ruling.Abstains(
                "score 1, on bad.example, we get no answers (127.255.255.x) of closed.example"));
  }

  @Test
  void addressesOfIpv6AreListedByNibbles() {
    assertThat(Said.by(rule(1, "bad.example"), "protocol_state=RCPT client_address=2001:db8::1"))
        .startsWith("dnsbl 554");
    assertThat(Said.by(rule(1, "bad.example"), "protocol_state=RCPT client_address=2001:db8::2"))
        .isEqualTo("passes");
  }

  @Test
  void aMappedAddressIsWhatItStandsFor() {
    assertThat(
            Said.by(rule(1, "bad.example"), "protocol_state=RCPT client_address=::ffff:192.0.2.1"))
        .startsWith("dnsbl 554");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sender=a@spam.example", "helo_name=spam.example", "helo_name=SPAM.example."})
  void domainsAreLookedUpByTheirNames(String attribute) {
    DnsblRule rule =
        new DnsblRule(
            ZONE.checks(),
            new DnsblRule.Lists(List.of(), lists("dbl.example=127.0.1.[2..99]"), 1),
            Refusal.with(554));
    assertThat(Said.by(rule, CLIENT + attribute)).startsWith("dnsbl 554");
    assertThat(Said.by(rule, CLIENT + attribute.replace("spam", "ham").replace("SPAM", "HAM")))
        .isEqualTo("passes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "fd00::1", "fe80::1", "127.0.0.1", "unknown"})
  void nobodyAsksAboutAddressesThatTheWorldDoesNotHave(String address) {
    CountingResolver resolver = CountingResolver.of(ZONE);
    DnsblRule rule =
        new DnsblRule(
            Zone.checks(resolver),
            new DnsblRule.Lists(lists("bad.example"), List.of(), 1),
            Refusal.with(554));
    assertThat(Said.by(rule, "protocol_state=RCPT client_address=" + address))
        .isIn("passes", "not now");
    assertThat(resolver.asked()).isEmpty();
  }

  /** Each question waits for all the others to be asked. */
  @Test
  void allAreAskedAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    Resolver resolver =
        new Resolver() {
          @Override
          public <T> Answer<T> ask(Question<T> question) {
            both.countDown();
            try {
              both.await();
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
            return ZONE.resolver().ask(question);
          }
        };
    DnsblRule rule =
        new DnsblRule(
            Zone.checks(resolver),
            new DnsblRule.Lists(lists("bad.example", "good.example"), List.of(), 2),
            Refusal.with(554));
    assertThat(Said.by(rule, CLIENT.strip())).startsWith("dnsbl 554");
  }

  @Test
  void listsThatAreSilentAreNotWaitedForForLong() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Resolver resolver =
        new Resolver() {
          @Override
          public <T> Answer<T> ask(Question<T> question) {
            try {
              never.await();
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
            return new Answer.NoSuchName<>();
          }
        };
    ClientChecks checks =
        new ClientChecks(
            new ClientChecks.Tools(
                resolver,
                "mx.example.net",
                InstantSource.fixed(Instant.EPOCH),
                System::nanoTime,
                Duration.ofMillis(50)));
    DnsblRule rule =
        new DnsblRule(
            checks,
            new DnsblRule.Lists(lists("a.example", "b.example"), List.of(), 1),
            Refusal.with(554));
    assertThat(Said.by(rule, CLIENT.strip())).isEqualTo("abstains");
    never.countDown();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "*",
        "a.example=",
        "a.example=127",
        "a.example=127.0.0",
        "a.example=127.0.0.256",
        "a.example=127.0.0.2.3",
        "a.example=127.0.0.[2",
        "a.example=127.0.0.[2..]",
        "a.example=127.0.0.[5..2]",
        "a.example=127.0.0.[]",
        "a.example=127.0.0.2]",
        "a.example=127.0.0.[2]x",
        "a.example*",
        "a.example*x",
        "a.example*1.5",
        "a.example*99999",
        "a.example=127..0.2",
        "192.0.2.1",
        "a..example",
        "a.example=127.0.0.[2..3..4]"
      })
  void whatIsNoListIsNotRead(String text) {
    assertThat(DnsList.parse(text)).isEmpty();
  }

  @Test
  void keysAreNotShownToStrangers() {
    assertThat(DnsList.parse("abcdefghijklmnopqrstuvwxyz.zen.example").orElseThrow().shownZone())
        .isEqualTo("zen.example");
    assertThat(DnsList.parse("zen.spamhaus.org").orElseThrow().shownZone())
        .isEqualTo("zen.spamhaus.org");
  }

  @Test
  void aRuleThatRefusesEverybodyCannotBeMade() {
    assertThat(catchThrowable(() -> new DnsblRule.Lists(List.of(), List.of(), 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
