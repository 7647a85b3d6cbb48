package dovetail.milter.filter;

import dovetail.mail.Domain;
import java.util.Optional;

/**
 * An address of the envelope. A client may write whatever the MTA takes for an address, with
 * comments and names beside it: which one that is, the MTA knows best.
 *
 * @param path as the client wrote it, with angle brackets or without
 * @param read as the MTA has read it ({@code {mail_addr}}, {@code {rcpt_addr}}), where it says so
 */
public record EnvelopeAddress(String path, Optional<String> read) {
  /** What has a meaning of its own outside of quotes (RFC 5322 3.2.3). */
  private static final String SPECIALS = "()<>[]:;@\\,\"";

  /** The address as its client wrote it, without brackets; empty for the null sender. */
  String bare() {
    return path.startsWith("<") && path.endsWith(">") ? path.substring(1, path.length() - 1) : path;
  }

  /** The address as the MTA has read it; as it was written where the MTA tells none. */
  String text() {
    // For a mailbox on its host, Sendmail tells the local part alone.
    return read.filter(text -> text.indexOf('@') >= 0)
        .filter(EnvelopeAddress::isClear)
        .orElse(bare());
  }

  /** Whether all MTAs understand the same by {@link #text}. */
  boolean isClear() {
    String text = text();
    // A source route, which MTAs leave out (RFC 5321 4.1.1.3).
    int route = text.startsWith("@") ? text.indexOf(':') : -1;
    return text.isEmpty() || isClear(text.substring(route + 1));
  }

  private static boolean isClear(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? isLocalPart(text)
        : isLocalPart(text.substring(0, at)) && isHost(text.substring(at + 1));
  }

  private static boolean isLocalPart(String text) {
    return text.startsWith("\"")
        ? isQuoted(text)
        : !text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || SPECIALS.indexOf(c) >= 0);
  }

  /** Whether the quotes end with the text, and not before. */
  private static boolean isQuoted(String text) {
    int i = 1;
    while (i < text.length() && text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i == text.length() - 1;
  }

  /** Whether that is a domain, or an address of the network (RFC 5321 4.1.3). */
  private static boolean isHost(String text) {
    return Domain.parse(text).isPresent() || text.matches("\\[[0-9A-Za-z:.-]+]");
  }
}
