package dovetail.auth.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What Dovecot says of a mechanism; Postfix's smtpd_sasl_security_options go by it. */
public enum MechanismFlag {
  PRIVATE,
  ANONYMOUS,
  PLAINTEXT,
  DICTIONARY,
  ACTIVE,
  FORWARD_SECRECY,
  MUTUAL_AUTH,
  CHANNEL_BINDING;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The flag on the wire. */
  public String word() {
    return word;
  }

  static Optional<MechanismFlag> of(String word) {
    return Arrays.stream(values()).filter(flag -> flag.word.equals(word)).findFirst();
  }
}
