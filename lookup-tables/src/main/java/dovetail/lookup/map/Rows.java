package dovetail.lookup.map;

import dovetail.directory.search.AddressKey;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of a map. Their keys are in one form: addresses and domains canonical, everything else
 * in lower case.
 *
 * @param all the values by their keys
 */
record Rows(Map<String, String> all) {
  /** The key of the null sender. */
  static final String NOBODY = "<>";

  /** The rows of a directory, which has their keys as somebody wrote them. */
  static Rows of(Map<String, String> written) {
    Map<String, String> all = HashMap.newHashMap(written.size());
    // Of keys that mean the same the one counts that is in that form, else the first.
    new TreeMap<>(written).forEach((key, value) -> all.putIfAbsent(inOneForm(key), value));
    written.forEach((key, value) -> all.computeIfPresent(key, (_, _) -> value));
    return new Rows(all);
  }

  private static String inOneForm(String key) {
    Optional<String> known =
        switch (key.isEmpty() ? ' ' : key.charAt(0)) {
          case '@' -> Domain.parse(key.substring(1)).map(domain -> "@" + domain);
          case '.' -> Domain.parse(key.substring(1)).map(domain -> "." + domain);
          default ->
              key.endsWith("@")
                  ? AddressKey.parse(key + "x").map(address -> anywhere(address.canonical()))
                  : AddressKey.parse(key)
                      .map(address -> address.canonical().toString())
                      .or(() -> Domain.parse(key).map(Domain::ascii));
        };
    return known.orElseGet(() -> key.toLowerCase(Locale.ROOT));
  }

  /** A local part at no domain: {@code user@}. */
  static String anywhere(Address address) {
    String text = address.toString();
    return text.substring(0, text.length() - address.domain().ascii().length());
  }

  /** The null sender, as Postfix asks for it or as it is. */
  static boolean isNullSender(String key) {
    return key.isEmpty() || key.equals(NOBODY);
  }

  Optional<Finding> get(String key) {
    return Optional.ofNullable(all.get(key)).map(value -> Finding.found(value, Reason.ROW));
  }

  Optional<Finding> get(Address address) {
    return get(address.toString());
  }

  Finding nullSender() {
    return get(NOBODY).orElseGet(() -> Finding.nothing(Reason.NO_ROW));
  }

  /** By the key as it is, but for its case. */
  Finding byText(String key) {
    return get(key.toLowerCase(Locale.ROOT)).orElseGet(() -> Finding.nothing(Reason.NO_ROW));
  }

  /** By a domain's name in its one form; by the text of what is no domain. */
  Finding byName(String key) {
    return byText(Domain.parse(key).map(Domain::ascii).orElse(key));
  }

  /** By a login's name. */
  Finding byLogin(String key) {
    return byText(AddressKey.parse(key).map(address -> address.canonical().toString()).orElse(key));
  }

  /** By a name and the names above it; by the text of what is no domain. */
  Finding byDomain(String key) {
    return Domain.parse(key)
        .map(domain -> covering(domain).orElseGet(() -> Finding.nothing(Reason.NO_ROW)))
        .orElseGet(() -> byText(key));
  }

  /**
   * The row of a domain or of the nearest one above it that has one: {@code .name}, which is meant
   * for names below it only, or {@code name}, as parent_domain_matches_subdomains has it for access
   * tables.
   */
  Optional<Finding> covering(Domain domain) {
    Optional<Finding> row = get(domain.ascii());
    Optional<Domain> above = domain.parent();
    while (row.isEmpty() && above.isPresent()) {
      String name = above.get().ascii();
      row = get('.' + name).or(() -> get(name));
      above = above.get().parent();
    }
    return row;
  }
}
