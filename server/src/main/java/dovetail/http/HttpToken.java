package dovetail.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a peer must know for routes that are not for everybody; never shown. */
public final class HttpToken {
  private static final int SHORTEST = 16;
  private static final int MOST_OCTETS = 4096;
  private static final String DIGEST = "SHA-256";
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  /** A digest, so that a comparison takes as long for whatever was sent. */
  private final byte[] digest;

  private HttpToken(byte[] digest) {
    this.digest = digest;
  }

  /**
   * Reads the one line of a file.
   *
   * @throws IOException saying why it cannot be used, without a word of what is in it
   */
  public static HttpToken read(Path file) throws IOException {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new IOException(file + ": everybody can read or write it; chmod 0640 or 0600");
      }
      if (Files.size(file) > MOST_OCTETS) {
        throw new IOException(file + ": expected one line, the token");
      }
      return of(Files.readString(file, StandardCharsets.ISO_8859_1), file);
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + ": there is no such file; \"openssl rand -hex 24\" makes a token", e);
    }
  }

  private static HttpToken of(String text, Path file) throws IOException {
    String line = text.stripTrailing();
    if (line.length() < SHORTEST) {
      throw new IOException(
          "%s: expected a token of at least %d characters".formatted(file, SHORTEST));
    }
    if (!line.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IOException(
          file + ": expected one line, the token, in ASCII without blanks and control characters");
    }
    return new HttpToken(digest(line));
  }

  /**
   * Whether that is it.
   *
   * @param authorization a header field: "Bearer " and the token, or "Basic " with the token as the
   *     password of any user
   */
  boolean isIn(Optional<String> authorization) {
    return authorization
        .flatMap(HttpToken::sent)
        .filter(text -> MessageDigest.isEqual(digest, digest(text)))
        .isPresent();
  }

  private static Optional<String> sent(String authorization) {
    String text = authorization.strip();
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith(BEARER)) {
      return Optional.of(text.substring(BEARER.length()).strip());
    }
    return lower.startsWith(BASIC)
        ? password(text.substring(BASIC.length()).strip())
        : Optional.empty();
  }

  private static Optional<String> password(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance(DIGEST).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without " + DIGEST, e);
    }
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
