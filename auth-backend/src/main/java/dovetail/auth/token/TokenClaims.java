package dovetail.auth.token;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a token says, once it is known who has said it (RFC 7519 4.1).
 *
 * @param claims all that it says
 * @param rules what it has to say
 */
record TokenClaims(JWTClaimsSet claims, TokenRules rules) {
  /** RFC 7519 4.1.4: clocks differ. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** A longer name is nobody's. */
  private static final int MOST_NAME = 320;

  private static final String BOUND = "cnf";
  private static final String SCOPE = "scope";
  private static final String EMAIL = "email";
  private static final String EMAIL_VERIFIED = "email_verified";
  private static final Set<Object> YES = Set.of(true, "true");

  TokenVerdict judge(Instant now) throws ParseException {
    Optional<TokenFault> fault = origin().or(() -> time(now));
    if (fault.isPresent()) {
      return new TokenVerdict.Bad(fault.get());
    }
    // RFC 7800 3.1, RFC 9449 7: good only for who proves to have a key, for which SASL has no
    // place.
    if (claims.getClaim(BOUND) != null) {
      return new TokenVerdict.Bad(TokenFault.BOUND);
    }
    if (!isVerified()) {
      return new TokenVerdict.Bad(TokenFault.UNVERIFIED);
    }
    Optional<String> user =
        Optional.ofNullable(claims.getStringClaim(rules.userClaim()))
            .filter(name -> !name.isEmpty() && name.length() <= MOST_NAME);
    if (user.isEmpty()) {
      return new TokenVerdict.Bad(TokenFault.USER);
    }
    return rules.scope().isEmpty() || words().containsAll(rules.scope())
        ? new TokenVerdict.Good(user.get())
        : new TokenVerdict.Bad(TokenFault.SCOPE);
  }

  private Optional<TokenFault> origin() {
    if (!rules.issuer().equals(claims.getIssuer())) {
      return Optional.of(TokenFault.ISSUER);
    }
    return claims.getAudience().stream()
            .filter(Objects::nonNull)
            .anyMatch(rules.audience()::contains)
        ? Optional.empty()
        : Optional.of(TokenFault.AUDIENCE);
  }

  private Optional<TokenFault> time(Instant now) {
    Optional<Instant> end = at(claims.getExpirationTime());
    if (end.isEmpty() || !now.minus(SKEW).isBefore(end.get())) {
      return Optional.of(TokenFault.EXPIRED);
    }
    boolean later =
        Stream.of(at(claims.getNotBeforeTime()), at(claims.getIssueTime()))
            .flatMap(Optional::stream)
            .anyMatch(now.plus(SKEW)::isBefore);
    return later ? Optional.of(TokenFault.NOT_YET) : Optional.empty();
  }

  private static Optional<Instant> at(@Nullable Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }

  /**
   * Whoever may write any address into his profile must not be let in as its owner. Some issuers
   * write a text.
   */
  private boolean isVerified() {
    return !rules.userClaim().equals(EMAIL)
        || YES.contains(Optional.ofNullable(claims.getClaim(EMAIL_VERIFIED)).orElse(false));
  }

  /** RFC 8693 4.2: words with spaces between them. Some issuers make an array of them. */
  private Collection<?> words() throws ParseException {
    return claims.getClaim(SCOPE) instanceof List<?> words
        ? words
        : Optional.ofNullable(claims.getStringClaim(SCOPE))
            .map(text -> List.of(text.split(" ", -1)))
            .orElse(List.of());
  }
}
