package dovetail.cli.opendkim;

import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The rows of {@code milter.signing} that keys in files need, where a domain does not just sign
 * with all of its keys.
 */
public final class SigningRows {
  private SigningRows() {}

  /** The rows, as they stand in the configuration. */
  public static List<String> of(Signing signing) {
    List<String> lines = new ArrayList<>();
    byAuthors(signing)
        .forEach((authors, rows) -> {
          SequencedMap<Domain, List<String>> selectors = new LinkedHashMap<>();
          for (Signing.Row row : rows) {
            selectors
                .computeIfAbsent(row.key().key().domain(), _ -> new ArrayList<>())
                .add(row.key().key().selector());
          }
          boolean usual =
              selectors.size() == 1
                  && rows.stream().allMatch(Signing.Row::own)
                  && isAll(signing, selectors.firstEntry().getKey(), rows.size());
          if (!usual) {
            selectors.forEach((domain, names) -> lines.add(line(signing, authors, domain, names)));
          }
        });
    return lines;
  }

  private static SequencedMap<String, List<Signing.Row>> byAuthors(Signing signing) {
    SequencedMap<String, List<Signing.Row>> rows = new LinkedHashMap<>();
    for (Signing.Row row : signing.rows()) {
      rows.computeIfAbsent(row.authors(), _ -> new ArrayList<>()).add(row);
    }
    return rows;
  }

  private static boolean isAll(Signing signing, Domain domain, int count) {
    return signing.keys().stream().filter(key -> key.key().domain().equals(domain)).count()
        == count;
  }

  private static String line(
      Signing signing, String authors, Domain domain, List<String> selectors) {
    String names =
        selectors.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    return "{ from = \"%s\", domain = \"%s\"%s }"
        .formatted(
            authors,
            domain,
            isAll(signing, domain, selectors.size()) ? "" : ", selectors = [" + names + "]");
  }

  /** Domains whose keys sign for others only so far, and would for themselves, too. */
  public static List<Domain> newlySigned(Signing signing) {
    return signing.keys().stream()
        .map(key -> key.key().domain())
        .distinct()
        .filter(domain ->
            signing.rows().stream().noneMatch(row -> row.authors().equals(domain.ascii())))
        .toList();
  }
}
