package dovetail.directory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Maps that are nothing but rows of a key and a value, by the names of Postfix's parameters. */
public enum EntryMap {
  CANONICAL_MAPS,
  SENDER_CANONICAL_MAPS,
  RECIPIENT_CANONICAL_MAPS,
  SENDER_BCC_MAPS,
  RECIPIENT_BCC_MAPS,
  SENDER_DEPENDENT_DEFAULT_TRANSPORT_MAPS,
  CHECK_CLIENT_ACCESS,
  CHECK_HELO_ACCESS,
  CHECK_SENDER_ACCESS,
  CHECK_RECIPIENT_ACCESS,
  CHECK_SASL_ACCESS,
  SMTP_TLS_POLICY_MAPS,
  TRANSPORT_MAPS;

  /** The parameter's name. */
  public String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The map with that name, in lower case. */
  public static Optional<EntryMap> of(String parameter) {
    return Arrays.stream(values()).filter(map -> map.parameter().equals(parameter)).findFirst();
  }
}
