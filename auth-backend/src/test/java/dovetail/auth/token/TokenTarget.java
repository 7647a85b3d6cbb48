package dovetail.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.password.Secret;
import dovetail.fuzz.FuzzTarget;
import dovetail.live.Octets;
import java.util.List;

/**
 * Whatever is sent as a token: nobody is let in by what the issuer has not signed; and whatever it
 * signs, up to the first octet 1 as the header and behind it as the claims, has a verdict.
 */
public final class TokenTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "\1",
          ".",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"alg\":\"RS256\"",
          "\"alg\":\"none\"",
          "\"alg\":\"HS256\"",
          "{\"alg\":\"RS256\"}\1",
          "\"kid\":\"rsa\"",
          "\"typ\":\"JWT\"",
          "\"crit\":[\"exp\"]",
          "\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}",
          "\"x5c\":[\"AA\"]",
          "\"iss\":\"" + Tokens.ISSUER + "\"",
          "\"aud\":\"" + Tokens.AUDIENCE + "\"",
          "\"aud\":[\"" + Tokens.AUDIENCE + "\",7]",
          "\"exp\":1772366700",
          "\"exp\":1e999",
          "\"nbf\":-1.5e300",
          "\"iat\":null",
          "\"email\":\"joe@example.com\"",
          "\"email_verified\":true",
          "\"scope\":\"mail\"",
          Tokens.base64("{\"alg\":\"RS256\"}"),
          Tokens.base64("{\"alg\":\"none\"}"),
          Tokens.base64(Tokens.claims("joe@example.com")));

  @Override
  public String name() {
    return "token";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    try (Secret sent = Secret.of(input)) {
      TokenVerdict verdict = TokenVerifier.verify(sent, Tokens.RULES, Tokens.NOW);
      assertThat(verdict).isInstanceOf(TokenVerdict.Bad.class);
    }
    String text = Octets.string(input);
    int end = text.indexOf('\1');
    if (end < 0) {
      return "no token";
    }
    String token = Tokens.signed(text.substring(0, end), text.substring(end + 1));
    return switch (Tokens.judged(token, Tokens.RULES)) {
      case TokenVerdict.Good(String user) -> {
        assertThat(user).isNotEmpty();
        yield "good";
      }
      case TokenVerdict.Bad(TokenFault fault) -> fault.word();
    };
  }
}
