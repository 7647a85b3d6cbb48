package dovetail.house;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a source's comments say of RFCs: {@code RFC 5322 3.4, 4.4} names one and two of its
 * sections, {@code RFC 5321, 5322} names two.
 */
final class RfcLinks {
  /** Strings come first, so that what looks like a comment inside them is none. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+'"
              + "|(?<comment>/\\*.*?\\*/|(?://[^\n]*(?:\n[ \t]*|$))+)",
          Pattern.DOTALL);

  private static final String SECTION =
      "(?:\\d{1,2}(?:\\.\\d{1,2})*|[Aa]ppendix [A-Z])(?![\\w.]*\\w)";
  private static final Pattern LINK =
      Pattern.compile(
          "RFC (?<number>\\d{3,5})(?<more>(?:,? (?:and )?(?:"
              + SECTION
              + "|\\d{3,5}(?![\\w.]*\\w)))*)");
  private static final Pattern MORE = Pattern.compile("[Aa]ppendix [A-Z]|\\d+(?:\\.\\d+)*");

  private RfcLinks() {}

  /**
   * A mention of an RFC.
   *
   * @param rfc its number
   * @param section one of its sections; empty if the whole is meant
   */
  record Link(int rfc, String section) {
    @Override
    public String toString() {
      return section.isEmpty() ? "RFC " + rfc : "RFC " + rfc + " " + section;
    }
  }

  static Set<Link> in(String source) {
    Set<Link> links = new LinkedHashSet<>();
    for (String comment : comments(source)) {
      LINK.matcher(comment).results().forEach(match -> add(links, match));
    }
    return links;
  }

  private static void add(Set<Link> links, MatchResult match) {
    int rfc = Integer.parseInt(match.group("number"));
    List<String> more =
        MORE.matcher(match.group("more")).results().map(MatchResult::group).toList();
    boolean bare = true;
    for (String next : more) {
      if (next.matches("\\d{3,5}")) {
        if (bare) {
          links.add(new Link(rfc, ""));
        }
        rfc = Integer.parseInt(next);
        bare = true;
      } else {
        links.add(new Link(rfc, next));
        bare = false;
      }
    }
    if (bare) {
      links.add(new Link(rfc, ""));
    }
  }

  /** Comments without their marks, each on one line. */
  private static List<String> comments(String source) {
    List<String> comments = new ArrayList<>();
    TOKEN
        .matcher(source)
        .results()
        .map(match -> match.group("comment"))
        .forEach(comment -> {
          if (comment != null) {
            comments.add(
                comment.replaceAll("(?m)^\\s*(?:\\*|//)/?|\\n", " ").replaceAll("\\s+", " "));
          }
        });
    return comments;
  }
}
