package dovetail.auth.wire.sasl;

import static dovetail.auth.wire.sasl.Messages.data;
import static dovetail.auth.wire.sasl.Messages.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.wire.SaslData;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Octet 1 is written as ^. */
class OAuthTest {
  private static final String TOKEN = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";

  private static SaslData message(String text) {
    return data(text.replace('^', '\1'));
  }

  /** RFC 7628 4.1 and 4.3. */
  @Test
  void readsTheExamplesOfTheRfc() throws MalformedSaslException {
    String text =
        "n,a=user@example.com,^host=server.example.com^port=143^auth=Bearer " + TOKEN + "^^";
    OAuthBearerMessage read = OAuthBearerMessage.parse(message(text));
    assertThat(read)
        .isEqualTo(
            new OAuthBearerMessage(
                Optional.of("user@example.com"),
                Optional.of("server.example.com"),
                Optional.of(143),
                data(TOKEN)));
    assertThat(string(read.data()).replace('\1', '^')).isEqualTo(text);
    String json =
        "{\"status\":\"invalid_token\",\"scope\":\"example_scope\","
            + "\"openid-configuration\":\"https://example.com/.well-known/openid-configuration\"}";
    OAuthError error = OAuthError.parse(data(json));
    assertThat(error)
        .isEqualTo(
            new OAuthError(
                "invalid_token",
                Optional.empty(),
                Optional.of("example_scope"),
                Optional.of("https://example.com/.well-known/openid-configuration")));
    assertThat(string(error.data())).isEqualTo(json);
    assertThat(OAuthBearerMessage.isAcknowledgement(message("^"))).isTrue();
    assertThat(OAuthBearerMessage.acknowledgement()).isEqualTo(message("^"));
    for (String other : List.of("", "^^", "n,,^")) {
      assertThat(OAuthBearerMessage.isAcknowledgement(message(other))).isFalse();
    }
  }

  @Test
  void readsLess() throws MalformedSaslException {
    assertThat(OAuthBearerMessage.parse(message("y,,^auth=bearer  a.b-c_d~e+f/==^mthd=GET^^")))
        .isEqualTo(
            new OAuthBearerMessage(
                Optional.empty(), Optional.empty(), Optional.empty(), data("a.b-c_d~e+f/==")));
    assertThat(OAuthBearerMessage.parse(message("n,a=a=2Cb=3D,^host=^auth=BEARER x^^")))
        .isEqualTo(
            new OAuthBearerMessage(
                Optional.of("a,b="), Optional.of(""), Optional.empty(), data("x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|PARTS",
        "^|PARTS",
        "n,,|PARTS",
        "n,,^|PARTS",
        "n,^auth=Bearer x^^|PARTS",
        "n,,,^auth=Bearer x^^|PARTS",
        "n,,x^auth=Bearer x^^|PARTS",
        "x,,^auth=Bearer x^^|BINDING_FLAG",
        "p=tls-exporter,,^auth=Bearer x^^|BINDING_FLAG",
        "n,u,^auth=Bearer x^^|PARTS",
        "n,a=,^auth=Bearer x^^|EMPTY",
        "n,a==,^auth=Bearer x^^|NAME",
        "n,,^auth=Bearer x^|PARTS",
        "n,,^auth=Bearer x|PARTS",
        "n,,^auth=Bearer x^^y|PARTS",
        "n,,^auth=Bearer x^^^|PARTS",
        "n,,^^|TOKEN",
        "n,,^auth=^^|TOKEN",
        "n,,^auth=Bearer^^|TOKEN",
        "n,,^auth=Bearer ^^|TOKEN",
        "n,,^auth=Bearer =^^|TOKEN",
        "n,,^auth=Bearer a b^^|TOKEN",
        "n,,^auth=Bearer a=b^^|TOKEN",
        "n,,^auth=Basic abcdef^^|TOKEN",
        "n,,^auth=Bearer x^auth=Bearer x^^|DUPLICATE",
        "n,,^host=a^host=b^auth=Bearer x^^|DUPLICATE",
        "n,,^port=0^auth=Bearer x^^|NUMBER",
        "n,,^port=65536^auth=Bearer x^^|NUMBER",
        "n,,^port=x^auth=Bearer x^^|NUMBER",
        "n,,^=x^auth=Bearer x^^|PARTS",
        "n,,^host^auth=Bearer x^^|PARTS",
        "n,,^a1=x^auth=Bearer x^^|PARTS",
        "n,,^host=\u0000^auth=Bearer x^^|TEXT",
        "n,,^host=\u00ff^auth=Bearer x^^|TEXT"
      })
  void refusesTheOthers(String octets, SaslFault fault) {
    Messages.assertMalformed(OAuthBearerMessage::parse, octets.replace('^', '\1'), fault);
  }

  @Test
  void readsXOAuth2() throws MalformedSaslException {
    // Google's own example, whose token is cut.
    String text =
        "user=someuser@example.com^auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg^^";
    XOAuth2Message read = XOAuth2Message.parse(message(text));
    assertThat(read)
        .isEqualTo(
            new XOAuth2Message(
                "someuser@example.com", data("ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg")));
    assertThat(string(read.data()).replace('\1', '^')).isEqualTo(text);
    assertThat(
            OAuthError.parse(
                data(
                    "{\"status\":\"401\",\"schemes\":\"bearer mac\",\"scope\":\"https://mail.google.com/\"}")))
        .isEqualTo(
            new OAuthError(
                "401",
                Optional.of("bearer mac"),
                Optional.of("https://mail.google.com/"),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|PARTS",
        "^|PARTS",
        "user=a^^|TOKEN",
        "auth=Bearer x^^|PARTS",
        "user=^auth=Bearer x^^|EMPTY",
        "user=a^user=b^auth=Bearer x^^|DUPLICATE",
        "user=a^auth=Bearer x^|PARTS",
        "n,a=u,^auth=Bearer x^^|PARTS"
      })
  void refusesOtherXOAuth2(String octets, SaslFault fault) {
    Messages.assertMalformed(XOAuth2Message::parse, octets.replace('^', '\1'), fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"status\":1}", "{\"status\":\"a\"", "invalid_token"})
  void refusesOtherErrors(String json) {
    Messages.assertMalformed(OAuthError::parse, json, SaslFault.JSON);
  }

  @Test
  void tokensAreCopies() throws MalformedSaslException {
    SaslData message = message("user=a^auth=Bearer x^^");
    XOAuth2Message read = XOAuth2Message.parse(message);
    message.close();
    assertThat(read.token()).isEqualTo(data("x"));
    read.close();
    assertThatThrownBy(() -> read.token().octets()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void writesNoOther() {
    Optional<String> none = Optional.empty();
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new XOAuth2Message("", data("x")),
            () -> new XOAuth2Message("a\1b", data("x")),
            () -> new XOAuth2Message("a", data("")),
            () -> new XOAuth2Message("a", data("a\1b")),
            () -> new OAuthBearerMessage(Optional.of(""), none, Optional.empty(), data("x")),
            () -> new OAuthBearerMessage(Optional.of("\1"), none, Optional.empty(), data("x")),
            () -> new OAuthBearerMessage(none, Optional.of("\1"), Optional.empty(), data("x")),
            () -> new OAuthBearerMessage(none, none, Optional.of(0), data("x")),
            () -> new OAuthBearerMessage(none, none, Optional.empty(), data("a b")))) {
      assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
