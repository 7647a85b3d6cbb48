package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.GreylistEntry;
import dovetail.counter.Standing;
import dovetail.dns.RecordType;
import dovetail.policy.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreylistRuleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final String ODD = "client_name=unknown client_address=192.0.2.4 ";
  private static final Zone ZONE =
      Zone.EMPTY
          .txt("pass.example", "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 -all")
          .txt("soft.example", "v=spf1 ~all")
          .txt("neutral.example", "v=spf1 ?all")
          .failing(RecordType.TXT, "away.example")
          .ptr("1.2.0.192.in-addr.arpa", "mail.example.com")
          .a("mail.example.com", "192.0.2.1")
          .failing(RecordType.PTR, "3.2.0.192.in-addr.arpa")
          .a("9.2.0.192.list.example", "127.0.0.2")
          .a("4.2.0.192.good.example", "127.0.0.2");

  private final Memory memory = new Memory();

  /** What a database would remember. */
  private static final class Memory implements Greylist {
    final Map<String, Standing.Mail> mails = new HashMap<>();
    final Map<String, Standing.Client> clients = new HashMap<>();
    boolean readable = true;
    boolean writable = true;

    @Override
    public Optional<Standing> find(GreylistEntry entry, long enough) {
      return readable
          ? Optional.of(
              new Standing(
                  Optional.ofNullable(mails.get(entry.mail())),
                  Optional.ofNullable(clients.get(entry.client()))))
          : Optional.empty();
    }

    @Override
    public boolean begin(GreylistEntry entry, Standing.Mail mail) {
      if (writable) {
        mails.put(entry.mail(), mail);
      }
      return writable;
    }

    @Override
    public void pass(GreylistEntry entry, Standing.Mail mail) {
      mails.put(entry.mail(), mail);
    }

    @Override
    public void count(GreylistEntry entry, Standing.Client client) {
      clients.put(entry.client(), client);
    }
  }

  private static GreylistRule.Settings settings(boolean suspiciousOnly) {
    return new GreylistRule.Settings(
        suspiciousOnly,
        new GreylistRule.Networks(24, 64),
        new GreylistRule.Times(MINUTE.multipliedBy(5), DAY.multipliedBy(2), DAY.multipliedBy(35)),
        3);
  }

  private GreylistRule rule(boolean suspiciousOnly) {
    return rule(suspiciousOnly, ZONE.checks());
  }

  private GreylistRule rule(boolean suspiciousOnly, ClientChecks checks) {
    return new GreylistRule(checks, memory, settings(suspiciousOnly), Optional.empty());
  }

  private static Facts facts(String attributes, Instant now) {
    return Asked.facts("protocol_state=RCPT " + attributes, new MessageSoFar(), now);
  }

  private String said(String attributes, Duration after) {
    return Said.by(rule(true), facts(attributes, NOW.plus(after)));
  }

  private String said(String attributes) {
    return said(attributes, Duration.ZERO);
  }

  private static String mail(String sender) {
    return ODD + "sender=" + sender + " recipient=bob@example.net";
  }

  @Test
  void whoComesBackInTimePasses() {
    String ann = mail("ann@example.com");
    assertThat(said(ann))
        .isEqualTo("greylisted DEFER_IF_PERMIT 4.2.0 greylisted, please try again in 300 seconds");
    assertThat(said(ann, MINUTE)).contains("try again in 240 seconds");
    assertThat(said(ann, MINUTE.multipliedBy(5).minusMillis(1))).contains("again in 1 seconds");
    assertThat(said(ann, MINUTE.multipliedBy(5)))
        .isEqualTo("greylist-passed PREPEND X-Greylist: delayed 300 seconds by mx.example.net");
    assertThat(said(ann, MINUTE.multipliedBy(6))).isEqualTo("passes");
  }

  @Test
  void whoComesBackTooLateBeginsAnew() {
    String ann = mail("ann@example.com");
    said(ann);
    assertThat(said(ann, DAY.multipliedBy(2))).contains("in 300 seconds");
    assertThat(said(ann, DAY.multipliedBy(2).plus(MINUTE))).contains("in 240 seconds");
  }

  @Test
  void aClockThatWasAheadPutsNobodyOffForLong() {
    String ann = mail("ann@example.com");
    assertThat(said(ann, DAY.multipliedBy(365))).contains("in 300 seconds");
    assertThat(said(ann)).contains("in 300 seconds");
    assertThat(said(ann, MINUTE.multipliedBy(5))).startsWith("greylist-passed");
    String bob = mail("bob@example.com");
    said(bob, Duration.ofSeconds(30));
    assertThat(said(bob)).as("of a host a little ahead").contains("in 300 seconds");
    assertThat(said(bob, MINUTE.multipliedBy(5).plusSeconds(30))).startsWith("greylist-passed");
  }

  @Test
  void whoWasAwayForLongBeginsAnew() {
    String ann = mail("ann@example.com");
    said(ann);
    said(ann, MINUTE.multipliedBy(5));
    assertThat(said(ann, DAY.multipliedBy(34))).isEqualTo("passes");
    assertThat(said(ann, DAY.multipliedBy(68))).isEqualTo("passes");
    assertThat(said(ann, DAY.multipliedBy(104))).contains("in 300 seconds");
  }

  @Test
  void aClientThatHasComeBackOftenIsNotPutOff() {
    for (int i = 0; i < 3; i++) {
      String one = mail("s" + (char) ('a' + i) + "@example.com");
      Duration after = Duration.ofHours(2L * i);
      assertThat(said(one, after)).startsWith("greylisted");
      assertThat(said(one, after.plusMinutes(5))).startsWith("greylist-passed");
      assertThat(said(one, after.plusMinutes(6))).isEqualTo("passes"); // counts once an hour
    }
    assertThat(memory.clients.values()).extracting(Standing.Client::passes).containsExactly(3L);
    assertThat(said(mail("new@example.org"), Duration.ofHours(8))).isEqualTo("passes");
    assertThat(said(mail("new@example.org"), DAY.multipliedBy(60))).startsWith("greylisted");
  }

  @Test
  void theDatabaseAwayLetsPass() {
    memory.readable = false;
    assertThat(said(mail("ann@example.com"))).isEqualTo("abstains");
    memory.readable = true;
    memory.writable = false;
    assertThat(said(mail("ann@example.com"))).isEqualTo("abstains");
    GreylistRule none =
        new GreylistRule(ZONE.checks(), Greylist.NONE, settings(true), Optional.empty());
    assertThat(Said.by(none, facts(mail("ann@example.com"), NOW))).isEqualTo("abstains");
  }

  @ParameterizedTest
  @CsvSource({
    "client_name=unknown client_address=192.0.2.4 sender=a@nothing.example, greylisted",
    "client_name=unknown client_address=192.0.2.1 sender=a@nothing.example, passes",
    "client_name=unknown client_address=192.0.2.3 sender=a@nothing.example, passes",
    "client_name=host.example client_address=192.0.2.4 sender=a@nothing.example, passes",
    "client_name=host.example client_address=192.0.2.4 sender=a@pass.example, passes",
    "client_name=host.example client_address=192.0.2.4 sender=a@soft.example, greylisted",
    "client_name=host.example client_address=192.0.2.4 sender=a@neutral.example, greylisted",
    "client_name=host.example client_address=192.0.2.4 sender=a@away.example, passes",
    "client_name=unknown client_address=192.0.2.4 sender=a@pass.example, greylisted",
    "client_name=host.example client_address=192.0.2.9 sender=a@nothing.example, greylisted",
  })
  void onlyTheOddArePutOff(String attributes, String said) {
    ClientChecks checks = ZONE.checks();
    GreylistRule rule = rule(true, checks);
    listing(checks, "list.example");
    Facts facts = facts(attributes + " recipient=bob@example.net", NOW);
    assertThat(Said.by(rule, facts)).startsWith(said);
  }

  /** Whatever the order of the rules, those of lists are made before anything is asked. */
  private static void listing(ClientChecks checks, String list) {
    DnsList one = DnsList.parse(list).orElseThrow();
    DnsblRule rule =
        new DnsblRule(checks, new DnsblRule.Lists(List.of(one), List.of(), 99), Refusal.with(554));
    assertThat(rule.needs()).isNotEmpty();
  }

  @Test
  void allArePutOffWhereThatIsWanted() {
    Facts facts =
        facts(
            "client_name=host.example client_address=192.0.2.4 sender=a@pass.example"
                + " recipient=bob@example.net",
            NOW);
    assertThat(Said.by(rule(false), facts)).startsWith("greylisted");
  }

  @Test
  void whoIsOnAListOfTheGoodIsNotPutOff() {
    ClientChecks checks = ZONE.checks();
    GreylistRule rule = rule(false, checks);
    listing(checks, "good.example*-2");
    assertThat(Said.by(rule, facts(mail("ann@example.com"), NOW))).isEqualTo("passes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmaster@example.net", "Abuse@example.net", "POSTMASTER@x.example"})
  void whoMustBeReachedIs(String recipient) {
    assertThat(said(ODD + "sender=ann@example.com recipient=" + recipient)).isEqualTo("passes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "protocol_state=DATA sender=a@b.example recipient=bob@example.net",
        "protocol_state=MAIL sender=a@b.example",
        "protocol_state=END-OF-MESSAGE sender=a@b.example recipient=bob@example.net",
        "protocol_state=RCPT sender=a@b.example",
        "protocol_state=RCPT sender=a@b.example recipient=",
        "protocol_state=RCPT sender=a@b.example recipient=postmaster",
        "protocol_state=RCPT sender=a@b.example recipient=@@",
      })
  void isForRecipientsAlone(String attributes) {
    assertThat(Said.by(rule(false), ODD + attributes)).isEqualTo("not now");
  }

  /** A bounce is known by its client alone; the second is not put off for another recipient. */
  @Test
  void bouncesAreKnownByTheirClient() {
    said(ODD + "sender= recipient=bob@example.net");
    assertThat(said(ODD + "sender= recipient=joe@example.net", MINUTE.multipliedBy(5)))
        .startsWith("greylist-passed");
    assertThat(said(mail("ann@example.com"), MINUTE.multipliedBy(6))).startsWith("greylisted");
  }

  @ParameterizedTest
  @CsvSource({
    "client_address=192.0.2.4, client_address=192.0.2.200, true",
    "client_address=192.0.2.4, client_address=198.51.100.4, false",
    "client_address=2001:db8::1, client_address=2001:db8::ffff:1, true",
    "client_address=2001:db8::1, client_address=2001:db8:0:1::1, false",
    "client_address=192.0.2.4 client_name=a.site.example, client_address=203.0.113.9"
        + " client_name=b.site.example, true",
    "client_address=192.0.2.4 client_name=a.co.uk, client_address=203.0.113.9"
        + " client_name=b.co.uk, false",
    "client_address=192.0.2.4 client_name=mail.one.co.uk, client_address=203.0.113.9"
        + " client_name=relay.one.co.uk, true",
    "client_address=192.0.2.4 client_name=2-4.dyn.isp.example, client_address=203.0.113.9"
        + " client_name=113-9.dyn.isp.example, false",
    "client_address=192.0.2.4 client_name=pc0000204.net.isp.example, client_address=203.0.113.9"
        + " client_name=pcb007109.net.isp.example, false",
    "client_address=192.0.2.4 client_name=a.dyn.isp.example, client_address=203.0.113.9"
        + " client_name=b.dyn.isp.example, false",
    "client_address=2001:db8:1:2::4 client_name=2001-db8-1-2--4.net.isp.example,"
        + " client_address=2001:db8:5:6::9 client_name=2001-db8-5-6--9.net.isp.example, false",
    "client_address=2001:db8:1:2::4 client_name=mail4.net.isp.example,"
        + " client_address=2001:db8:5:6::9 client_name=mail9.net.isp.example, true",
  })
  void aClientIsKnownByWhatAllItsHostsHave(String first, String second, boolean same) {
    String rest = " sender=a@soft.example recipient=bob@example.net";
    GreylistRule rule = rule(false);
    Said.by(rule, facts(first + rest, NOW));
    assertThat(Said.by(rule, facts(second + rest, NOW.plus(MINUTE.multipliedBy(5)))))
        .startsWith(same ? "greylist-passed" : "greylisted");
  }

  @Test
  void aClientIsKnownByTheDomainThatKnowsIt() {
    GreylistRule rule = rule(false);
    String mail = " client_name=unknown sender=a@pass.example recipient=bob@example.net";
    Said.by(rule, facts("client_address=192.0.2.4" + mail, NOW));
    Instant later = NOW.plus(MINUTE.multipliedBy(5));
    assertThat(Said.by(rule, facts("client_address=203.0.113.4" + mail, later)))
        .startsWith("greylisted");
    assertThat(Said.by(rule, facts("client_address=198.51.100.4" + mail, later)))
        .startsWith("greylist-passed");
  }

  @Test
  void theFieldIsWrittenOnceForAMessage() {
    String first = mail("ann@example.com");
    String second = ODD + "sender=ann@example.com recipient=joe@example.net";
    said(first);
    said(second, MINUTE);
    MessageSoFar message = new MessageSoFar();
    Instant later = NOW.plus(MINUTE.multipliedBy(9));
    NamedRule rule = new NamedRule("g", "greylist", Mode.ON, Scope.ALL, rule(true));
    assertThat(judged(rule, first, message, later))
        .isEqualTo("PREPEND X-Greylist: delayed 540 seconds by mx.example.net");
    assertThat(judged(rule, second, message, later)).isEqualTo("DUNNO");
  }

  private static String judged(
      NamedRule rule, String attributes, MessageSoFar message, Instant now) {
    Facts facts = Asked.facts("protocol_state=RCPT instance=1 " + attributes, message, now);
    return Judgement.of(List.of(rule), facts).reply().action();
  }

  @Test
  void theAdministratorsTextIsTheWholeText() {
    GreylistRule rule =
        new GreylistRule(ZONE.checks(), memory, settings(true), Optional.of("see our page"));
    assertThat(rule.judge(facts(mail("ann@example.com"), NOW)))
        .isInstanceOfSatisfying(
            Ruling.Refuses.class,
            refuses ->
                assertThat(refuses.reply())
                    .isEqualTo(new Reply.DeferIfPermit("4.2.0", "see our page")));
  }
}
