package dovetail.doctor;

import java.util.List;
import java.util.Optional;

/**
 * A service that Postfix is told to ask: an address alone, or an address and options in braces.
 *
 * @param address {@code inet:host:port} or {@code unix:path}
 * @param options {@code name=value}, in their order
 */
record Callee(String address, List<String> options) {

  static Callee parse(String word) {
    if (!word.startsWith("{") || !word.endsWith("}")) {
      return new Callee(word, List.of());
    }
    List<String> parts = Words.of(word.substring(1, word.length() - 1));
    return parts.isEmpty()
        ? new Callee("", List.of())
        : new Callee(parts.getFirst(), parts.subList(1, parts.size()));
  }

  Optional<String> option(String name) {
    return options.stream()
        .filter(option -> option.startsWith(name + "="))
        .map(option -> option.substring(name.length() + 1))
        .findFirst();
  }

  /** As it is written, without white space. */
  String word() {
    return options.isEmpty() ? address : "{" + address + "," + String.join(",", options) + "}";
  }
}
