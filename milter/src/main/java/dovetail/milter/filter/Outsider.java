package dovetail.milter.filter;

import dovetail.spf.SpfClient;
import java.util.Optional;

/**
 * Somebody for whom nobody here vouches, with mail.
 *
 * @param client its address, and what it calls itself
 * @param returnPath the sender that it names, without angle brackets; nothing for the null sender
 */
public record Outsider(SpfClient client, Optional<String> returnPath) {
  /** Whether it may be asked about by the name that it calls itself. */
  boolean hasHelo() {
    return !client.helo().isEmpty();
  }
}
