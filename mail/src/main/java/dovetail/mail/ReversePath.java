package dovetail.mail;

import java.util.Optional;

/** The sender of a message's envelope, the argument of MAIL FROM (RFC 5321 4.1.2). */
public sealed interface ReversePath {
  /** The empty sender of bounces and other notices (RFC 5321 4.5.5). */
  record Null() implements ReversePath {}

  /** A mailbox at a domain. */
  record Of(Address address) implements ReversePath {}

  /**
   * Neither: without a domain, at an address literal, or no path at all.
   *
   * @param text as it came
   */
  record Malformed(String text) implements ReversePath {}

  /**
   * Reads a path with or without angle brackets, as Postfix gives it to milters and policy
   * services; a source route is skipped (RFC 5321 appendix C).
   */
  static ReversePath parse(String text) {
    String path = text;
    if (text.length() >= 2 && text.startsWith("<") && text.endsWith(">")) {
      path = text.substring(1, text.length() - 1);
      int colon = path.indexOf(':');
      if (path.startsWith("@") && colon > 0) {
        path = path.substring(colon + 1);
      }
    }
    if (path.isEmpty()) {
      return text.isEmpty() || text.equals("<>") ? new Null() : new Malformed(text);
    }
    return Address.parse(path).<ReversePath>map(Of::new).orElseGet(() -> new Malformed(text));
  }

  /** The address, if there is one. */
  default Optional<Address> mailbox() {
    return switch (this) {
      case Null _, Malformed _ -> Optional.empty();
      case Of(Address address) -> Optional.of(address);
    };
  }
}
