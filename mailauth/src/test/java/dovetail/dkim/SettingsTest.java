package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signature settings, identities, selectors and key records. */
class SettingsTest {
  @Test
  void fromIsSignedAndOversignedAlways() {
    SignatureSettings defaults = SignatureSettings.defaults();
    assertThat(defaults.signed().getFirst()).isEqualTo("From");
    assertThat(defaults.oversigned()).containsExactly("From");
    assertThat(defaults.isOversigned("from")).isTrue();
    assertThat(defaults.isOversigned("to")).isFalse();
    assertThat(defaults.signed()).contains("List-Unsubscribe", "List-Unsubscribe-Post");
    assertThat(defaults.signed()).doesNotContain("Received", "Return-Path");
    assertThatThrownBy(() -> settings(List.of("To"), Set.of())).hasMessage("From must be signed");
  }

  @Test
  void mistakesAreNamed() {
    for (String name : List.of("List-Id", "Received", "DKIM-Signature", "Resent-To", "ARC-Seal")) {
      assertThatThrownBy(() -> settings(List.of("From", name), Set.of(name)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name + " must not be oversigned");
      assertThat(settings(List.of("From", name), Set.of()).signed()).contains(name);
    }
    assertThatThrownBy(() -> settings(List.of("From"), Set.of("To")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("To cannot be oversigned: it is not signed");
    assertThatThrownBy(() -> settings(List.of("From", "from"), Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
    for (String name : List.of("", "To:", "a b", "a;b", "\u00fc", "a\r\nb")) {
      assertThatThrownBy(() -> settings(List.of("From", name), Set.of()))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not the name of a header field");
    }
    assertThatThrownBy(() ->
            new SignatureSettings(
                CanonicalizationPair.RELAXED,
                List.of("From"),
                Set.of(),
                Optional.of(Duration.ofMillis(999)),
                Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "joe, joe@example.com",
    "'', @example.com",
    "a@b, a@b@example.com",
    "j oe, j=20oe@example.com",
    "x;y=z, x=3By=3Dz@example.com",
  })
  void identities(String localPart, String tag) {
    assertThat(new Identity(localPart, TestKeys.domain("Example.COM")).tag()).isEqualTo(tag);
  }

  /** RFC 6376 3.5: the same as d= or below it. */
  @Test
  void identitiesBelongToTheSigner() {
    Identity identity = new Identity("", TestKeys.domain("mail.example.com"));
    assertThat(identity.isOf(TestKeys.domain("mail.example.com"))).isTrue();
    assertThat(identity.isOf(TestKeys.domain("example.com"))).isTrue();
    assertThat(identity.isOf(TestKeys.domain("other.example.com"))).isFalse();
    assertThat(identity.isOf(TestKeys.domain("a.mail.example.com"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "mail, mail",
    "Mail2026, mail2026",
    "2026, 2026",
    "a.b-c, a.b-c",
    "s_1, s_1",
    "xn--schn-7qa, xn--schn-7qa",
    "sch\u00f6n, xn--schn-7qa"
  })
  void selectors(String text, String selector) {
    assertThat(TestKeys.signingKey("example.com", text, TestKeys.ed25519()).selector())
        .isEqualTo(selector);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "a;b", "a/b", "-a", "a-", "a\r\nb"})
  void noSelectors(String text) {
    assertThatThrownBy(() -> TestKeys.signingKey("example.com", text, TestKeys.ed25519()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give no DNS name");
  }

  @Test
  void selectorsAreNotTooLong() {
    assertThatThrownBy(() -> TestKeys.signingKey("example.com", "a".repeat(64), TestKeys.ed25519()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> TestKeys.signingKey("example.com", "ab.".repeat(80) + "a", TestKeys.ed25519()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void zoneFilesHaveStringsThatFit() {
    KeyRecord record = TestKeys.rsa().keyRecord();
    assertThat(record.strings()).hasSize(2).allMatch(string -> string.length() <= 255);
    assertThat(String.join("", record.strings())).isEqualTo(record.text());
    assertThat(record.zoneFile("mail", TestKeys.domain("example.com")))
        .startsWith("mail._domainkey.example.com.\tIN\tTXT\t(\n\t\"v=DKIM1; k=rsa; p=MII")
        .endsWith("\" )\n")
        .hasLineCount(3);
    assertThat(TestKeys.key("rfc8463-brisbane.pem").keyRecord().zoneFile("s", TestKeys.domain("a")))
        .isEqualTo(
            """
            s._domainkey.a.\tIN\tTXT\t(
            \t"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" )
            """);
  }

  private static SignatureSettings settings(List<String> signed, Set<String> oversigned) {
    return new SignatureSettings(
        CanonicalizationPair.RELAXED, signed, oversigned, Optional.empty(), Optional.empty());
  }
}
