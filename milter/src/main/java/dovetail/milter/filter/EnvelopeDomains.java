package dovetail.milter.filter;

import dovetail.mail.Domain;
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
   * to example.com where it is asked to by somebody whom it trusts.
   *
   * @param path with angle brackets or without
   */
  static List<Domain> of(String path) {
    String address = bare(path);
    List<Domain> domains = new ArrayList<>(1);
    char before = ' ';
    int start = 0;
    for (int i = 0; i <= address.length(); i++) {
      char mark = i < address.length() ? address.charAt(i) : ' ';
      if (i == address.length() || MARKS.indexOf(mark) >= 0) {
        if (before == '@' || before == '%' || mark == '!') {
          Domain.parse(address.substring(start, i)).ifPresent(domains::add);
        }
        before = mark;
        start = i + 1;
      }
    }
    return domains;
  }

  /** The path without its brackets. */
  static String bare(String path) {
    return path.startsWith("<") && path.endsWith(">") ? path.substring(1, path.length() - 1) : path;
  }
}
