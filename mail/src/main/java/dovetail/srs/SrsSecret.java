package dovetail.srs;

import dovetail.mail.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key for the hashes of addresses. Its text form never shows it. */
public final class SrsSecret {
  /** More than one line of postsrsd's holds: it would take the rest for another secret. */
  private static final int MAX_OCTETS = 1022;

  private static final String ALGORITHM = "HmacSHA1"; // RFC 2104

  private final SecretKeySpec key;

  private SrsSecret(byte[] octets) {
    this.key = new SecretKeySpec(octets, ALGORITHM);
  }

  /**
   * Reads the content of a file of secrets, as postsrsd has it: one secret a line, the octets just
   * as they stand there; lines end in LF or CRLF, and empty ones are skipped.
   *
   * @return one or more, in their order
   * @throws MalformedException if there is none, or one that postsrsd reads as something else: over
   *     1,022 octets, or with a NUL or CR inside
   */
  public static List<SrsSecret> read(byte[] file) throws MalformedException {
    List<SrsSecret> secrets = new ArrayList<>();
    int start = 0;
    while (start < file.length) {
      int end = start;
      while (end < file.length && file[end] != '\n') {
        end++;
      }
      int last = end > start && file[end - 1] == '\r' ? end - 1 : end;
      if (last > start) {
        secrets.add(secret(Arrays.copyOfRange(file, start, last), start));
      }
      start = end + 1;
    }
    if (secrets.isEmpty()) {
      throw new MalformedException("no secret", 0);
    }
    return List.copyOf(secrets);
  }

  private static SrsSecret secret(byte[] octets, int offset) throws MalformedException {
    if (octets.length > MAX_OCTETS) {
      throw new MalformedException("secret of more than " + MAX_OCTETS + " octets", offset);
    }
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == 0 || octets[i] == '\r') {
        throw new MalformedException("NUL or CR in a secret", offset + i);
      }
    }
    return new SrsSecret(octets);
  }

  /**
   * The HMAC-SHA1 of these texts, one after another without anything between them. The case of
   * ASCII letters does not count, since mail servers on the way may change it.
   */
  byte[] hash(String... texts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (String text : texts) {
        mac.update(lowerCase(text));
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static byte[] lowerCase(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] >= 'A' && octets[i] <= 'Z') {
        octets[i] = (byte) (octets[i] - 'A' + 'a');
      }
    }
    return octets;
  }

  @Override
  public String toString() {
    return "SrsSecret[not shown]";
  }
}
