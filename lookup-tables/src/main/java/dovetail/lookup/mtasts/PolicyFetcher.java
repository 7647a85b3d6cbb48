package dovetail.lookup.mtasts;

import dovetail.mail.Domain;

/**
 * Fetches policies from where they are published. Always ends, and remote badness is a result. For
 * any thread, which it blocks.
 */
@FunctionalInterface
interface PolicyFetcher {
  /** Fetches the policy of a domain. */
  FetchResult fetch(Domain domain);
}
