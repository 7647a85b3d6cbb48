package dovetail.auth.answer;

import dovetail.mail.Address;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the home of each user is: a path with the variables {@code %{user}}, {@code %{username}}
 * and {@code %{domain}}, by Dovecot's names; the first, or both others.
 *
 * @param text it
 */
public record HomeTemplate(String text) {
  private static final Pattern VARIABLE = Pattern.compile("%\\{(user|username|domain)}");

  /** A template, if it is an absolute path without other variables. */
  public static Optional<HomeTemplate> read(String text) {
    boolean sound =
        text.startsWith("/")
            && tellsApart(text)
            && text.chars().noneMatch(Character::isISOControl)
            && VARIABLE.matcher(text).replaceAll("").indexOf('%') < 0;
    return sound ? Optional.of(new HomeTemplate(text)) : Optional.empty();
  }

  /** No two users may share a home: each would read the other's mail. */
  private static boolean tellsApart(String text) {
    return text.contains("%{user}") || (text.contains("%{domain}") && text.contains("%{username}"));
  }

  String of(Address address) {
    return VARIABLE
        .matcher(text)
        .replaceAll(variable -> Matcher.quoteReplacement(value(variable.group(1), address)));
  }

  private static String value(String variable, Address address) {
    return switch (variable) {
      case "user" -> oneName(address.toString());
      case "username" -> oneName(address.localPart());
      default -> address.domain().toString();
    };
  }

  /** One name of a file, another for each text: nobody's home is in another's or above them all. */
  private static String oneName(String text) {
    String plain = text.replace("%", "%25").replace("/", "%2F");
    return plain.startsWith(".") ? "%2E" + plain.substring(1) : plain;
  }
}
