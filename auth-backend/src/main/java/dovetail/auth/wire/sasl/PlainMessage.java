package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The one message of PLAIN (RFC 4616 2): {@code [authzid] NUL authcid NUL passwd}. The password may
 * be of another charset than UTF-8, as old ones are.
 *
 * @param authorization who the user wants to act as, if he says so
 * @param user whose password it is
 * @param password not empty, without NUL
 */
public record PlainMessage(Optional<String> authorization, String user, SaslData password)
    implements AutoCloseable {
  /**
   * Such a message.
   *
   * @throws IllegalArgumentException if none can have that in it
   */
  public PlainMessage {
    authorization.ifPresent(SaslText::requireName);
    SaslText.requireName(user);
    for (byte octet : password.octets()) {
      if (octet == 0) {
        throw new IllegalArgumentException("NUL in a password");
      }
    }
    if (password.length() == 0) {
      throw new IllegalArgumentException("an empty password");
    }
  }

  /** Reads it; the password is a copy. */
  public static PlainMessage parse(SaslData message) throws MalformedSaslException {
    byte[] octets = message.octets();
    int first = nul(octets, 0);
    int second = nul(octets, first + 1);
    if (second >= octets.length || nul(octets, second + 1) < octets.length) {
      throw new MalformedSaslException(SaslFault.PARTS);
    }
    if (second + 1 == octets.length) {
      throw new MalformedSaslException(SaslFault.EMPTY);
    }
    Optional<String> authorization =
        first == 0 ? Optional.empty() : Optional.of(SaslText.of(octets, 0, first));
    String user = SaslText.name(octets, first + 1, second);
    return new PlainMessage(
        authorization, user, SaslData.copyOf(octets, second + 1, octets.length));
  }

  /** Where the next NUL is; the end if there is none. */
  private static int nul(byte[] octets, int start) {
    int at = start;
    while (at < octets.length && octets[at] != 0) {
      at++;
    }
    return at;
  }

  /** The message in octets. */
  public SaslData data() {
    byte[] names = (authorization.orElse("") + '\0' + user + '\0').getBytes(StandardCharsets.UTF_8);
    byte[] octets = new byte[names.length + password.length()];
    System.arraycopy(names, 0, octets, 0, names.length);
    System.arraycopy(password.octets(), 0, octets, names.length, password.length());
    return SaslData.taking(octets);
  }

  /** Forgets the password. */
  @Override
  public void close() {
    password.close();
  }
}
