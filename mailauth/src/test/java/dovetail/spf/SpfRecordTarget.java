package dovetail.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any text is a record just where the grammar, written down once more, has it for one. */
public final class SpfRecordTarget implements FuzzTarget {
  static final List<String> ALPHABET =
      List.of(
          "v=spf1 ",
          "V=SPF1",
          "a",
          "mx",
          "ptr",
          "all",
          "include:",
          "exists:",
          "ip4:",
          "ip6:",
          "redirect=",
          "exp=",
          "foo=",
          "example.com",
          "net.example",
          "203.0.113.9",
          "192.0.2.0/24",
          "2001:db8::3",
          "::ffff:192.0.2.3",
          "::",
          ":",
          "/",
          "//",
          "/24",
          "//64",
          "/04",
          "//064",
          "0",
          "128",
          " ",
          "  ",
          "+",
          "-",
          "~",
          "?",
          ".",
          "%{d}",
          "%{ir}",
          "%{l1r-}",
          "%{p}",
          "%{S}",
          "%{c}",
          "%{",
          "}",
          "%%",
          "%_",
          "%-",
          "%",
          "=",
          "\0",
          "\n",
          "\r",
          "\177",
          "\u00FF");

  /** What a macro is replaced by, which is no octet. */
  private static final String MARK = "\u0100";

  private static final Pattern EXPAND =
      Pattern.compile(
          "%\\{[slodiphv](?:0*[1-9][0-9]*)?r?[-.+,/_=]*}|%[%_-]", Pattern.CASE_INSENSITIVE);

  private static final String STRING = "[!-$&-~" + MARK + "]*";
  private static final String TOP = "(?:[a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])";
  private static final String SPEC = STRING + "(?:\\." + TOP + "\\.?|" + MARK + ")";
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
  private static final String OF_32 = "/(?:[12]?[0-9]|3[0-2])";
  private static final String OF_128 = "/(?:[1-9]?[0-9]|1[01][0-9]|12[0-8])";

  private static final Pattern DIRECTIVE =
      insensitive(
          String.join(
              "|",
              "[-+?~]?(?:all",
              "(?:include|exists):" + SPEC,
              "(?:a|mx)(?::" + SPEC + ")?(?:" + OF_32 + ")?(?:/" + OF_128 + ")?",
              "ptr(?::" + SPEC + ")?",
              "ip4:" + IPV4 + "(?:" + OF_32 + ")?",
              "ip6:(?<ipv6>[0-9a-f:.]+)(?:" + OF_128 + ")?)"));
  private static final Pattern KNOWN = insensitive("(?<name>redirect|exp)=" + SPEC);
  private static final Pattern UNKNOWN =
      insensitive("(?!(?:redirect|exp)=)[a-z][a-z0-9_.-]*=" + STRING);

  private static Pattern insensitive(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  @Override
  public String name() {
    return "spfrecord";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    assertThat(SpfRecord.isOne(text)).isEqualTo(text.matches("(?is)v=spf1(?: .*)?"));
    if (!SpfRecord.isOne(text)) {
      return "foreign";
    }
    Optional<SpfRecord> record = parsed(text);
    assertThat(record.isPresent()).as("is a record").isEqualTo(isWellFormed(text));
    if (record.isEmpty()) {
      return "malformed";
    }
    check(text, record.get());
    return outcome(record.get());
  }

  private static Optional<SpfRecord> parsed(String text) {
    try {
      return Optional.of(SpfRecord.parse(text));
    } catch (SpfStop stop) {
      assertThat(stop.reason()).isEqualTo(SpfReason.MALFORMED);
      assertThat(stop.status()).isEqualTo(SpfStatus.PERMERROR);
      assertThat(stop.detail()).matches("[ -~]+");
      return Optional.empty();
    }
  }

  private static List<String> terms(String text) {
    return List.of(text.substring(6).split(" ", -1)).stream().filter(t -> !t.isEmpty()).toList();
  }

  /** Whether a text that is a record by its version keeps to RFC 7208 12 in all its terms. */
  static boolean isWellFormed(String text) {
    List<String> modifiers = new ArrayList<>();
    for (String term : terms(text)) {
      String marked = EXPAND.matcher(term).replaceAll(MARK);
      Matcher known = KNOWN.matcher(marked);
      if (known.matches()) {
        modifiers.add(known.group("name").toLowerCase(Locale.ROOT));
      } else if (!UNKNOWN.matcher(marked).matches() && !isDirective(marked)) {
        return false;
      }
    }
    return modifiers.stream().distinct().count() == modifiers.size(); // RFC 7208 6
  }

  private static boolean isDirective(String marked) {
    Matcher directive = DIRECTIVE.matcher(marked);
    return directive.matches()
        && Optional.ofNullable(directive.group("ipv6")).map(SpfRecordTarget::isIpv6).orElse(true);
  }

  /** Eight groups of up to four digits, of which one gap may leave out some. */
  private static boolean isIpv6(String text) {
    String hex = text.replaceFirst("(?<=:)" + IPV4 + "$", "0:0");
    int gap = hex.indexOf("::");
    String rest = gap < 0 ? "" : hex.substring(gap + 2);
    int groups = gap < 0 ? groups(hex) : groups(hex.substring(0, gap)) + groups(rest);
    return gap < 0 ? groups == 8 : groups < 8;
  }

  /** How many groups there are; too many if any of them is none. */
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] groups = text.split(":", -1);
    boolean right = List.of(groups).stream().allMatch(group -> group.matches("(?i)[0-9a-f]{1,4}"));
    return right ? groups.length : 9;
  }

  /** What is read is what stands there, however it is spaced, and whatever nobody knows. */
  private static void check(String text, SpfRecord record) throws SpfStop {
    List<String> directives =
        terms(text).stream().filter(term -> !term.matches("[A-Za-z][A-Za-z0-9_.-]*=.*")).toList();
    assertThat(record.directives().stream().map(SpfRecord.Directive::text).toList())
        .isEqualTo(directives);
    for (SpfRecord.Directive directive : record.directives()) {
      String mark = directive.text().replaceFirst("(?s)^([-+?~]?).*", "$1");
      assertThat(String.valueOf(directive.qualifier().mark()))
          .isEqualTo(mark.isEmpty() ? "+" : mark);
    }
    String spaced = "V=SPF1   " + String.join("  ", terms(text)) + " ";
    assertThat(SpfRecord.parse(spaced)).isEqualTo(record);
    assertThat(SpfRecord.parse(text + " nobody.knows-it=%{d}/%%")).isEqualTo(record);
  }

  private static String outcome(SpfRecord record) {
    String last =
        record.directives().isEmpty()
            ? "nothing"
            : record.directives().getLast().mechanism().getClass().getSimpleName();
    return last
        + (record.redirect().isPresent() ? " redirect" : "")
        + (record.explanation().isPresent() ? " exp" : "");
  }
}
