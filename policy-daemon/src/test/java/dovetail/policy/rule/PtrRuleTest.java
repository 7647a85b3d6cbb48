package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PtrRuleTest {
  private static final Zone ZONE =
      Zone.EMPTY
          .ptr("1.2.0.192.in-addr.arpa", "mail.example.com")
          .a("mail.example.com", "192.0.2.1")
          .ptr("2.2.0.192.in-addr.arpa", "mail.example.com")
          .failing(RecordType.PTR, "3.2.0.192.in-addr.arpa");

  private static String said(Measure missing, Measure mismatch, String client) {
    return Said.by(
        new PtrRule(ZONE.checks(), missing, mismatch, Refusal.with(550)),
        "protocol_state=RCPT client_name=unknown client_address=" + client);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, passes, passes",
    "192.0.2.2, ptr 550 5.7.25 the name of your address does not lead back to it, passes",
    "192.0.2.3, abstains, abstains",
    "192.0.2.4, ptr 450 4.7.25 your address has no name in the DNS, passes",
    "2001:db8::1, ptr 450 4.7.25 your address has no name in the DNS, passes",
    "unknown, not now, not now",
  })
  void whatPostfixCouldNotFindIsLookedFor(String client, String strict, String lax) {
    assertThat(said(Measure.DEFER, Measure.REJECT, client)).isEqualTo(strict);
    assertThat(said(Measure.NONE, Measure.NONE, client)).isEqualTo(lax);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail.example.com", "", "anything"})
  void whatPostfixHasFoundIsNot(String name) {
    CountingResolver resolver = CountingResolver.of(ZONE);
    PtrRule rule =
        new PtrRule(Zone.checks(resolver), Measure.REJECT, Measure.REJECT, Refusal.with(550));
    assertThat(Said.by(rule, "protocol_state=RCPT client_address=192.0.2.4 client_name=" + name))
        .isEqualTo("passes");
    assertThat(resolver.asked()).isEmpty();
  }

  @Test
  void isAskedOnceForAMessage() {
    CountingResolver resolver = CountingResolver.of(ZONE);
    PtrRule rule =
        new PtrRule(Zone.checks(resolver), Measure.DEFER, Measure.NONE, Refusal.with(550));
    MessageSoFar message = new MessageSoFar();
    for (int i = 0; i < 3; i++) {
      assertThat(
              Said.by(
                  rule,
                  Asked.facts(
                      "protocol_state=RCPT instance=1 client_name=unknown"
                          + " client_address=192.0.2.4",
                      message)))
          .startsWith("ptr 450");
    }
    assertThat(resolver.asked()).hasSize(1);
  }
}
