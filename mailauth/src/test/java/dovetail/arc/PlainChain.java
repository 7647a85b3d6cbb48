package dovetail.arc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ARC hashes, put together by the plain code of the tests alone. */
final class PlainChain {
  /** The names of the three fields of a set, in the order in which they are sealed. */
  static final List<String> NAMES =
      List.of("arc-authentication-results", "arc-message-signature", "arc-seal");

  private static final String CFWS = "(?:[\\x00- ]|\\([^()\\\\]*\\))*";
  private static final Pattern POSITION =
      Pattern.compile(CFWS + "i" + CFWS + "=" + CFWS + "(?<digits>\\d+)" + CFWS + ";");

  private PlainChain() {}

  /** RFC 6376 3.4.2, without the CRLF. */
  static String relaxed(String field) {
    int colon = field.indexOf(':');
    String value = field.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ");
    return name(field) + ":" + value.replaceAll("^ | $", "");
  }

  static String name(String field) {
    return field.substring(0, field.indexOf(':')).replaceAll("[ \t]", "").toLowerCase(Locale.ROOT);
  }

  /** The field with its b= empty. */
  static String unsigned(String field) {
    return field.replaceFirst("([:;][ \t\r\n]*b[ \t\r\n]*=)[^;]*", "$1");
  }

  /** A tag list without any white space. */
  static Map<String, String> tags(String field) {
    Map<String, String> tags = new HashMap<>();
    String list = field.substring(field.indexOf(':') + 1).replaceAll("[ \t\r\n]+", "");
    for (String tag : list.split(";", -1)) {
      int equals = tag.indexOf('=');
      if (equals > 0) {
        tags.put(tag.substring(0, equals), tag.substring(equals + 1));
      }
    }
    return tags;
  }

  /** The field of that name and instance. */
  static String part(List<String> fields, String name, int instance) {
    return fields.stream()
        .filter(field -> name(field).equals(name) && instance(field) == instance)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " " + instance));
  }

  private static int instance(String field) {
    String value = field.substring(field.indexOf(':') + 1);
    Matcher results = POSITION.matcher(value);
    String digits = tags(field).getOrDefault("i", "");
    if (name(field).equals(NAMES.getFirst())) {
      digits = results.lookingAt() ? results.group("digits") : "";
    }
    return digits.matches("\\d{1,2}") ? Integer.parseInt(digits) : 0;
  }

  /** What the seal of that instance signs (RFC 8617 5.1.1). */
  static String sealed(List<String> fields, int instance) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= instance; i++) {
      for (String name : NAMES) {
        boolean last = i == instance && name.equals(NAMES.getLast());
        String field = part(fields, name, i);
        text.append(last ? relaxed(unsigned(field)) : relaxed(field) + "\r\n");
      }
    }
    return text.toString();
  }

  /** What an ARC-Message-Signature with that h= signs of a header: the lowest fields first. */
  static String signed(List<String> fields, String own) {
    List<String> left = new ArrayList<>(fields.reversed());
    left.remove(own);
    StringBuilder text = new StringBuilder();
    for (String wanted : tags(own).getOrDefault("h", "").toLowerCase(Locale.ROOT).split(":", -1)) {
      left.stream()
          .filter(field -> name(field).equals(wanted))
          .findFirst()
          .ifPresent(field -> {
            left.remove(field);
            text.append(relaxed(field)).append("\r\n");
          });
    }
    return text + relaxed(unsigned(own));
  }
}
