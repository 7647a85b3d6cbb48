package dovetail.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.Resolver;
import dovetail.dns.TxtResolver;
import dovetail.mail.HeaderField;
import dovetail.milter.Mails.Mail;
import dovetail.milter.wire.Edit;
import dovetail.milter.wire.MilterClient;
import dovetail.milter.wire.MilterClient.Outcome;
import dovetail.milter.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes in is verified, and what was found goes on top of it. */
@Timeout(60)
class MilterVerifyTest {
  private static final String RESULTS = "Authentication-Results";

  /** A message as a stranger brings it, signed by its author's domain. */
  private static Mail signed(String queueId) {
    Mail mail = Mails.mail(queueId, "joe", "one.test");
    return with(mail, Mails.signature(mail, "s1"));
  }

  private static Mail with(Mail mail, HeaderField top) {
    List<HeaderField> fields = new ArrayList<>(mail.fields());
    fields.addFirst(top);
    return new Mail(mail.queueId(), mail.sender(), fields, mail.body());
  }

  private static Outcome deliver(LiveMilter milter, Mail mail) throws IOException {
    try (MilterClient client = milter.client()) {
      client.negotiate();
      arrive(client);
      Outcome outcome = Mails.send(client, mail);
      client.quit();
      return outcome;
    }
  }

