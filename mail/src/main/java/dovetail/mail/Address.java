package dovetail.mail;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox at a domain, {@code local-part@domain} (RFC 5321 4.1.2, RFC 6531 3.3).
 *
 * @param localPart what it means, with quotes and quoted pairs undone; case counts
 * @param domain where it is
 */
public record Address(String localPart, Domain domain) {
  /**
   * Octets in a local part. RFC 5321 4.5.3.1.1 has 64, but return paths that carry the recipient
   * (VERP, SRS, BATV) are longer and in daily use.
   */
  static final int MAX_LOCAL_PART = 512;

  /** Octets of one {@code char} in UTF-8, at most. */
  private static final int MOST_OCTETS = 3;

  /**
   * An address from its parts.
   *
   * @throws IllegalArgumentException if the local part holds control characters or is too long
   */
  public Address {
    if (!isLocalPart(localPart)) {
      throw new IllegalArgumentException("no local part of an address");
    }
  }

  /**
   * Reads an address without angle brackets, comments or display name. Dots may stand anywhere in
   * an unquoted local part, since some providers gave such addresses out.
   *
   * @param text {@code dot-string@domain} or {@code "quoted string"@domain}; U-labels and UTF-8 in
   *     the local part are read
   * @return nothing if it is malformed, too long, or at an address literal
   */
  public static Optional<Address> parse(String text) {
    if (text.length() > 2 * MAX_LOCAL_PART + 1024) {
      return Optional.empty();
    }
    StringBuilder localPart = new StringBuilder();
    int at = text.startsWith("\"") ? readQuoted(text, localPart) : readDotString(text, localPart);
    if (at < 0 || at >= text.length() || text.charAt(at) != '@' || text.endsWith(".")) {
      return Optional.empty();
    }
    return of(localPart.toString(), text.substring(at + 1));
  }

  /**
   * An address from the meaning of its local part and any spelling of its domain.
   *
   * @return nothing if either is none
   */
  public static Optional<Address> of(String localPart, String domain) {
    if (!isLocalPart(localPart)) {
      return Optional.empty();
    }
    return Domain.parse(domain).map(parsed -> new Address(localPart, parsed));
  }

  /** The index after the dot-string; negative if there is none. */
  private static int readDotString(String text, StringBuilder localPart) {
    int i = 0;
    while (i < text.length() && (text.charAt(i) == '.' || Atoms.isAtext(text.charAt(i)))) {
      localPart.append(text.charAt(i));
      i++;
    }
    return i == 0 ? -1 : i;
  }

  /** The index after the closing quote; negative if there is none. */
  private static int readQuoted(String text, StringBuilder localPart) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\') {
        i++;
        if (i == text.length()) {
          return -1;
        }
      }
      localPart.append(text.charAt(i));
    }
    return -1;
  }

  /**
   * The one spelling under which an address of ours is stored and found: the local part in lower
   * case and composed (NFC). No host but the one that hosts an address may do that to it (RFC 5321
   * 2.4).
   */
  public Address canonical() {
    String lower = Normalizer.normalize(localPart.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    // Composing may take room: what no longer fits stays as it is, and is no address of ours.
    return lower.equals(localPart) || !isLocalPart(lower) ? this : new Address(lower, domain);
  }

  /** Whether that can be what a local part means: no control characters, not too long. */
  public static boolean isLocalPart(String text) {
    return text.length() <= MAX_LOCAL_PART
        && (text.length() <= MAX_LOCAL_PART / MOST_OCTETS || Atoms.octets(text) <= MAX_LOCAL_PART)
        && Atoms.isPlain(text);
  }

  /** The address as it can stand in SMTP or in a header: quoted where it must be, A-labels. */
  @Override
  public String toString() {
    if (Atoms.isDotAtom(localPart)) {
      return localPart + '@' + domain;
    }
    String escaped = localPart.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + escaped + "\"@" + domain;
  }
}
