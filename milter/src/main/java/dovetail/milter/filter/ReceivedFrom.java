package dovetail.milter.filter;

import dovetail.mail.HeaderField;
import dovetail.server.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From whom a server had a message, as it wrote into its Received field (RFC 5321 4.4). What the
 * client chose is kept apart from what the server saw:
 *
 * <pre>
 * Postfix, Sendmail   from HELO (name [address])
 * Exim                from name ([address] helo=HELO), from [address] (helo=HELO), from [address]
 * qmail               from name (HELO HELO) (user@address)
 * Exchange            from HELO (address)
 * </pre>
 *
 * @param address the client's address
 * @param helo what it called itself; empty if the field does not say
 */
record ReceivedFrom(InetAddress address, String helo) {
  private static final Pattern LITERAL = Pattern.compile("(?<!=)\\[([^\\]]*)\\]");
  private static final Pattern HELO_TAG = Pattern.compile("(?:^|\\s)helo=(\\S*)");
  private static final Pattern HELO_COMMENT = Pattern.compile("(?i)(?:HELO|EHLO)\\s+(.*)");

  /** Reads a Received field; nothing if it names no client or its address is not to be found. */
  static Optional<ReceivedFrom> read(HeaderField received) {
    String value = received.unfolded().strip();
    if (!value.toLowerCase(Locale.ROOT).matches("from\\s.*")) {
      return Optional.empty(); // by a process of the server itself
    }
    Clause clause = Clause.of(value);
    String helo = isLiteral(clause.name()) ? "" : clause.name();
    for (String comment : clause.comments()) {
      Matcher greeting = HELO_COMMENT.matcher(comment);
      if (greeting.matches()) {
        helo = greeting.group(1);
        continue;
      }
      Matcher tag = HELO_TAG.matcher(comment);
      if (tag.find()) {
        helo = tag.group(1);
      }
      Optional<String> noted = noted(comment);
      if (noted.isPresent()) { // later comments hold what else the client says, of its certificate
        return of(noted.get(), helo);
      }
    }
    Matcher literal = LITERAL.matcher(clause.rest());
    if (literal.find()) {
      return of(literal.group(1), helo);
    }
    return isLiteral(clause.name())
        ? of(clause.name().substring(1, clause.name().length() - 1), helo)
        : Optional.empty();
  }

  private static boolean isLiteral(String name) {
    return name.startsWith("[") && name.endsWith("]");
  }

  /** What a comment has in the place of an address. */
  private static Optional<String> noted(String comment) {
    Matcher literal = LITERAL.matcher(comment);
    if (literal.find()) {
      return Optional.of(literal.group(1));
    }
    String bare = comment.substring(comment.lastIndexOf('@') + 1);
    return address(bare).isPresent() ? Optional.of(bare) : Optional.empty();
  }

  private static Optional<ReceivedFrom> of(String literal, String helo) {
    return address(literal).map(address -> new ReceivedFrom(address, helo));
  }

  private static Optional<InetAddress> address(String literal) {
    boolean tagged = literal.regionMatches(true, 0, "IPv6:", 0, 5);
    try {
      return Optional.of(Network.parseAddress(tagged ? literal.substring(5) : literal));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // "unknown", "unix socket"
    }
  }

  /**
   * The from clause.
   *
   * @param name what stands behind "from"; the client may have chosen it
   * @param comments the outermost comments behind it
   * @param rest what stands there outside of comments
   */
  private record Clause(String name, List<String> comments, String rest) {
    static Clause of(String value) {
      int begin = "from".length();
      while (Character.isWhitespace(value.charAt(begin))) {
        begin++;
      }
      int i = begin;
      while (i < value.length()
          && !Character.isWhitespace(value.charAt(i))
          && value.charAt(i) != '(') {
        i++;
      }
      String name = value.substring(begin, i);
      List<String> comments = new ArrayList<>();
      StringBuilder rest = new StringBuilder();
      int depth = 0;
      int start = i;
      for (; i < value.length() && !(depth == 0 && endsAt(value, i)); i++) {
        char c = value.charAt(i);
        if (c == '\\') {
          i++;
        } else if (c == '(') {
          start = depth++ == 0 ? i + 1 : start;
        } else if (c == ')' && depth > 0) {
          depth--;
          if (depth == 0) {
            comments.add(value.substring(start, i).strip());
          }
        } else if (depth == 0) {
          rest.append(c);
        }
      }
      return new Clause(name, comments, rest.toString());
    }

    private static boolean endsAt(String value, int i) {
      return value.charAt(i) == ';'
          || (Character.isWhitespace(value.charAt(i))
              && value.regionMatches(true, i + 1, "by", 0, 2)
              && i + 3 < value.length()
              && Character.isWhitespace(value.charAt(i + 3)));
    }
  }
}
