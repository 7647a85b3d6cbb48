package dovetail.lookup.mtasts;

import dovetail.mail.Domain;
import java.util.Optional;

/**
 * The MX hosts that a policy allows.
 *
 * @param name a host; or what stands behind {@code *.}, which is one label
 * @param wildcard whether it is such a pattern
 */
record MxPattern(Domain name, boolean wildcard) {
  private static final String WILDCARD = "*.";

  /** Reads a pattern (RFC 8461 3.2, 4.1). */
  static Optional<MxPattern> parse(String text) {
    boolean wildcard = text.startsWith(WILDCARD);
    String name = wildcard ? text.substring(WILDCARD.length()) : text;
    return Domain.parse(name)
        .filter(_ -> !name.endsWith("."))
        .map(domain -> new MxPattern(domain, wildcard));
  }

  /** As policies have it. */
  @Override
  public String toString() {
    return wildcard ? WILDCARD + name : name.ascii();
  }

  /** As Postfix's {@code match} has it. */
  String match() {
    return wildcard ? "." + name : name.ascii();
  }
}
