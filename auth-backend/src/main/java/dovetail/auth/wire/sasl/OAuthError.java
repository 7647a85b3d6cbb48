package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import dovetail.observe.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Why a token was refused, as OAUTHBEARER (RFC 7628 3.2.2) and XOAUTH2 tell it in JSON before they
 * fail.
 *
 * @param status such as {@code invalid_token}, or {@code 401} with XOAUTH2
 * @param schemes how else to come, with XOAUTH2
 * @param scope what a token has to be good for
 * @param configuration where to get one
 */
public record OAuthError(
    String status,
    Optional<String> schemes,
    Optional<String> scope,
    Optional<String> configuration) {
  private static final String STATUS = "status";
  private static final String SCHEMES = "schemes";
  private static final String SCOPE = "scope";
  private static final String CONFIGURATION = "openid-configuration";

  /** Reads it; what else it tells is passed over. */
  public static OAuthError parse(SaslData message) throws MalformedSaslException {
    Map<String, String> facts =
        Json.texts(message.octets()).orElseThrow(() -> new MalformedSaslException(SaslFault.JSON));
    String status =
        Optional.ofNullable(facts.get(STATUS))
            .orElseThrow(() -> new MalformedSaslException(SaslFault.JSON));
    return new OAuthError(
        status,
        Optional.ofNullable(facts.get(SCHEMES)),
        Optional.ofNullable(facts.get(SCOPE)),
        Optional.ofNullable(facts.get(CONFIGURATION)));
  }

  /** The message in octets. */
  public SaslData data() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put(STATUS, status);
    schemes.ifPresent(words -> facts.put(SCHEMES, words));
    scope.ifPresent(words -> facts.put(SCOPE, words));
    configuration.ifPresent(address -> facts.put(CONFIGURATION, address));
    return SaslData.taking(Json.object(facts));
  }
}
