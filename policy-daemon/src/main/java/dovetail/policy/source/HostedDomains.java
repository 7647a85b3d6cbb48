package dovetail.policy.source;

import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.Lookup;
import dovetail.mail.Domain;
import dovetail.policy.rule.Hosted;

/** The domains of the directory. */
public final class HostedDomains implements Hosted {
  private final Directory directory;

  public HostedDomains(Directory directory) {
    this.directory = directory;
  }

  @Override
  public boolean isOurs(Domain domain) {
    return switch (directory.domain(domain)) {
      case Lookup.Found<DomainEntry>(DomainEntry entry) -> entry.active();
      case Lookup.Absent<DomainEntry>(), Lookup.Unavailable<DomainEntry> _ -> false;
    };
  }

  @Override
  public boolean isKnown(Domain domain) {
    return switch (directory.domain(domain)) {
      case Lookup.Found<DomainEntry> _, Lookup.Absent<DomainEntry>() -> true;
      case Lookup.Unavailable<DomainEntry> _ -> false;
    };
  }
}
