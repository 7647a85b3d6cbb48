package dovetail.auth.token;

import static dovetail.auth.token.Tokens.KEYS;
import static dovetail.auth.token.Tokens.RULES;
import static dovetail.auth.token.Tokens.SECRET;
import static dovetail.auth.token.Tokens.claims;
import static dovetail.auth.token.Tokens.judged;
import static dovetail.auth.token.Tokens.octets;
import static dovetail.auth.token.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are good, and what is wrong with the others. */
final class TokenVerifierTest {
  private static final String JOE = claims("joe@example.com");
  private static final TokenVerdict GOOD = new TokenVerdict.Good("joe@example.com");
  private static final String RS256 = "{\"alg\":\"RS256\"}";

  private static TokenVerdict bad(TokenFault fault) {
    return new TokenVerdict.Bad(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
        "Ed25519"
      })
  void takesWhatKeysAreFor(String algorithm) {
    String header = "{\"alg\":\"" + algorithm + "\"}";
    String token = Tokens.token(header, JOE, algorithm, Tokens.key(algorithm));
    assertThat(judged(token, RULES)).isEqualTo(GOOD);
    // One octet of each part is another.
    for (int part = 0; part < 3; part++) {
      String[] parts = token.split("\\.", -1);
      char[] changed = parts[part].toCharArray();
      changed[5] = changed[5] == 'A' ? 'B' : 'A';
      parts[part] = new String(changed);
      assertThat(judged(String.join(".", parts), RULES)).isInstanceOf(TokenVerdict.Bad.class);
    }
    for (int end = 0; end < token.length(); end++) {
      assertThat(judged(token.substring(0, end), RULES)).isInstanceOf(TokenVerdict.Bad.class);
    }
  }

  /** RFC 7515 3.5: what is signed in one way is not taken for another. */
  @ParameterizedTest
  @CsvSource({
    "RS256, PS256",
    "PS256, RS256",
    "RS256, RS512",
    "ES256, ES384",
    "ES384, ES256",
    "EdDSA, ES256",
    "RS256, EdDSA",
    "ES256, RS256"
  })
  void isNotConfusedAboutAlgorithms(String signed, String said) {
    String header = "{\"alg\":\"" + said + "\"}";
    assertThat(judged(Tokens.token(header, JOE, signed, Tokens.key(signed)), RULES))
        .isEqualTo(bad(TokenFault.SIGNATURE));
  }

  @Test
  void takesNoPublicKeyForASecret() {
    byte[] der = Tokens.RSA.getPublic().getEncoded();
    List<byte[]> secrets =
        List.of(
            der,
            octets(Tokens.pem("PUBLIC KEY", der)),
            octets(Tokens.jwk(Tokens.RSA.getPublic(), "")),
            new byte[32]);
    for (byte[] secret : secrets) {
      for (String kid : List.of("", ",\"kid\":\"rsa\"")) {
        String token = Tokens.macced("{\"alg\":\"HS256\"" + kid + "}", JOE, secret);
        assertThat(judged(token, RULES)).isEqualTo(bad(TokenFault.ALGORITHM));
      }
    }
  }

  @Test
  void takesASecretWhereThereIsOne() {
    TokenKeys secret = new TokenKeys(List.of(TokenKey.of(octets(SECRET))));
    TokenRules rules = Tokens.rules(secret, List.of());
    String header = "{\"alg\":\"HS256\"}";
    assertThat(judged(Tokens.macced(header, JOE, octets(SECRET)), rules)).isEqualTo(GOOD);
    assertThat(judged(Tokens.macced(header, JOE, octets(SECRET + "x")), rules))
        .isEqualTo(bad(TokenFault.SIGNATURE));
    assertThat(judged(signed(RS256, JOE), rules)).isEqualTo(bad(TokenFault.ALGORITHM));
    List<TokenKey> both = new ArrayList<>(List.of(TokenKey.of(octets(SECRET))));
    both.add(TokenKey.of(Optional.of("rsa"), Tokens.RSA.getPublic()).orElseThrow());
    TokenRules all = Tokens.rules(new TokenKeys(both), List.of());
    byte[] der = Tokens.RSA.getPublic().getEncoded();
    assertThat(judged(Tokens.macced("{\"alg\":\"HS256\",\"kid\":\"rsa\"}", JOE, der), all))
        .isEqualTo(bad(TokenFault.SIGNATURE));
    assertThat(judged(signed(RS256, JOE), all)).isEqualTo(GOOD);
  }

