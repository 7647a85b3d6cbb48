package dovetail.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the terms of a record (RFC 7208 12). For one record. */
final class RecordParser {
  // A mechanism may not have "=" behind its name, nor a modifier anything else.
  private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)=(.*)");
  private static final Pattern MECHANISM =
      Pattern.compile("([-+?~]?)([A-Za-z][A-Za-z0-9]*)(?::(.*?))?((?:/[0-9]+)?(?://[0-9]+)?)");
  private static final Pattern PREFIXES = Pattern.compile("(?:/([0-9]+))?(?://([0-9]+))?");

  private final List<SpfRecord.Directive> directives = new ArrayList<>();
  private Optional<MacroString> redirect = Optional.empty();
  private Optional<MacroString> explanation = Optional.empty();

  /** The parts of a mechanism's term. */
  private record Term(String name, Optional<String> value, String prefixes) {}

  SpfRecord parse(String terms) throws SpfStop {
    for (String term : terms.split(" ", -1)) {
      if (!term.isEmpty()) {
        term(term);
      }
    }
    return new SpfRecord(directives, redirect, explanation);
  }

  private void term(String term) throws SpfStop {
    Matcher modifier = MODIFIER.matcher(term);
    if (modifier.matches()) {
      modifier(modifier.group(1).toLowerCase(Locale.ROOT), modifier.group(2));
      return;
    }
    Matcher matcher = MECHANISM.matcher(term);
    if (!matcher.matches()) {
      throw malformed("a term that is none");
    }
    Term parts =
        new Term(
            matcher.group(2).toLowerCase(Locale.ROOT),
            Optional.ofNullable(matcher.group(3)),
            matcher.group(4));
    directives.add(new SpfRecord.Directive(qualifier(matcher.group(1)), mechanism(parts), term));
  }

  private static Qualifier qualifier(String mark) {
    for (Qualifier each : Qualifier.values()) {
      if (mark.equals(String.valueOf(each.mark()))) {
        return each;
      }
    }
    return Qualifier.PASS;
  }

  // RFC 7208 6: those that are known may stand there once; others are passed over, if well formed.
  private void modifier(String name, String value) throws SpfStop {
    switch (name) {
      case "redirect" -> {
        once(redirect, name);
        redirect = Optional.of(domain(value));
      }
      case "exp" -> {
        once(explanation, name);
        explanation = Optional.of(domain(value));
      }
      default -> {
        if (MacroString.parse(value).isEmpty()) {
          throw malformed("a modifier's value");
        }
      }
    }
  }

  private static void once(Optional<MacroString> before, String name) throws SpfStop {
    if (before.isPresent()) {
      throw malformed("more than one " + name);
    }
  }

  private static Mechanism mechanism(Term term) throws SpfStop {
    return switch (term.name()) {
      case "all" -> {
        bare(term);
        plain(term);
        yield new Mechanism.All();
      }
      case "include" -> {
        plain(term);
        yield new Mechanism.Include(target(term).orElseThrow(() -> noValue("include")));
      }
      case "a" -> new Mechanism.A(target(term), prefixes(term));
      case "mx" -> new Mechanism.Mx(target(term), prefixes(term));
      case "ptr" -> {
        plain(term);
        yield new Mechanism.Ptr(target(term));
      }
      case "ip4", "ip6" -> new Mechanism.Ip(range(term));
      case "exists" -> {
        plain(term);
        yield new Mechanism.Exists(target(term).orElseThrow(() -> noValue("exists")));
      }
      default -> throw malformed("an unknown mechanism"); // RFC 7208 4.6.1
    };
  }

  private static Optional<MacroString> target(Term term) throws SpfStop {
    return term.value().isPresent() ? Optional.of(domain(term.value().get())) : Optional.empty();
  }

  private static MacroString domain(String text) throws SpfStop {
    return MacroString.parseDomain(text).orElseThrow(() -> malformed("a domain that is none"));
  }

  private static void bare(Term term) throws SpfStop {
    if (term.value().isPresent()) {
      throw malformed("a value behind " + term.name());
    }
  }

  private static void plain(Term term) throws SpfStop {
    if (!term.prefixes().isEmpty()) {
      throw malformed("a prefix length behind " + term.name());
    }
  }

  private static Mechanism.Prefixes prefixes(Term term) throws SpfStop {
    Matcher matcher = PREFIXES.matcher(term.prefixes());
    if (!matcher.matches()) {
      throw malformed("a prefix length");
    }
    return new Mechanism.Prefixes(
        prefix(Optional.ofNullable(matcher.group(1)), IpRange.IPV4_BITS),
        prefix(Optional.ofNullable(matcher.group(2)), IpRange.IPV6_BITS));
  }

  private static int prefix(Optional<String> digits, int most) throws SpfStop {
    if (digits.isEmpty()) {
      return most;
    }
    String text = digits.get();
    boolean isNumber = text.length() <= 3 && (text.length() == 1 || text.charAt(0) != '0');
    if (!isNumber || Integer.parseInt(text) > most) {
      throw malformed("a prefix length");
    }
    return Integer.parseInt(text);
  }

  private static IpRange range(Term term) throws SpfStop {
    String address = term.value().orElseThrow(() -> noValue(term.name()));
    if (term.prefixes().contains("//")) {
      throw malformed("a prefix length behind " + term.name());
    }
    Optional<String> digits =
        Optional.of(term.prefixes()).filter(text -> !text.isEmpty()).map(text -> text.substring(1));
    Optional<IpRange> range =
        term.name().equals("ip4")
            ? IpRange.ipv4(address, prefix(digits, IpRange.IPV4_BITS))
            : IpRange.ipv6(address, prefix(digits, IpRange.IPV6_BITS));
    return range.orElseThrow(() -> malformed("an address behind " + term.name()));
  }

  private static SpfStop noValue(String name) {
    return malformed("no value behind " + name);
  }

  private static SpfStop malformed(String detail) {
    return SpfStop.permanent(SpfReason.MALFORMED, detail);
  }
}
