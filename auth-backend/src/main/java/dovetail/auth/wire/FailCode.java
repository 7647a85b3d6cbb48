package dovetail.auth.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a login has failed, for Dovecot's login processes (auth-client-interface.h). */
public enum FailCode {
  /** Nobody can say at the moment. */
  TEMP_FAIL,
  /** The login was right, but may not act as the user it asked for. */
  AUTHZ_FAIL,
  /** The account is switched off. */
  USER_DISABLED,
  /** The password is too old. */
  PASS_EXPIRED,
  /** What came was no base64. */
  INVALID_BASE64,
  /** There is no such mechanism. */
  AUTH_MECH_INVALID,
  /** Not without TLS. */
  AUTH_MECH_SSL_REQUIRED,
  /** Not without a name. */
  ANONYMOUS_DENIED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The code on the wire. */
  public String word() {
    return word;
  }

  static Optional<FailCode> of(String word) {
    return Arrays.stream(values()).filter(code -> code.word.equals(word)).findFirst();
  }
}
