package dovetail.milter.filter;

import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The domains to which an address of the envelope may lead. */
final class EnvelopeDomains {
  /** What parts names from each other; the last two those of a source route. */
  private static final String MARKS = "@%!:,";

  private EnvelopeDomains() {}

  /**
   * All domains that a path names: that behind the last {@code @}, and what an MTA may take for the
   * next one, since Postfix delivers {@code ann%example.com@here} and {@code example.com!ann@here}
   * to example.com where it is asked to by somebody whom it trusts. It looks inside of quotes for
   * them, too (resolve_dequoted_address).
   *
   * @param path without angle brackets
   */
  static List<Domain> of(String path) {
    String address = path.replace("\"", "").replace("\\", "");
    List<Domain> domains = new ArrayList<>(1);
    char before = ' ';
    int start = 0;
    for (int i = 0; i <= address.length(); i++) {
      char mark = i < address.length() ? address.charAt(i) : ' ';
      if (i == address.length() || MARKS.indexOf(mark) >= 0) {
        if (before == '@' || before == '%' || mark == '!') {
          add(address.substring(start, i), domains);
        }
        before = mark;
        start = i + 1;
      }
    }
    return domains;
  }

  /**
   * Adds what a name may mean. Bytes that are not UTF-8 elsewhere in the path make each byte of the
   * name a character of its own.
   */
  private static void add(String name, List<Domain> domains) {
    Domain.parse(name).ifPresent(domains::add);
    if (name.chars().anyMatch(c -> c >= 0x80) && name.chars().allMatch(c -> c <= 0xFF)) {
      byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
      Domain.parse(new String(bytes, StandardCharsets.UTF_8)).ifPresent(domains::add);
    }
  }
}
