package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code key=value} pairs, an octet 1 behind each and one more at the end (RFC 7628 3.1). */
final class BearerPairs {
  static final char SEPARATOR = 1; // kvsep
  private static final String SCHEME = "bearer ";
  private static final String TOKEN = "auth";
  private static final String MARKS = "-._~+/";

  private final Map<String, String> others = new HashMap<>();
  private Optional<SaslData> token = Optional.empty();

  /** Reads all from a position to the end. */
  static BearerPairs parse(byte[] octets, int start) throws MalformedSaslException {
    BearerPairs pairs = new BearerPairs();
    try {
      pairs.read(octets, start);
      return pairs;
    } catch (MalformedSaslException e) {
      pairs.token.ifPresent(SaslData::close);
      throw e;
    }
  }

  private void read(byte[] octets, int start) throws MalformedSaslException {
    int at = start;
    while (at < octets.length && octets[at] != SEPARATOR) {
      int end = next(octets, at, SEPARATOR);
      if (end == octets.length) {
        throw new MalformedSaslException(SaslFault.PARTS);
      }
      add(octets, at, end);
      at = end + 1;
    }
    if (at != octets.length - 1) {
      throw new MalformedSaslException(SaslFault.PARTS);
    }
  }

  /** Where the next such octet is; the end if there is none. */
  static int next(byte[] octets, int start, char octet) {
    int at = start;
    while (at < octets.length && octets[at] != octet) {
      at++;
    }
    return at;
  }

  private void add(byte[] octets, int start, int end) throws MalformedSaslException {
    int equals = next(octets, start, '=');
    if (equals >= end || equals == start) {
      throw new MalformedSaslException(SaslFault.PARTS);
    }
    String key = SaslText.of(octets, start, equals);
    if (!key.matches("[A-Za-z]+")) {
      throw new MalformedSaslException(SaslFault.PARTS);
    }
    if (key.equals(TOKEN)) {
      if (token.isPresent()) {
        throw new MalformedSaslException(SaslFault.DUPLICATE);
      }
      token = Optional.of(token(octets, equals + 1, end));
    } else if (others.put(key, SaslText.of(octets, equals + 1, end)) != null) {
      throw new MalformedSaslException(SaslFault.DUPLICATE);
    }
  }

  /** RFC 6750 2.1: the scheme in any case, spaces, and the token, of which a copy is made. */
  private static SaslData token(byte[] octets, int start, int end) throws MalformedSaslException {
    int at = start + SCHEME.length();
    if (at >= end
        || !new String(octets, start, SCHEME.length(), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT)
            .equals(SCHEME)) {
      throw new MalformedSaslException(SaslFault.TOKEN);
    }
    while (at < end && octets[at] == ' ') {
      at++;
    }
    if (!isToken(octets, at, end)) {
      throw new MalformedSaslException(SaslFault.TOKEN);
    }
    return SaslData.copyOf(octets, at, end);
  }

  static boolean isToken(byte[] octets, int start, int end) {
    int last = end;
    while (last > start && octets[last - 1] == '=') {
      last--;
    }
    for (int i = start; i < last; i++) {
      if (MARKS.indexOf(octets[i]) < 0 && !isLetterOrDigit(octets[i])) {
        return false;
      }
    }
    return last > start;
  }

  private static boolean isLetterOrDigit(int c) {
    int lower = c | 0x20;
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
  }

  /** The token. */
  SaslData token() throws MalformedSaslException {
    return token.orElseThrow(() -> new MalformedSaslException(SaslFault.TOKEN));
  }

  /** Another value. */
  Optional<String> get(String key) {
    return Optional.ofNullable(others.get(key));
  }

  /** What stands before the token, the token, and the end, as a message. */
  static SaslData message(String before, SaslData token) {
    byte[] head = (before + "auth=Bearer ").getBytes(StandardCharsets.UTF_8);
    byte[] octets = new byte[head.length + token.length() + 2];
    System.arraycopy(head, 0, octets, 0, head.length);
    System.arraycopy(token.octets(), 0, octets, head.length, token.length());
    octets[octets.length - 2] = SEPARATOR;
    octets[octets.length - 1] = SEPARATOR;
    return SaslData.taking(octets);
  }

  /**
   * That a token can be written.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireToken(SaslData token) {
    if (!isToken(token.octets(), 0, token.length())) {
      throw new IllegalArgumentException("no bearer token");
    }
  }
}
