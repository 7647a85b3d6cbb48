package dovetail.milter.source;

import dovetail.mail.Domain;
import java.util.Optional;
import java.util.Set;

/**
 * Some domains. Immutable.
 *
 * @param exact these alone
 * @param above all that lie below these
 */
public record DomainSet(Set<Domain> exact, Set<Domain> above) {
  /** No domain. */
  static final DomainSet EMPTY = new DomainSet(Set.of(), Set.of());

  public DomainSet {
    exact = Set.copyOf(exact);
    above = Set.copyOf(above);
  }

  /** Whether it is one of them. */
  public boolean contains(Domain domain) {
    if (exact.contains(domain)) {
      return true;
    }
    for (Optional<Domain> parent = domain.parent();
        parent.isPresent();
        parent = parent.get().parent()) {
      if (above.contains(parent.get())) {
        return true;
      }
    }
    return false;
  }
}
