package dovetail.milter.source;

import dovetail.dkim.SigningKey;
import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The keys of all author domains, found without I/O. The most special pattern that fits decides:
 * the domain itself, then the closest parent with a "*.", then "*"; all rows of that pattern sign.
 * A domain that has keys and no row of its own signs for itself. Immutable: a reload makes another.
 */
public final class SigningTable implements SigningKeys {
  private final Map<Domain, List<SigningKey>> exact;
  private final Map<Domain, List<SigningKey>> below;
  private final List<SigningKey> any;

  private SigningTable(
      Map<Domain, List<SigningKey>> exact,
      Map<Domain, List<SigningKey>> below,
      List<SigningKey> any) {
    this.exact = exact;
    this.below = below;
    this.any = any;
  }

  /**
   * A table from keys and rows.
   *
   * @param keys the keys of each signing domain
   * @param rows rows that name only keys that are there
   */
  static SigningTable of(SequencedMap<Domain, List<SigningKey>> keys, List<SigningRow> rows) {
    Map<Domain, List<SigningKey>> exact = new HashMap<>();
    Map<Domain, List<SigningKey>> below = new HashMap<>();
    List<SigningKey> any = new ArrayList<>();
    for (SigningRow row : rows) {
      List<SigningKey> found = select(keys.getOrDefault(row.domain(), List.of()), row.selectors());
      List<SigningKey> into =
          switch (row.authors()) {
            case AuthorPattern.Exact(Domain domain) ->
                exact.computeIfAbsent(domain, _ -> new ArrayList<>());
            case AuthorPattern.Below(Domain domain) ->
                below.computeIfAbsent(domain, _ -> new ArrayList<>());
            case AuthorPattern.Any() -> any;
          };
      into.addAll(found);
    }
    keys.forEach(exact::putIfAbsent);
    return new SigningTable(exact, below, List.copyOf(any));
  }

  static List<SigningKey> select(List<SigningKey> keys, List<String> selectors) {
    return selectors.isEmpty()
        ? keys
        : selectors.stream()
            .flatMap(name -> keys.stream().filter(key -> key.selector().equalsIgnoreCase(name)))
            .toList();
  }

  @Override
  public List<SigningKey> find(Domain author) {
    List<SigningKey> own = exact.get(author);
    if (own != null) {
      return own;
    }
    for (Optional<Domain> parent = author.parent();
        parent.isPresent();
        parent = parent.get().parent()) {
      List<SigningKey> found = below.get(parent.get());
      if (found != null) {
        return found;
      }
    }
    return any;
  }
}
