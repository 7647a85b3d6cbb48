package dovetail.lookup.mtasts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How Postfix 3.10 and later read an answer of smtp_tls_policy_maps: constructed from its source,
 * tls_policy_lookup_one() of smtp_tls_policy.c.
 *
 * @param level the security level
 * @param attributes the values by their names
 */
record PostfixTlsPolicy(String level, Map<String, List<String>> attributes) {
  private static final Set<String> ONCE =
      Set.of("servername", "policy_type", "policy_domain", "policy_ttl", "policy_failure");
  private static final Set<String> OFTEN = Set.of("match", "policy_string", "mx_host_pattern");

  static PostfixTlsPolicy read(String text) {
    List<String> words = words(text);
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    for (String word : words.subList(1, words.size())) {
      String pair = word.startsWith("{") ? word.substring(1, word.length() - 1).strip() : word;
      int equals = pair.indexOf('=');
      String name = pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1).strip();
      boolean known = ONCE.contains(name) || OFTEN.contains(name);
      if (!known
          || value.isEmpty()
          || (ONCE.contains(name) && attributes.containsKey(name))
          || (name.equals("match") && !words.getFirst().equals("secure"))) {
        throw new IllegalArgumentException("void: " + pair);
      }
      attributes.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    boolean reports = attributes.keySet().stream().anyMatch(it -> it.matches("policy_.*|mx_.*"));
    if (reports && !attributes.getOrDefault("policy_type", List.of()).contains("sts")) {
      throw new IllegalArgumentException("void: built-in policy with attributes of others");
    }
    return new PostfixTlsPolicy(words.getFirst(), attributes);
  }

  List<String> all(String name) {
    return attributes.getOrDefault(name, List.of());
  }

  /** mystrtokq(): at commas and white space, but not within balanced braces. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int depth = 0;
    for (char c : (text + " ").toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0 && (c == ' ' || c == ',' || c == '\t')) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      throw new IllegalArgumentException("void: a brace that is not closed");
    }
    return words;
  }
}
