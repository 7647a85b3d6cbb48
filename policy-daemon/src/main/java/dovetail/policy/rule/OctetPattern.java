package dovetail.policy.rule;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * IPv4 addresses that are meant, written as Postfix's postscreen_dnsbl_sites has them: {@code
 * 127.0.0.[2..11]} or {@code 127.0.[0..255].[1;3]}.
 *
 * @param octets what each of the four octets may be
 */
record OctetPattern(List<List<Span>> octets) {
  private static final int OCTETS = 4;
  private static final int MOST = 255;

  /** Numbers from one to another, both of them included. */
  record Span(int first, int last) {}

  OctetPattern {
    octets = octets.stream().map(List::copyOf).toList();
  }

  /** Reads one; nothing if it is written otherwise. */
  static Optional<OctetPattern> parse(String text) {
    List<List<Span>> octets = new ArrayList<>(OCTETS);
    int start = 0;
    while (octets.size() < OCTETS) {
      boolean bracket = start < text.length() && text.charAt(start) == '[';
      int end = text.indexOf(bracket ? ']' : '.', start);
      end = end < 0 && !bracket ? text.length() : end;
      if (end <= start) {
        return Optional.empty();
      }
      Optional<List<Span>> spans =
          bracket ? spans(text.substring(start + 1, end)) : one(text.substring(start, end));
      if (spans.isEmpty()) {
        return Optional.empty();
      }
      octets.add(spans.get());
      int after = bracket ? end + 1 : end;
      boolean last = octets.size() == OCTETS;
      if (last ? after != text.length() : after >= text.length() || text.charAt(after) != '.') {
        return Optional.empty();
      }
      start = after + 1;
    }
    return Optional.of(new OctetPattern(octets));
  }

  private static Optional<List<Span>> one(String text) {
    return number(text).map(number -> List.of(new Span(number, number)));
  }

  private static Optional<List<Span>> spans(String text) {
    List<Span> spans = new ArrayList<>();
    for (String item : text.split(";", -1)) {
      int dots = item.indexOf("..");
      Optional<Integer> first = number(dots < 0 ? item : item.substring(0, dots));
      Optional<Integer> last = dots < 0 ? first : number(item.substring(dots + 2));
      if (first.isEmpty() || last.isEmpty() || first.get() > last.get()) {
        return Optional.empty();
      }
      spans.add(new Span(first.get(), last.get()));
    }
    return Optional.of(spans);
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[0-9]{1,3}")
        ? Optional.of(Integer.parseInt(text)).filter(number -> number <= MOST)
        : Optional.empty();
  }

  /** Whether an address is meant. */
  boolean matches(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < OCTETS; i++) {
      int octet = bytes[i] & MOST;
      if (octets.get(i).stream().noneMatch(span -> octet >= span.first() && octet <= span.last())) {
        return false;
      }
    }
    return bytes.length == OCTETS;
  }
}
