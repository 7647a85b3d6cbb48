package dovetail.directory;

import dovetail.mail.Domain;
import java.util.Optional;

/** What is known of a domain of ours. */
public sealed interface DomainEntry {
  /** Its name. */
  Domain name();

  /** Whether it is in use; one that is not is answered as if it were not there. */
  boolean active();

  /** Where its mail is delivered. */
  enum Kind {
    /** Into mailboxes of ours ({@code virtual_mailbox_domains}). */
    MAILBOX,
    /** By another host: we relay or are the backup MX ({@code relay_domains}). */
    RELAY
  }

  /**
   * A domain with addresses of its own.
   *
   * @param subdomains whether mail for names below it is relayed, too
   * @param delimiters the characters that set an extension off, {@code user+extension}; may be none
   * @param transport {@code transport:nexthop}, if it is not the usual one
   * @param catchAll who gets mail for addresses that do not exist
   */
  record Hosted(
      Domain name,
      boolean active,
      Kind kind,
      boolean subdomains,
      String delimiters,
      Optional<String> transport,
      Optional<Alias> catchAll)
      implements DomainEntry {}

  /**
   * Another name of a domain: each address of the other exists here, too.
   *
   * @param target a hosted domain
   */
  record AliasOf(Domain name, boolean active, Domain target) implements DomainEntry {}
}
