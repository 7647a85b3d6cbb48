package dovetail.srs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes of SRS worked out once more in the plainest way, to compare with and to forge. */
final class PlainSrs {
  private static final Pattern SRS0 =
      Pattern.compile("[Ss][Rr][Ss]0[=+-]([^=]*)=([^=]*)=([^=]*)=(.*)", Pattern.DOTALL);
  private static final Pattern SRS1 =
      Pattern.compile("[Ss][Rr][Ss]1[=+-]([^=]*)=([^=]*)=([=+-].*)", Pattern.DOTALL);

  private final byte[] secret;

  PlainSrs(String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What an address with a right hash says.
   *
   * @param stamp of the day of signing; empty for SRS1
   * @param host the domain that it leads to
   * @param localPart the local part there
   */
  record Content(String stamp, String host, String localPart) {}

  /** The whole hash of these parts, in the alphabet of libsrs2. */
  String hash(String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] octets = inCase('A', 'Z', String.join("", parts)).getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().withoutPadding().encodeToString(mac.doFinal(octets));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** An SRS0 local part with a right hash, whatever the parts are. */
  String srs0(String stamp, String host, String user) {
    String hash = hash(stamp, host, user).substring(0, 4);
    return "SRS0=" + String.join("=", hash, stamp, host, user);
  }

  /** An SRS1 local part with a right hash, whatever the parts are. */
  String srs1(String host, String opaque) {
    String hash = hash(host, opaque).substring(0, 4);
    return "SRS1=" + String.join("=", hash, host, opaque);
  }

  /** What that local part says if four characters or more of its hash are right. */
  Optional<Content> read(String localPart) {
    Matcher srs0 = SRS0.matcher(localPart);
    if (srs0.matches()) {
      String right = hash(srs0.group(2), srs0.group(3), srs0.group(4));
      return isRight(srs0.group(1), right)
          ? Optional.of(new Content(srs0.group(2), srs0.group(3), srs0.group(4)))
          : Optional.empty();
    }
    Matcher srs1 = SRS1.matcher(localPart);
    return srs1.matches() && isRight(srs1.group(1), hash(srs1.group(2), srs1.group(3)))
        ? Optional.of(new Content("", srs1.group(2), "SRS0" + srs1.group(3)))
        : Optional.empty();
  }

  private static boolean isRight(String given, String right) {
    return given.length() >= 4
        && given.length() <= right.length()
        && folded(given).equals(folded(right.substring(0, given.length())));
  }

  private static String folded(String hash) {
    return inCase('A', 'Z', hash).replace('-', '+').replace('_', '/');
  }

  /** With the other case for all ASCII letters of that range. */
  static String inCase(char from, char to, String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= from && c <= to) {
        changed.setCharAt(i, (char) (c ^ 0x20));
      }
    }
    return changed.toString();
  }
}
