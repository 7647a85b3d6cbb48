package dovetail.milter.source;

import dovetail.config.ConfigException;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Domains with their archives. The domain itself decides, then the closest parent with a "*.".
 * Immutable: a reload makes another.
 */
public final class ArchiveTable implements Archives {
  /** No domain has one. */
  public static final ArchiveTable EMPTY = new ArchiveTable(Map.of(), Map.of());

  private final Map<Domain, Address> exact;
  private final Map<Domain, Address> below;
  private final Set<Address> archives;

  private ArchiveTable(Map<Domain, Address> exact, Map<Domain, Address> below) {
    this.exact = Map.copyOf(exact);
    this.below = Map.copyOf(below);
    Set<Address> all = new HashSet<>();
    exact.values().forEach(address -> all.add(address.canonical()));
    below.values().forEach(address -> all.add(address.canonical()));
    this.archives = Set.copyOf(all);
  }

  /** A table of domains alone. */
  static ArchiveTable of(Map<Domain, Address> exact) {
    return new ArchiveTable(exact, Map.of());
  }

  /**
   * A table of rows.
   *
   * @throws ConfigException if two rows are for the same domains, naming the second one
   */
  public static ArchiveTable of(List<ArchiveRow> rows) throws ConfigException {
    Map<Domain, Address> exact = new HashMap<>();
    Map<Domain, Address> below = new HashMap<>();
    for (ArchiveRow row : rows) {
      boolean first =
          switch (row.domains()) {
            case AuthorPattern.Exact(Domain domain) -> exact.putIfAbsent(domain, row.to()) == null;
            case AuthorPattern.Below(Domain domain) -> below.putIfAbsent(domain, row.to()) == null;
            case AuthorPattern.Any() -> throw row.origin().error("expected a domain");
          };
      if (!first) {
        throw row.origin().error("a second row for the same domain: it has one archive");
      }
    }
    return new ArchiveTable(exact, below);
  }

  @Override
  public Optional<Address> find(Domain domain) {
    Optional<Address> own = Optional.ofNullable(exact.get(domain));
    if (own.isPresent() || below.isEmpty()) {
      return own;
    }
    for (Optional<Domain> parent = domain.parent();
        parent.isPresent();
        parent = parent.get().parent()) {
      Address found = below.get(parent.get());
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean isArchive(Address address) {
    return archives.contains(address.canonical());
  }

  @Override
  public boolean isKnown(Domain domain) {
    return true;
  }

  @Override
  public boolean isEmpty() {
    return archives.isEmpty();
  }
}
