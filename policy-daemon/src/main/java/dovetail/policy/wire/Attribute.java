package dovetail.policy.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The attributes that Postfix sends, by the release that was the first (SMTPD_POLICY_README). */
public enum Attribute {
  // Postfix 2.1
  REQUEST,
  PROTOCOL_STATE,
  PROTOCOL_NAME,
  HELO_NAME,
  QUEUE_ID,
  SENDER,
  RECIPIENT,
  CLIENT_ADDRESS,
  CLIENT_NAME,
  REVERSE_CLIENT_NAME,
  INSTANCE,
  // 2.2
  SASL_METHOD,
  SASL_USERNAME,
  SASL_SENDER,
  SIZE,
  CCERT_SUBJECT,
  CCERT_ISSUER,
  CCERT_FINGERPRINT,
  // 2.3
  RECIPIENT_COUNT,
  ENCRYPTION_PROTOCOL,
  ENCRYPTION_CIPHER,
  ENCRYPTION_KEYSIZE,
  ETRN_DOMAIN,
  // 2.5
  STRESS,
  // 2.9
  CCERT_PUBKEY_FINGERPRINT,
  // 3.0
  CLIENT_PORT,
  // 3.1
  POLICY_CONTEXT,
  // 3.2
  SERVER_ADDRESS,
  SERVER_PORT,
  // 3.8
  COMPATIBILITY_LEVEL,
  MAIL_VERSION,
  // 3.12
  TLS_SNI;

  private static final Map<String, Attribute> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Attribute::word, Function.identity()));

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  public String word() {
    return word;
  }

  /** The attribute of that name, which is in the case that Postfix uses. */
  public static Optional<Attribute> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