  @Test
  void refusesWhatNobodyHasSigned() {
    String head = Tokens.base64("{\"alg\":\"none\"}") + "." + Tokens.base64(JOE) + ".";
    for (String signature : List.of("", "AA", "AAAA", "e30")) {
      for (String none : List.of("none", "None", "NONE", "nonE", "")) {
        String token = Tokens.base64("{\"alg\":\"" + none + "\"}") + "." + Tokens.base64(JOE) + ".";
        assertThat(judged(token + signature, RULES)).isInstanceOf(TokenVerdict.Bad.class);
      }
    }
    assertThat(judged(head, RULES)).isEqualTo(bad(TokenFault.FORM));
    assertThat(judged(head + "AA", RULES)).isEqualTo(bad(TokenFault.FORM));
    assertThat(judged(Tokens.forged("joe@example.com"), RULES))
        .isEqualTo(bad(TokenFault.SIGNATURE));
    // A signature of ECDSA that is all zeros (CVE-2022-21449), and one that is none by its length.
    String es = Tokens.base64("{\"alg\":\"ES256\"}") + "." + Tokens.base64(JOE) + ".";
    assertThat(judged(es + Tokens.base64(new byte[64]), RULES))
        .isEqualTo(bad(TokenFault.SIGNATURE));
    assertThat(judged(es + "AAAA", RULES)).isEqualTo(bad(TokenFault.SIGNATURE));
    String ed = Tokens.base64("{\"alg\":\"EdDSA\"}") + "." + Tokens.base64(JOE) + ".";
    assertThat(judged(ed + "AAAA", RULES)).isEqualTo(bad(TokenFault.SIGNATURE));
    assertThat(judged(ed + Tokens.base64(new byte[64]), RULES))
        .isEqualTo(bad(TokenFault.SIGNATURE));
  }

  /** Of the header that is given here, in a token that is signed with the right key. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'alg':'RS256','kid':'rsa'} | GOOD",
        "{'alg':'RS256','kid':'other'} | KEY",
        "{'alg':'RS256','kid':'p256'} | KEY",
        "{'alg':'RS256','kid':''} | KEY",
        "{'alg':'RS256','kid':7} | FORM",
        "{'alg':'HS256','kid':'rsa'} | ALGORITHM",
        "{'alg':'RS1'} | ALGORITHM",
        "{'alg':'rs256'} | ALGORITHM",
        "{'alg':'ES256K'} | ALGORITHM",
        "{'alg':'RSA-OAEP','enc':'A128GCM'} | FORM",
        "{'alg':7} | FORM",
        "{'kid':'rsa'} | FORM",
        "{} | FORM",
        "[] | FORM",
        "x | FORM",
        "{'alg':'RS256','alg':'RS256'} | FORM",
        "{'alg':'RS256','crit':['exp'],'exp':1} | CRITICAL",
        "{'alg':'RS256','crit':['b64'],'b64':true} | CRITICAL",
        "{'alg':'RS256','crit':[]} | CRITICAL",
        "{'alg':'RS256','b64':false} | CRITICAL",
        "{'alg':'RS256','typ':'JWT'} | GOOD",
        "{'alg':'RS256','typ':'jwt'} | GOOD",
        "{'alg':'RS256','typ':'at+jwt'} | GOOD",
        "{'alg':'RS256','typ':'application/at+JWT'} | GOOD",
        "{'alg':'RS256','typ':'logout+jwt'} | TYPE",
        "{'alg':'RS256','typ':'dpop+jwt'} | TYPE",
        "{'alg':'RS256','typ':''} | TYPE",
        "{'alg':'RS256','jku':'https://evil.example/','x5u':'https://evil.example/'} | GOOD",
      })
  void readsHeaders(String header, String wanted) {
    assertThat(judged(signed(header.replace('\'', '"'), JOE), RULES)).isEqualTo(verdict(wanted));
  }

  private static TokenVerdict verdict(String word) {
    return word.equals("GOOD") ? GOOD : bad(TokenFault.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  /** A key that a token brings along is none of the issuer's. */
  @Test
  void takesNoKeyFromAToken() {
    String jwk = Tokens.jwk(Tokens.OTHER.getPublic(), ",\"kid\":\"rsa\"");
    String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"jwk\":" + jwk + "}";
    assertThat(judged(Tokens.token(header, JOE, "RS256", Tokens.OTHER.getPrivate()), RULES))
        .isEqualTo(bad(TokenFault.SIGNATURE));
  }