  private static void arrive(MilterClient client) throws IOException {
    client.macros('C', Map.of("{daemon_name}", "smtpd"));
    client.connect("mx.example", new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 25));
    client.helo("mx.example");
  }

  /** The only edit is our field on top; its text without folds, as far as it is about DKIM. */
  private static String results(Outcome outcome) {
    assertThat(outcome.reply()).isEqualTo(new Reply.Accept());
    assertThat(outcome.edits()).hasSize(1);
    Edit edit = outcome.edits().getFirst();
    assertThat(edit).isInstanceOf(Edit.InsertHeader.class);
    Edit.InsertHeader insert = (Edit.InsertHeader) edit;
    assertThat(insert.index()).isZero();
    assertThat(insert.field().name()).isEqualTo(RESULTS);
    return insert
        .field()
        .unfolded()
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll(" (iprev|spf|dmarc)=[^;]*;", "");
  }

  @Test
  void saysThatASignaturePasses() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      String results = results(deliver(milter, signed("4Pass")));
      assertThat(results)
          .startsWith("mail.example.com; dkim=pass (256-bit key) header.d=one.test header.s=s1")
          .contains("header.a=ed25519-sha256 header.b=")
          .doesNotContain("reason");
      assertThat(milter.lines(1).getFirst())
          .startsWith("milter: 4Pass: passed reason=not-submission ")
          .contains(" dkim=pass:one.test/s1 ");
      assertThat(milter.metric("dovetail_milter_dkim_results_total{result=\"pass\"}")).isOne();
      milter.expectNoFault();
    }
  }

  @Test
  void saysThatAMessageWasChanged() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      Mail mail = signed("4Fail");
      Mail tampered =
          new Mail("4Fail", mail.sender(), mail.fields(), mail.body() + "And more.\r\n");
      assertThat(results(deliver(milter, tampered)))
          .contains(
              "dkim=fail (256-bit key) reason=\"body hash did not verify\" header.d=one.test");
      assertThat(milter.lines(1).getFirst()).contains(" dkim=fail(body-changed):one.test/s1 ");
      assertThat(milter.metric("dovetail_milter_dkim_results_total{result=\"fail\"}")).isOne();
    }
  }

  @Test
  void saysThatThereIsNoSignature() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      assertThat(results(deliver(milter, Mails.mail("4None", "joe", "one.test"))))
          .isEqualTo("mail.example.com; dkim=none");
      assertThat(milter.lines(1).getFirst()).contains(" dkim=none ");
    }
  }

  /** Nobody needs a key to put words into a signature. */
  @Test
  void repeatsNoWordsThatLookLikeResults() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      HeaderField words =
          HeaderField.of(
              "DKIM-Signature",
              " v=1; a=dkim=pass; b=spf=pass; d=evil.example; s=s,pass:bank.example/s1; i=dkim=3Dpass"
                  + "@bank.example");
      Mail mail = with(Mails.mail("4Words", "joe", "one.test"), words);
      assertThat(results(deliver(milter, mail)))
          .isEqualTo(
              "mail.example.com; dkim=neutral reason=\"malformed signature: s= is no selector\""
                  + " header.d=evil.example");
      assertThat(milter.lines(1).getFirst()).contains(" dkim=neutral(malformed):evil.example/- ");
      milter.expectNoFault();
    }
  }

  /** A long local part would be cut off, and with it the domain. */
  @Test
  void leavesOffAnIdentityThatIsNoPlainAddress() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      HeaderField words =
          HeaderField.of(
              "DKIM-Signature",
              " v=1; d=evil.example; i=ceo@bank.example" + "=20".repeat(600) + "@evil.example");
      Mail mail = with(Mails.mail("4Long", "joe", "one.test"), words);
      assertThat(results(deliver(milter, mail))).doesNotContain("bank").contains("evil.example");
    }
  }

  /** ICU throws at what Unicode lets grow. */
  @Test
  void isNotUpsetByDomainsThatGrow() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      String grows = "\u00ef\u00b7\u00ba".repeat(100);
      HeaderField signature = HeaderField.of("DKIM-Signature", " v=1; s=s; d=" + grows);
      Mail mail = with(Mails.mail("4Grow", "joe", "one.test"), signature);
      assertThat(results(deliver(milter, mail))).contains("dkim=neutral");
      milter.expectNoFault();
    }
  }

  @Test
  void givesEachOfManySignaturesAResult() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      Mail mail = signed("4Many");
      HeaderField broken = HeaderField.of("DKIM-Signature", " v=1; a=rsa-sha256; a=rsa-sha1");
      List<HeaderField> fields = new ArrayList<>(mail.fields());
      for (int i = 0; i < 40; i++) {
        fields.add(0, i % 2 == 0 ? broken : mail.fields().getFirst());
      }
      String results =
          results(deliver(milter, new Mail("4Many", mail.sender(), fields, mail.body())));
      assertThat(results.split("dkim=neutral reason=\"malformed signature", -1)).hasSize(21);
      assertThat(results.split("dkim=pass", -1)).hasSize(11);
      assertThat(results).endsWith("; dkim=policy reason=\"too many signatures, 11 not verified\"");
      milter.expectNoFault();
    }
  }

  /** The key is asked for while the message is still arriving. */
  @Test
  void asksAhead() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Resolver resolver =
        new TxtResolver(name -> {
          asked.countDown();
          return Mails.DNS.txt(name);
        });
    try (LiveMilter milter = LiveMilter.open(LiveMilter.Setup.of(Mails.KEYS).asking(resolver));
        MilterClient client = milter.client()) {
      Mail mail = signed("4Ahead");
      client.negotiate();
      arrive(client);
      Mails.begin(client, mail);
      client.header(mail.fields().getFirst());
      client.abort(); // which sends what was collected; the end of the message never comes
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      client.quit();
    }
  }

  @Test
  void tellsNoKeyFromNotKnowing() throws Exception {
    Resolver resolver =
        new TxtResolver(name ->
            switch (name.ascii().split("\\.", 2)[0]) {
              case "failed" -> new Answer.Failed<>(Failure.SERVER_FAILURE);
              case "nodata" -> new Answer.NoData<>();
              default -> new Answer.NoSuchName<>();
            });
    try (LiveMilter milter = LiveMilter.open(LiveMilter.Setup.of(Mails.KEYS).asking(resolver))) {
      for (Map.Entry<String, String> each :
          Map.of(
                  "failed", "dkim=temperror reason=\"key unavailable: server failure\"",
                  "nodata", "dkim=permerror reason=\"no key for signature\"",
                  "absent", "dkim=permerror reason=\"no key for signature\"")
              .entrySet()) {
        Mail mail = Mails.mail("4Dns", "joe", "one.test");
        Mail signed = with(mail, Mails.signature(mail, each.getKey()));
        assertThat(results(deliver(milter, signed))).contains(each.getValue());
      }
      milter.expectNoFault();
    }
  }

  /** A server that never answers costs a message its budget, and nobody else anything. */
  @Test
  void waitsNoLongerThanItsPatience() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Resolver resolver =
        new TxtResolver(_ -> {
          try {
            never.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return new Answer.NoData<>();
        });
    LiveMilter.Setup setup =
        LiveMilter.Setup.of(Mails.KEYS).asking(resolver).patient(Duration.ofMillis(200));
    try (LiveMilter milter = LiveMilter.open(setup)) {
      assertThat(results(deliver(milter, signed("4Slow"))))
          .contains("dkim=temperror reason=\"key unavailable: timeout\" header.d=one.test");
      never.countDown();
    }
  }

  /** Our own fault in the DNS is answered as the settings say, and the connection goes on. */
  @Test
  void putsMailOffWhenTheResolverFails() throws Exception {
    Resolver resolver =
        new TxtResolver(_ -> {
          throw new IllegalStateException("planted");
        });
    try (LiveMilter milter = LiveMilter.open(LiveMilter.Setup.of(Mails.KEYS).asking(resolver))) {
      Outcome outcome = deliver(milter, signed("4Fault"));
      assertThat(outcome.reply())
          .isEqualTo(
              new Reply.Refuse(451, "4.7.1", "Service unavailable - try again later (4Fault)"));
      assertThat(milter.lines(1).getFirst()).contains(" reason=error ");
      assertThat(milter.metric("dovetail_milter_failures_total")).isOne();
    }
  }

  /** Mail on which we fail may be let in unverified, but never with a forged pass. */
  @Test
  void takesForgedResultsOutOfMailOnWhichItFails() throws Exception {
    Resolver resolver =
        new TxtResolver(_ -> {
          throw new IllegalStateException("planted");
        });
    LiveMilter.Setup setup = LiveMilter.Setup.of(Mails.KEYS).asking(resolver).accepting();
    try (LiveMilter milter = LiveMilter.open(setup)) {
      HeaderField forged = HeaderField.of(RESULTS, " mail.example.com; dkim=pass");
      Outcome outcome = deliver(milter, with(signed("4Forged"), forged));
      assertThat(outcome.reply()).isEqualTo(new Reply.Accept());
      assertThat(outcome.edits()).containsExactly(new Edit.DeleteHeader(RESULTS, 1));
    }
  }

  @Test
  void verifiesWhatATrustedClientMayNotHaveSigned() throws Exception {
    try (LiveMilter milter = LiveMilter.open()) {
      Mail mail = Mails.mail("4Relay", "joe", "elsewhere.example");
      assertThat(results(Mails.converse(milter, mail))).isEqualTo("mail.example.com; dkim=none");
      assertThat(milter.lines(1).getFirst()).contains("reason=no-key").contains(" dkim=none ");
    }
  }
}
