package dovetail.dmarc;

import dovetail.dmarc.TreeWalk.Published;
import dovetail.mail.Domain;
import java.util.Optional;

/** Which record applies to an author domain (RFC 9989 4.10.1). */
sealed interface PolicyDiscovery {
  /** This one. */
  record Found(Published published, PolicySource source) implements PolicyDiscovery {}

  /**
   * None.
   *
   * @param several whether there are records that void each other
   */
  record Absent(boolean several) implements PolicyDiscovery {}

  /** The DNS did not say. */
  record Unknown() implements PolicyDiscovery {}

  /** Looks for it: at the author domain first, and only then further up. */
  static PolicyDiscovery of(Domain author, PolicyRecords records) {
    if (records.at(author) instanceof RecordLookup.Found(DmarcRecord record)) {
      return new Found(new Published(author, record), PolicySource.AUTHOR_DOMAIN);
    }
    return switch (TreeWalk.from(author, records)) {
      case TreeWalk.Broken() -> new Unknown();
      case TreeWalk.Complete walk -> above(walk);
    };
  }

  /** Records between the author domain and its organizational domain do not count. */
  private static PolicyDiscovery above(TreeWalk.Complete walk) {
    Optional<Published> organization = walk.at(walk.organizationalDomain());
    if (organization.isPresent()) {
      return new Found(organization.get(), PolicySource.ORGANIZATIONAL_DOMAIN);
    }
    return walk.ofSuffix()
        .<PolicyDiscovery>map(suffix -> new Found(suffix, PolicySource.PUBLIC_SUFFIX))
        .orElseGet(() -> new Absent(walk.several()));
  }
}
