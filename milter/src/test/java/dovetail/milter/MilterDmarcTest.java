package dovetail.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.dns.ReverseName;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.milter.Mails.Mail;
import dovetail.milter.wire.Edit;
import dovetail.milter.wire.MilterClient;
import dovetail.milter.wire.MilterClient.Outcome;
import dovetail.milter.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked about strangers, and how it stands in the field above their mail. */
@Timeout(60)
class MilterDmarcTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
  private static final Resolver DNS =
      new MapResolver(
              Map.of(
                  domain("one.test"), text("v=spf1 ip4:192.0.2.0/24 -all"),
                  domain("_dmarc.one.test"), text("v=DMARC1; p=reject"),
                  domain("mail.one.test"), text("v=spf1 a -all"),
                  domain("two.test"), text("v=spf1 -all"),
                  domain("_dmarc.two.test"), text("v=DMARC1; p=quarantine")))
          .with(RecordType.PTR, ReverseName.of(CLIENT), records("mail.one.test"))
          .with(RecordType.A, domain("mail.one.test"), records(CLIENT));

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static Answer<String> text(String record) {
    return records(record);
  }

  private static <T> Answer<T> records(T record) {
    return new Answer.Records<>(List.of(record), false);
  }

  private static LiveMilter open() throws IOException {
    return LiveMilter.open(LiveMilter.Setup.of(_ -> List.of()).asking(DNS));
  }

  private static void arrive(MilterClient client, String helo) throws IOException {
    client.negotiate();
    client.connect("mail.one.test", new InetSocketAddress(CLIENT, 25));
    client.helo(helo);
  }

  private static String results(Outcome outcome) {
    assertThat(outcome.reply()).isEqualTo(new Reply.Accept());
    assertThat(outcome.edits()).hasSize(1);
    return ((Edit.InsertHeader) outcome.edits().getFirst())
        .field()
        .unfolded()
        .strip()
        .replaceAll("\\s+", " ");
  }

  @Test
  void eachMessageOfAConnectionHasItsOwnResults() throws Exception {
    try (LiveMilter milter = open();
        MilterClient client = milter.client()) {
      arrive(client, "mail.one.test");
      assertThat(results(Mails.send(client, Mails.mail("4Good", "joe", "one.test"))))
          .isEqualTo(
              "mail.example.com; iprev=pass (mail.one.test) policy.iprev=192.0.2.1;"
                  + " spf=pass smtp.mailfrom=one.test; spf=pass smtp.helo=mail.one.test;"
                  + " dmarc=pass header.from=one.test policy.dmarc=reject; dkim=none");
      assertThat(results(Mails.send(client, Mails.mail("4Forged", "joe", "two.test"))))
          .isEqualTo(
              "mail.example.com; iprev=pass (mail.one.test) policy.iprev=192.0.2.1;"
                  + " spf=fail smtp.mailfrom=two.test; spf=pass smtp.helo=mail.one.test;"
                  + " dmarc=fail reason=\"no domain is authenticated\" header.from=two.test"
                  + " policy.dmarc=quarantine; dkim=none");
      client.quit();
      List<String> lines = milter.lines(2);
      assertThat(lines.getFirst())
          .contains(
              " iprev=pass:mail.one.test spf=pass:one.test spf_helo=pass:mail.one.test dkim=none"
                  + " dmarc=pass:one.test/reject ");
      assertThat(lines.getLast())
          .contains(" spf=fail:two.test ")
          .contains(" dmarc=fail(not-authenticated):two.test/quarantine ");
      assertThat(milter.metric("dovetail_milter_dmarc_results_total{result=\"fail\"}")).isOne();
      assertThat(milter.metric("dovetail_milter_spf_results_total{result=\"pass\"}")).isOne();
      milter.expectNoFault();
    }
  }

  @Test
  void theNullSenderIsWhatTheClientCallsItself() throws Exception {
    try (LiveMilter milter = open();
        MilterClient client = milter.client()) {
      arrive(client, "mail.one.test");
      Mail mail = Mails.mail("4Bounce", "postmaster", "one.test");
      Mail bounce = new Mail(mail.queueId(), "<>", mail.fields(), mail.body());
      assertThat(results(Mails.send(client, bounce)))
          .contains("; spf=pass smtp.helo=mail.one.test; dmarc=pass header.from=one.test")
          .doesNotContain("smtp.mailfrom");
      client.quit();
    }
  }

  @Test
  void theNameOfTheClientIsForgottenWithIt() throws Exception {
    try (LiveMilter milter = open();
        MilterClient client = milter.client()) {
      arrive(client, "mail.one.test");
      Mails.send(client, Mails.mail("4First", "joe", "one.test"));
      client.helo("[192.0.2.1]");
      assertThat(results(Mails.send(client, Mails.mail("4Second", "joe", "one.test"))))
          .contains("spf=pass smtp.mailfrom=one.test; dmarc=pass");
      client.quit();
    }
  }

  @Test
  void aTrustedClientIsNotAskedAbout() throws Exception {
    try (LiveMilter milter = open();
        MilterClient client = milter.client()) {
      client.negotiate();
      Mails.greet(client);
      assertThat(results(Mails.send(client, Mails.mail("4Trusted", "joe", "two.test"))))
          .isEqualTo("mail.example.com; dkim=none");
      client.quit();
    }
  }

  @Test
  void anAuthorWhoIsNotClearHasNoPolicy() throws Exception {
    try (LiveMilter milter = open();
        MilterClient client = milter.client()) {
      arrive(client, "mail.one.test");
      Mail mail = Mails.mail("4Twice", "joe", "one.test");
      List<HeaderField> fields = new ArrayList<>(mail.fields());
      fields.add(HeaderField.of("From", " ann@two.test"));
      assertThat(
              results(
                  Mails.send(client, new Mail(mail.queueId(), mail.sender(), fields, mail.body()))))
          .contains("; dmarc=permerror reason=\"")
          .doesNotContain("header.from");
      client.quit();
      milter.expectNoFault();
    }
  }
}
