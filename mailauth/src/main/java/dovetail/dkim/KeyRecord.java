package dovetail.dkim;

import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The TXT record that publishes a key (RFC 6376 3.6.1). It names the key type and the key and
 * nothing more: every further tag is one that some verifier reads differently.
 *
 * @param text the tags, as one string
 */
public record KeyRecord(String text) {
  /** Where the keys of a domain stand (RFC 6376 3.6.2.1). */
  static final String SUBDOMAIN = "_domainkey";

  /** RFC 1035 3.3: the most that one character-string of a TXT record holds. */
  private static final int MAX_STRING = 255;

  static KeyRecord of(Algorithm algorithm, byte[] published) {
    return new KeyRecord(
        "v=DKIM1; k="
            + algorithm.keyType()
            + "; p="
            + Base64.getEncoder().encodeToString(published));
  }

  /** The text in the strings of at most 255 octets that the DNS carries it in. */
  public List<String> strings() {
    List<String> strings = new ArrayList<>();
    for (int start = 0; start < text.length(); start += MAX_STRING) {
      strings.add(text.substring(start, Math.min(text.length(), start + MAX_STRING)));
    }
    return List.copyOf(strings);
  }

  /** The DNS name that the record stands at, without the final dot (RFC 6376 3.6.2.1). */
  public static String name(String selector, Domain domain) {
    return selector + "." + SUBDOMAIN + "." + domain.ascii();
  }

  /** The same as a domain; nothing if selector and domain give no DNS name. */
  public static Optional<Domain> domain(String selector, Domain domain) {
    // One after the other: IDNA forbids labels such as _domainkey beside right-to-left ones.
    return domain.below(SUBDOMAIN).flatMap(keys -> keys.below(selector));
  }

  /** The record as a zone file has it (RFC 1035 5.1), ended by a line feed. */
  public String zoneFile(String selector, Domain domain) {
    StringBuilder zone = new StringBuilder();
    zone.append(name(selector, domain)).append(".\tIN\tTXT\t(");
    for (String string : strings()) {
      zone.append("\n\t\"").append(string).append('"');
    }
    return zone.append(" )\n").toString();
  }
}
