package dovetail.dns;

import dovetail.mail.Domain;
import java.util.Optional;

/**
 * Asks the DNS. A question always ends, within a time that the resolver knows, and remote badness
 * is an answer, never an exception. Safe for any number of threads, which it may block.
 */
public interface Resolver {
  /**
   * The TXT records of a name, aliases followed.
   *
   * @return each record with its strings joined (RFC 7208 3.3, RFC 6376 3.6.2.2), one character for
   *     each octet
   */
  Answer<String> txt(Domain name);

  /** The same where it is known without asking; nothing if a question would have to be sent. */
  default Optional<Answer<String>> knownTxt(Domain name) {
    return Optional.empty();
  }
}