  /** Of joe's claims, with one of them replaced. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'exp':1772366700 | 'exp':1772366341 | GOOD", // a minute ago, less a second
        "'exp':1772366700 | 'exp':1772366340 | EXPIRED",
        "'exp':1772366700 | 'exp':0 | EXPIRED",
        "'exp':1772366700 | 'exp':-1 | EXPIRED",
        "'exp':1772366700 | 'exp':'1772366700' | CLAIMS",
        "'exp':1772366700 | 'exp':null | EXPIRED",
        "'exp':1772366700 | 'x':1 | EXPIRED",
        "'iat':1772366100 | 'x':1 | GOOD",
        "'iat':1772366100 | 'iat':1772366460 | GOOD",
        "'iat':1772366100 | 'iat':1772366461 | NOT_YET",
        "'iat':1772366100 | 'nbf':1772366460 | GOOD",
        "'iat':1772366100 | 'nbf':1772366461 | NOT_YET",
        "'iat':1772366100 | 'nbf':1,'iat':1772366461 | NOT_YET",
        "'iss':'https://login.example.com/' | 'iss':'https://login.example.com' | ISSUER",
        "'iss':'https://login.example.com/' | 'x':1 | ISSUER",
        "'iss':'https://login.example.com/' | 'iss':7 | CLAIMS",
        "'aud':'mail.example.com' | 'aud':'MAIL.example.com' | AUDIENCE",
        "'aud':'mail.example.com' | 'aud':['web','other.example.com'] | GOOD",
        "'aud':'mail.example.com' | 'aud':['web'] | AUDIENCE",
        "'aud':'mail.example.com' | 'aud':[] | AUDIENCE",
        "'aud':'mail.example.com' | 'aud':7 | CLAIMS",
        "'aud':'mail.example.com' | 'x':1 | AUDIENCE",
        "'email':'joe@example.com' | 'x':1 | USER",
        "'email':'joe@example.com' | 'email':'' | USER",
        "'email':'joe@example.com' | 'email':['joe@example.com'] | CLAIMS",
        "'email':'joe@example.com' | 'email':null | USER",
        "'email_verified':true | 'email_verified':false | UNVERIFIED",
        "'email_verified':true | 'email_verified':'true' | GOOD",
        "'email_verified':true | 'x':1 | UNVERIFIED",
        "'aud':'mail.example.com' | 'aud':[null,'mail.example.com'] | GOOD",
        "'email_verified':true | 'cnf':{'jkt':'x'} | BOUND",
        "'email_verified':true | 'iss':'https://login.example.com/' | CLAIMS", // twice
      })
  void readsClaims(String one, String other, String wanted) {
    String claims = JOE.replace(one.replace('\'', '"'), other.replace('\'', '"'));
    assertThat(claims).isNotEqualTo(JOE);
    assertThat(judged(signed(RS256, claims), RULES)).isEqualTo(verdict(wanted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'mail send' | GOOD",
        "'openid send mail' | GOOD",
        "'mail' | SCOPE",
        "'mail.send' | SCOPE",
        "'' | SCOPE",
        "'mailsend' | SCOPE",
        "['mail','send'] | GOOD",
        "null | SCOPE",
      })
  void readsScopes(String scope, String wanted) {
    String claims = JOE.replace("{", "{\"scope\":" + scope.replace('\'', '"') + ",");
    assertThat(judged(signed(RS256, claims), Tokens.scoped())).isEqualTo(verdict(wanted));
  }

  @Test
  void anotherClaimNeedsNoVerifiedAddress() {
    TokenRules rules =
        new TokenRules(KEYS, RULES.issuer(), RULES.audience(), "preferred_username", RULES.scope());
    String claims =
        JOE.replace("\"email\"", "\"preferred_username\"").replace("verified\":true", "v\":false");
    assertThat(judged(signed(RS256, claims), rules)).isEqualTo(GOOD);
    assertThat(judged(signed(RS256, JOE), rules)).isEqualTo(bad(TokenFault.USER));
  }

  /** RFC 7515 7.2, RFC 7519 5.2: only one signature, and no token in a token. */
  @Test
  void refusesOtherForms() {
    String token = signed(RS256, JOE);
    String[] parts = token.split("\\.", -1);
    for (String other :
        List.of(
            "",
            ".",
            "..",
            "a.b.c",
            token + "." + parts[2],
            token + ".",
            "." + token,
            token + "=",
            token.replace("-", "+"),
            token + " ",
            token + "\n",
            token + "\0",
            "{\"payload\":\"" + parts[1] + "\",\"signatures\":[]}",
            String.join(".", parts[0], parts[1], parts[2], parts[1], parts[2]))) {
      assertThat(judged(other, RULES)).as(other).isEqualTo(bad(TokenFault.FORM));
    }
    String nested = signed("{\"alg\":\"RS256\",\"cty\":\"JWT\"}", token);
    assertThat(judged(nested, RULES)).isEqualTo(bad(TokenFault.CLAIMS));
    for (String payload : List.of("[]", "7", "\"x\"", "", "{\"a\":1}x")) {
      assertThat(judged(signed(RS256, payload), RULES)).isInstanceOf(TokenVerdict.Bad.class);
    }
  }

