package dovetail.auth.token;

import static dovetail.auth.token.Tokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.util.Date;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Of tokens that somebody else's program has made: just those are good that should be. */
final class TokenProperties {
  private static final long FAR = 1_000_000;
  private static final String GOOD = Tokens.of("joe@example.com");

  @Provide
  Arbitrary<List<String>> audiences() {
    return Arbitraries.of(Tokens.AUDIENCE, "other.example.com", "web", "").list().ofMaxSize(3);
  }

  @Property(tries = 200, seed = "46")
  void aGoodTokenIsOfTheIssuerForUsNow(
      @ForAll boolean elliptic,
      @ForAll("audiences") List<String> audience,
      @ForAll @LongRange(min = -200, max = 200) long exp,
      @ForAll @LongRange(min = -200, max = 200) long nbf,
      @ForAll @StringLength(max = 20) String user)
      throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(Tokens.ISSUER)
            .audience(audience)
            .expirationTime(Date.from(NOW.plusSeconds(exp)))
            .notBeforeTime(Date.from(NOW.plusSeconds(nbf)))
            .claim("email", user)
            .claim("email_verified", true)
            .build();
    boolean ours = audience.contains(Tokens.AUDIENCE) || audience.contains("other.example.com");
    boolean good = ours && exp > -60 && nbf <= 60 && !user.isEmpty();
    TokenVerdict verdict = Tokens.judged(made(elliptic, claims), Tokens.RULES);
    assertThat(verdict).isEqualTo(good ? new TokenVerdict.Good(user) : bad(ours, exp, nbf));
  }

  private static TokenVerdict bad(boolean ours, long exp, long nbf) {
    TokenFault fault =
        !ours
            ? TokenFault.AUDIENCE
            : exp <= -60 ? TokenFault.EXPIRED : nbf > 60 ? TokenFault.NOT_YET : TokenFault.USER;
    return new TokenVerdict.Bad(fault);
  }

  private static String made(boolean elliptic, JWTClaimsSet claims) throws JOSEException {
    JWSSigner signer =
        elliptic
            ? new ECDSASigner((ECPrivateKey) Tokens.P256.getPrivate())
            : new RSASSASigner(Tokens.RSA.getPrivate());
    SignedJWT token =
        new SignedJWT(new JWSHeader(elliptic ? JWSAlgorithm.ES256 : JWSAlgorithm.PS256), claims);
    token.sign(signer);
    return token.serialize();
  }

  /** Nothing that is changed in a token leaves it good, wherever that is. */
  @Property(tries = 300, seed = "47")
  void noOctetOfATokenMayBeAnother(@ForAll @LongRange(min = 0, max = FAR) long where) {
    // The last character has bits that no octet has.
    int at = (int) (where % (GOOD.length() - 1));
    char other = GOOD.charAt(at) == 'x' ? 'y' : 'x';
    String changed = GOOD.substring(0, at) + other + GOOD.substring(at + 1);
    assertThat(Tokens.judged(changed, Tokens.RULES)).isInstanceOf(TokenVerdict.Bad.class);
  }

  @Property(tries = 500, seed = "48")
  void nothingElseIsGood(@ForAll @NotEmpty @Size(max = 200) byte[] octets) {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    assertThat(Tokens.judged(text, Tokens.RULES)).isInstanceOf(TokenVerdict.Bad.class);
  }
}
