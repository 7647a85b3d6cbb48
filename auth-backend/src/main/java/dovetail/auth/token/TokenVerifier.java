package dovetail.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jwt.JWTClaimsSet;
import dovetail.auth.password.Secret;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Verifies tokens: JSON Web Tokens that are signed (RFC 7519 7.2), ID tokens and access tokens (RFC
 * 9068 4) alike. Nothing of a token is looked at before its size and its signature, but the header,
 * and nothing is fetched: keys that a token brings along are passed over. For any thread.
 */
public final class TokenVerifier {
  /** What Postfix takes in one answer (12,288 octets in base64) has room for more than that. */
  public static final int MOST_OCTETS = 8192;

  private static final Pattern COMPACT =
      Pattern.compile("([A-Za-z0-9_-]{2,}\\.){2}[A-Za-z0-9_-]{2,}");

  /** RFC 8725 3.11; a token without a type is taken, as ID tokens have none. */
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  private TokenVerifier() {}

  /**
   * What a token is worth.
   *
   * @param token only until this returns
   */
  public static TokenVerdict verify(Secret token, TokenRules rules, Instant now) {
    try {
      Optional<String> text = token.read(TokenVerifier::text);
      if (text.isEmpty()) {
        return new TokenVerdict.Bad(TokenFault.SIZE);
      }
      if (!COMPACT.matcher(text.get()).matches()) {
        return new TokenVerdict.Bad(TokenFault.FORM); // five parts, too, which are encrypted
      }
      JWSObject signed = JWSObject.parse(text.get());
      Optional<TokenFault> fault = signature(signed, rules.keys());
      if (fault.isPresent()) {
        return new TokenVerdict.Bad(fault.get());
      }
      if (!isTyped(Optional.ofNullable(signed.getHeader().getType()))) {
        return new TokenVerdict.Bad(TokenFault.TYPE);
      }
      return claims(signed.getPayload(), rules, now);
    } catch (ParseException | IllegalArgumentException _) {
      return new TokenVerdict.Bad(TokenFault.FORM);
    }
  }

  /** Its issuer has said so, which is no guess of anybody's. */
  private static TokenVerdict claims(Payload payload, TokenRules rules, Instant now) {
    try {
      Map<String, Object> json = payload.toJSONObject();
      return json == null
          ? new TokenVerdict.Bad(TokenFault.CLAIMS) // such as a token in a token
          : new TokenClaims(JWTClaimsSet.parse(json), rules).judge(now);
    } catch (ParseException | IllegalArgumentException _) {
      return new TokenVerdict.Bad(TokenFault.CLAIMS);
    }
  }

  private static Optional<String> text(byte[] octets) {
    return octets.length > MOST_OCTETS
        ? Optional.empty()
        : Optional.of(new String(octets, StandardCharsets.ISO_8859_1));
  }

  private static Optional<TokenFault> signature(JWSObject token, TokenKeys keys) {
    JWSHeader header = token.getHeader();
    // RFC 7515 4.1.11, RFC 7797 7: of extensions none is known here.
    if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
      return Optional.of(TokenFault.CRITICAL);
    }
    List<TokenKey> fitting = keys.of(header);
    if (fitting.isEmpty()) {
      return Optional.of(TokenFault.ALGORITHM);
    }
    Optional<String> id = Optional.ofNullable(header.getKeyID()); // RFC 7515 4.1.4
    List<TokenKey> named = fitting.stream().filter(key -> key.isNamed(id)).toList();
    if (named.isEmpty()) {
      return Optional.of(TokenFault.KEY);
    }
    return named.stream().anyMatch(key -> isSigned(token, key))
        ? Optional.empty()
        : Optional.of(TokenFault.SIGNATURE);
  }

  private static boolean isTyped(Optional<JOSEObjectType> type) {
    return type.map(word -> word.getType().toLowerCase(Locale.ROOT)).stream()
        .allMatch(TYPES::contains);
  }

  private static boolean isSigned(JWSObject token, TokenKey key) {
    try {
      return key.check().isSigned(token.getHeader(), token.getSigningInput(), token.getSignature());
    } catch (JOSEException e) {
      throw new IllegalStateException("a JDK without " + token.getHeader().getAlgorithm(), e);
    }
  }
}
