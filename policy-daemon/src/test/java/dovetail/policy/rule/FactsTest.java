package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Request;
import dovetail.policy.wire.Stage;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is malformed is absent, and never an exception. */
class FactsTest {
  private static Facts with(Attribute attribute, String value) {
    return Facts.of(
        new Request.Builder().put(attribute, value).build(), new MessageSoFar(), Instant.EPOCH);
  }

  @Test
  void ofNothingNothingIsKnown() {
    Facts facts = Asked.facts("request=smtpd_access_policy");
    assertThat(facts.stage()).isEqualTo(Stage.OTHER);
    assertThat(facts.client()).isEmpty();
    assertThat(facts.clientName()).isEmpty();
    assertThat(facts.reverseName()).isEmpty();
    assertThat(facts.sender()).isEmpty();
    assertThat(facts.isNullSender()).isFalse();
    assertThat(facts.recipient()).isEmpty();
    assertThat(facts.login()).isEmpty();
    assertThat(facts.recipientCount()).isZero();
    assertThat(facts.size()).isZero();
    assertThat(facts.now()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::1, 0:0:0:0:0:0:0:1",
  })
  void readsAddressesOfClients(String text, String address) {
    assertThat(with(Attribute.CLIENT_ADDRESS, text).client().orElseThrow().getHostAddress())
        .isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "unknown", "localhost", "192.0.2.256", "192.0.2", "1", "0x7f000001", "127.1",
        "IPv6:::1", "[::1]", "fe80::1%eth0", ":::", "12345::", "192.0.2.1 ", "192.0.2.1/32", "\0",
        "1.2.3.4.5", "\u0661.1.1.1"
      })
  void theOthersHaveNone(String text) {
    assertThat(with(Attribute.CLIENT_ADDRESS, text).client()).isEmpty();
  }

  @Test
  void readsNames() {
    Optional<Domain> name = Domain.parse("mail.example.com");
    assertThat(with(Attribute.CLIENT_NAME, "Mail.Example.COM.").clientName()).isEqualTo(name);
    assertThat(with(Attribute.REVERSE_CLIENT_NAME, "mail.example.com").reverseName())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", ".", "a..b", "192.0.2.1", "-x.example", "a b", "\ufffd"})
  void theOthersAreNone(String text) {
    assertThat(with(Attribute.CLIENT_NAME, text).clientName()).isEmpty();
    assertThat(with(Attribute.REVERSE_CLIENT_NAME, text).reverseName()).isEmpty();
  }

  @Test
  void readsMailAddressesInTheirOneSpelling() {
    Optional<Address> ann = Address.parse("ann@example.com");
    assertThat(with(Attribute.SENDER, "Ann@EXAMPLE.com").sender()).isEqualTo(ann);
    assertThat(with(Attribute.RECIPIENT, "\"ann\"@example.com").recipient()).isEqualTo(ann);
    assertThat(with(Attribute.SENDER, "j\u00fc@m\u00fcller.example").sender().orElseThrow())
        .hasToString("j\u00fc@xn--mller-kva.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann",
        "@",
        "@example.com",
        "ann@",
        "a@b@c",
        "ann@[192.0.2.1]",
        "<ann@example.com>",
        "a b@example.com",
        "\"@example.com",
        "ann@example..com",
        "a\u0001b@example.com"
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(with(Attribute.SENDER, text).sender()).isEmpty();
    assertThat(with(Attribute.RECIPIENT, text).recipient()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theNullSenderIsThereOnceThereIsASender(Stage stage) {
    boolean past = stage == Stage.RCPT || stage == Stage.DATA || stage == Stage.END_OF_MESSAGE;
    String state = "protocol_state=" + stage.word();
    assertThat(Asked.facts(state + " sender=").isNullSender()).isEqualTo(past);
    assertThat(Asked.facts(state + " sender=<>").isNullSender()).isFalse();
    assertThat(Asked.facts(state + " sender=x").isNullSender()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ann, ann",
    "ANN, ann",
    "Ann@Example.COM, ann@example.com",
    "'EXAMPLE\\ann', 'example\\ann'",
    "'Ann B', 'ann b'",
    "@, @",
  })
  void loginsHaveOneSpelling(String text, String login) {
    assertThat(with(Attribute.SASL_USERNAME, text).login()).contains(login);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "00012, 12",
    "2147483648, 2147483648",
    "999999999999999999, 999999999999999999",
    "9999999999999999999, 0",
    "-1, 0",
    "+1, 0",
    "1.5, 0",
    "1e3, 0",
    "'1 ', 0",
    "0x10, 0",
    "\u0661, 0",
  })
  void numbersAreDigits(String text, long number) {
    assertThat(with(Attribute.SIZE, text).size()).isEqualTo(number);
    assertThat(with(Attribute.RECIPIENT_COUNT, text).recipientCount())
        .isEqualTo((int) Math.min(number, Integer.MAX_VALUE));
  }

  @Test
  void megabytesAreNothing() {
    String text = "1".repeat(1 << 20);
    assertThat(with(Attribute.CLIENT_ADDRESS, text).client()).isEmpty();
    assertThat(with(Attribute.CLIENT_NAME, text).clientName()).isEmpty();
    assertThat(with(Attribute.SENDER, text + "@example.com").sender()).isEmpty();
    assertThat(with(Attribute.SIZE, text).size()).isZero();
    assertThat(with(Attribute.SASL_USERNAME, text).login()).contains(text);
    assertThat(with(Attribute.PROTOCOL_STATE, text).stage()).isEqualTo(Stage.OTHER);
  }

  @Test
  void countsTheRecipientsThatAreAskedAbout() {
    MessageSoFar message = new MessageSoFar();
    Asked.facts("protocol_state=RCPT recipient=a@one.example", message);
    Asked.facts("protocol_state=RCPT recipient=b@ONE.example", message);
    Asked.facts("protocol_state=RCPT recipient=postmaster", message);
    Asked.facts("protocol_state=RCPT recipient=a@one.example policy_context=x", message);
    Asked.facts("protocol_state=DATA recipient=a@two.example", message);
    assertThat(message.recipients()).isEqualTo(3);
    assertThat(message.domains())
        .containsExactly(java.util.Map.entry(Domain.parse("one.example").orElseThrow(), 2));
  }

  @Test
  void remembersSoManyLinesOfMainCfOnly() {
    MessageSoFar message = new MessageSoFar();
    for (int i = 0; i < 100; i++) {
      message.asked("c" + i);
      Asked.facts("protocol_state=RCPT recipient=x@y.example policy_context=c" + i, message);
    }
    assertThat(message.contexts()).hasSize(16).contains("c0", "c15");
    assertThat(message.askers()).hasSize(16).contains("c0", "c15");
  }

  @Test
  void remembersSoManyDomainsOnly() {
    MessageSoFar message = new MessageSoFar();
    for (int i = 0; i < 1_200; i++) {
      Asked.facts("protocol_state=RCPT recipient=x@d%d.example".formatted(i), message);
    }
    Asked.facts("protocol_state=RCPT recipient=x@d0.example", message);
    assertThat(message.recipients()).isEqualTo(1_201);
    assertThat(message.domains()).hasSize(1_000);
    assertThat(message.domains()).containsEntry(Domain.parse("d0.example").orElseThrow(), 2);
  }

  @Test
  void whatWasFoundOutIsForgottenAtTheEnd() {
    MessageSoFar message = new MessageSoFar();
    Asked.facts("protocol_state=RCPT recipient=x@one.example", message);
    assertThat(message.remembered(this, String.class, () -> "first")).isEqualTo("first");
    assertThat(message.remembered(this, String.class, () -> "second")).isEqualTo("first");
    message.ends();
    assertThat(message.remembered(this, String.class, () -> "third")).isEqualTo("third");
    assertThat(message.knownDomains()).isEqualTo(1); // another line may ask at the end, too
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, b@one.example, 0, 1, 0",
    "DATA, b@one.example, 1, 1, 0",
    "END-OF-MESSAGE, b@one.example, 1, 1, 0",
    "END-OF-MESSAGE, b@one.example, 3, 1, 2",
    "END-OF-MESSAGE, postmaster, 1, 1, 0",
    "END-OF-MESSAGE, '', 3, 0, 3",
    "MAIL, b@one.example, 0, 0, 0",
  })
  void aRequestByItselfKnowsTheRecipientThatItNames(
      String stage, String recipient, int count, int known, int unnamed) {
    Facts facts =
        Facts.alone(
            Asked.request(
                "protocol_state=%s recipient=%s recipient_count=%d"
                    .formatted(stage, recipient, count)),
            Instant.EPOCH);
    assertThat(facts.message().recipients()).isEqualTo(known);
    assertThat(facts.unnamedRecipients()).isEqualTo(unnamed);
    assertThat(facts.message().askers()).hasSize(stage.equals("RCPT") ? 1 : 0);
  }

  @Property
  void anyTextIsRead(@ForAll String text) {
    for (Attribute attribute : Attribute.values()) {
      Facts facts = with(attribute, text);
      assertThat(facts.size()).isNotNegative();
      assertThat(facts.recipientCount()).isNotNegative();
      assertThat(facts.login().isPresent())
          .isEqualTo(attribute == Attribute.SASL_USERNAME && !text.isEmpty());
      assertThat(facts.client().isPresent() && attribute != Attribute.CLIENT_ADDRESS).isFalse();
      assertThat(facts.sender().isPresent() && attribute != Attribute.SENDER).isFalse();
      assertThat(facts.recipient().isPresent() && attribute != Attribute.RECIPIENT).isFalse();
    }
  }
}
