package dovetail.spf;

import dovetail.dns.RecordType;
import dovetail.dns.ReverseName;
import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The names of a client that lead back to it (RFC 7208 5.5): asked for when they are first needed,
 * once. A DNS that fails here only means that there are none.
 */
final class ClientNames {
  private static final int MOST = 10;

  private final SpfClient client;
  private final Lookups lookups;
  private Optional<List<Domain>> found = Optional.empty();

  ClientNames(SpfClient client, Lookups lookups) {
    this.client = client;
    this.lookups = lookups;
  }

  boolean isBelow(Domain domain) {
    return validated().stream().anyMatch(name -> name.equals(domain) || name.isSubdomainOf(domain));
  }

  /** RFC 7208 7.2 for the p macro: the domain itself, else one below it, else any. */
  String nameFor(Domain domain) {
    return validated().stream()
        .min(
            Comparator.comparingInt(
                name -> name.equals(domain) ? 0 : name.isSubdomainOf(domain) ? 1 : 2))
        .map(Domain::ascii)
        .orElse("unknown");
  }

  private List<Domain> validated() {
    if (found.isEmpty()) {
      found = Optional.of(search());
    }
    return found.get();
  }

  private List<Domain> search() {
    List<Domain> validated = new ArrayList<>();
    try {
      for (String text : first(lookups.records(RecordType.PTR, ReverseName.of(client.address())))) {
        Optional<Domain> name = Domain.asked(text);
        if (name.isPresent() && leadsBack(name.get())) {
          validated.add(name.get());
        }
      }
    } catch (SpfStop _) {
      return List.of();
    }
    return List.copyOf(validated);
  }

  private static List<String> first(List<String> names) {
    return names.subList(0, Math.min(MOST, names.size()));
  }

  private boolean leadsBack(Domain name) {
    try {
      return lookups
          .records(client.isIpv4() ? RecordType.A : RecordType.AAAA, name)
          .contains(client.address());
    } catch (SpfStop _) {
      return false;
    }
  }
}
