package dovetail.auth.password;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what stands behind a scheme. */
final class SchemeReader {
  /** Nothing that is stored is longer, in characters. */
  private static final int MOST_LENGTH = 4096;

  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]+");
  private static final Pattern DES = Pattern.compile("[./0-9A-Za-z]{13}");

  private final String scheme;
  private final String encoding;
  private final SchemeLimits limits;

  /**
   * @param name of the scheme, and of its encoding behind a dot
   */
  SchemeReader(String name, SchemeLimits limits) {
    // Beyond ASCII there are letters whose capitals are within.
    String capitals = isAscii(name) ? name.toUpperCase(Locale.ROOT) : "";
    int dot = capitals.indexOf('.');
    this.scheme = dot < 0 ? capitals : capitals.substring(0, dot);
    this.encoding = dot < 0 ? "" : capitals.substring(dot);
    this.limits = limits;
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  StoredPassword read(String data) {
    try {
      return new StoredPassword.Usable(verifier(data));
    } catch (RefusedException e) {
      boolean unknown = e.refusal() == Refusal.UNKNOWN_SCHEME;
      return new StoredPassword.Refused(e.refusal(), unknown ? "" : scheme);
    }
  }

  private Verifier verifier(String data) throws RefusedException {
    return switch (scheme) {
      case "PLAIN", "CLEAR", "CLEARTEXT" ->
          new PlainVerifier(scheme, decode(data, SchemeEncoding.NONE));
      case "SHA", "SHA1" -> digest(DigestKind.SHA1, data);
      case "SHA256" -> digest(DigestKind.SHA256, data);
      case "SHA512" -> digest(DigestKind.SHA512, data);
      case "SSHA" -> salted(DigestKind.SHA1, data);
      case "SSHA256" -> salted(DigestKind.SHA256, data);
      case "SSHA512" -> salted(DigestKind.SHA512, data);
      // As in Dovecot, what the hash begins with counts, not which of the three stands before it.
      case "CRYPT", "SHA256-CRYPT", "SHA512-CRYPT" -> crypt(text(data));
      case "BLF-CRYPT" -> BcryptVerifier.parse(scheme, text(data));
      case "ARGON2", "ARGON2I", "ARGON2ID" -> Argon2Verifier.parse(scheme, text(data), limits);
      case "PBKDF2" -> Pbkdf2Verifier.parse(scheme, text(data));
      case "SCRAM-SHA-1" -> new ScramVerifier(ScramKeys.parse(ScramMechanism.SHA_1, text(data)));
      case "SCRAM-SHA-256" ->
          new ScramVerifier(ScramKeys.parse(ScramMechanism.SHA_256, text(data)));
      case "DES-CRYPT", "MD5", "MD5-CRYPT", "SMD5", "LDAP-MD5", "PLAIN-MD5", "PLAIN-MD4" ->
          weak(data);
      case "OTP", "SKEY", "CRAM-MD5", "HMAC-MD5", "DIGEST-MD5", "NTLM", "LANMAN", "RPA" ->
          throw new RefusedException(Refusal.OTHER_MECHANISM);
      default -> throw new RefusedException(Refusal.UNKNOWN_SCHEME);
    };
  }

  private Verifier weak(String data) throws RefusedException {
    requireWeak();
    return switch (scheme) {
      case "PLAIN-MD4" -> digest(DigestKind.MD4, data);
      case "PLAIN-MD5", "LDAP-MD5" -> digest(DigestKind.MD5, data);
      case "SMD5" -> salted(DigestKind.MD5, data);
      case "MD5" -> md5(text(data));
      default -> crypt(text(data));
    };
  }

  private void requireWeak() throws RefusedException {
    if (!limits.weakSchemes()) {
      throw new RefusedException(Refusal.WEAK_SCHEME);
    }
  }

  /** The scheme of old, for which any MD5 would do. */
  private Verifier md5(String text) throws RefusedException {
    return text.startsWith("$1$")
        ? OldCryptVerifier.md5(scheme, text)
        : DigestVerifier.plain(scheme, DigestKind.MD5, likely(DigestKind.MD5, text).decode(text));
  }

  private Verifier crypt(String text) throws RefusedException {
    if (text.startsWith("$2")) {
      return BcryptVerifier.parse(scheme, text);
    }
    if (text.startsWith("$5$") || text.startsWith("$6$")) {
      return ShaCryptVerifier.parse(scheme, text);
    }
    if (text.startsWith("$1$")) {
      requireWeak();
      return OldCryptVerifier.md5(scheme, text);
    }
    if (DES.matcher(text).matches()) {
      requireWeak();
      return OldCryptVerifier.des(scheme, text);
    }
    boolean other = text.startsWith("$") || text.startsWith("_");
    throw new RefusedException(other ? Refusal.UNKNOWN_CRYPT : Refusal.MALFORMED);
  }

  private Verifier digest(DigestKind kind, String data) throws RefusedException {
    return DigestVerifier.plain(scheme, kind, decode(data, likely(kind, data)));
  }

  /** Of a digest that stands alone the length says how it is written, if nothing else does. */
  private static SchemeEncoding likely(DigestKind kind, String data) {
    boolean hex = data.length() == 2 * kind.length() && HEX.matcher(data).matches();
    return hex ? SchemeEncoding.HEX : SchemeEncoding.BASE64;
  }

  private Verifier salted(DigestKind kind, String data) throws RefusedException {
    return DigestVerifier.salted(scheme, kind, decode(data, SchemeEncoding.BASE64));
  }

  private String text(String data) throws RefusedException {
    return new String(decode(data, SchemeEncoding.NONE), StandardCharsets.ISO_8859_1);
  }

  private byte[] decode(String data, SchemeEncoding usual) throws RefusedException {
    if (data.length() > MOST_LENGTH) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return switch (encoding) {
      case "" -> usual.decode(data);
      case ".HEX" -> SchemeEncoding.HEX.decode(data);
      case ".B64", ".BASE64" -> SchemeEncoding.BASE64.decode(data);
      default -> throw new RefusedException(Refusal.UNKNOWN_SCHEME);
    };
  }
}
