package dovetail.auth.token;

import java.util.List;
import java.util.Set;

/**
 * Which tokens are good.
 *
 * @param keys those of the issuer
 * @param issuer who issues them, to the letter ({@code iss})
 * @param audience names of ours, one of which each is for ({@code aud})
 * @param userClaim the claim with the address whose they are
 * @param scope words that each has to have ({@code scope}); none if empty
 */
public record TokenRules(
    TokenKeys keys, String issuer, Set<String> audience, String userClaim, List<String> scope) {
  public TokenRules {
    audience = Set.copyOf(audience);
    scope = List.copyOf(scope);
  }
}