  @Test
  void boundsWhatIsRead() {
    String full = "{\"x\":\"" + "x".repeat(5_000) + "\"," + JOE.substring(1);
    assertThat(judged(signed(RS256, full), RULES)).isEqualTo(GOOD);
    String huge = "{\"x\":\"" + "x".repeat(7_000) + "\"," + JOE.substring(1);
    assertThat(judged(signed(RS256, huge), RULES)).isEqualTo(bad(TokenFault.SIZE));
    String deep = "{\"x\":" + "[".repeat(2_500) + "]".repeat(2_500) + "," + JOE.substring(1);
    assertThat(judged(signed(RS256, deep), RULES)).isEqualTo(bad(TokenFault.CLAIMS));
    String header = "{\"x\":" + "[".repeat(2_500) + "]".repeat(2_500) + ",\"alg\":\"RS256\"}";
    assertThat(judged(signed(header, JOE), RULES)).isEqualTo(bad(TokenFault.FORM));
    String name = "x".repeat(309) + "@example.com";
    assertThat(judged(signed(RS256, claims(name)), RULES)).isEqualTo(bad(TokenFault.USER));
    String digits = JOE.replace("1772366700", "9".repeat(1_000));
    assertThat(judged(signed(RS256, digits), RULES)).isInstanceOf(TokenVerdict.Bad.class);
  }

  @Test
  void showsNoKey() {
    TokenKey secret = TokenKey.of(octets(SECRET));
    TokenKeys keys = new TokenKeys(List.of(secret));
    assertThat(secret + " " + keys + " " + Tokens.rules(keys, List.of())).doesNotContain(SECRET);
  }
}
