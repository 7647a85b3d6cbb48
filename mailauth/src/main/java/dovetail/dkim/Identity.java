package dovetail.dkim;

import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * On whose behalf a domain signs: the i= tag (RFC 6376 3.5).
 *
 * @param localPart what stands before the @ as it is written in mail; empty for a whole domain
 * @param domain the signing domain or one below it
 */
public record Identity(String localPart, Domain domain) {
  /** Whether a signature of that domain may name this identity. */
  boolean isOf(Domain signer) {
    return domain.equals(signer) || domain.isSubdomainOf(signer);
  }

  /** The value of the tag, safe in any tag list (RFC 6376 2.11); the domain as A-labels. */
  String tag() {
    StringBuilder tag = new StringBuilder();
    for (byte b : localPart.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7F && b != ';' && b != '=') {
        tag.append((char) b);
      } else {
        tag.append(String.format(Locale.ROOT, "=%02X", b & 0xFF));
      }
    }
    return tag.append('@').append(domain.ascii()).toString();
  }
}
