package dovetail.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whatever the names above a domain have, a walk asks for what a plain walker asks for, at most 8
 * names, and finds the same organization. The author domain is the first line of the input. Others
 * begin with a count of the author's labels, or 0 for all, and have a TXT record of that name, or !
 * if it fails; or with S or D, and have the domain of an identifier, with ? if it is not known
 * whether it passes.
 */
public final class TreeWalkTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "a.b.c.d.e.f.g.h.example.com",
          "mail.example.com",
          "example",
          "a.",
          ".",
          "\n0",
          "\n1",
          "\n2",
          "\n3",
          "\n7",
          "\n8",
          "\n2!",
          "\n3!",
          "\nS",
          "\nD",
          "\nDa.example.com",
          "\nSother.example",
          "\nSexample.com?",
          "v=DMARC1;",
          "\n1v=DMARC1;",
          "\n2v=DMARC1; p=reject;",
          "\n3v=DMARC1; p=none;",
          "p=reject;",
          "sp=quarantine;",
          "np=reject;",
          "psd=y;",
          "psd=n;",
          "adkim=s;",
          "aspf=s;",
          "t=y;",
          "\u00FF",
          "\0");

  private static final int MOST_NAMES = 8;
  private static final int MOST_QUESTIONS = 44;
  private static final int MOST_LINES = 60;
  private static final int MOST_TEXT = 253;

  /** What the lines say, besides of the author. */
  private record Setting(
      Domain author,
      Map<String, List<String>> texts,
      List<String> failing,
      List<Identifier> found) {
    Zone zone() {
      Zone zone = Zone.empty().failing(failing.toArray(String[]::new));
      texts.forEach((name, records) -> zone.with(name, records.toArray(String[]::new)));
      return zone;
    }

    /** The record of a name that has just one. */
    Optional<DmarcRecord> record(String name) {
      List<DmarcRecord> records =
          texts.getOrDefault(name, List.of()).stream()
              .map(DmarcRecord::parse)
              .flatMap(Optional::stream)
              .toList();
      return records.size() == 1 ? Optional.of(records.getFirst()) : Optional.empty();
    }
  }

  /** What a plain walker asks for, and the organization that it finds, if the DNS lets it. */
  private record Walked(List<String> asked, Optional<String> organization) {}

  @Override
  public String name() {
    return "dmarcwalk";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", MOST_LINES);
    Optional<Domain> author = Domain.parse(lines[0]);
    if (author.isEmpty()) {
      return "no domain";
    }
    Setting setting =
        new Setting(author.get(), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
    for (String line : List.of(lines).subList(1, lines.length)) {
      if (!line.isEmpty()) {
        add(setting, line.charAt(0), line.substring(1));
      }
    }
    String walk = checkWalk(setting, setting.author());
    setting.found().forEach(identifier -> checkWalk(setting, identifier.domain()));
    return walk + checkVerdict(setting);
  }

  private static void add(Setting setting, char first, String rest) {
    if (first == 'S' || first == 'D') {
      Identifier.Check check =
          rest.endsWith("?") ? Identifier.Check.TEMPERROR : Identifier.Check.PASS;
      Domain.parse(rest.replaceFirst("\\?$", ""))
          .map(domain ->
              first == 'S'
                  ? new Identifier.Spf(domain, check)
                  : new Identifier.Dkim(domain, "s", check))
          .ifPresent(setting.found()::add);
    } else if (first >= '0' && first <= '9') {
      String author = setting.author().ascii();
      String name = first == '0' ? author : last(author, first - '0');
      if (rest.startsWith("!")) {
        setting.failing().add("_dmarc." + name);
      } else {
        setting.texts().computeIfAbsent(name, _ -> new ArrayList<>()).add(rest);
      }
    }
  }

  /** The last labels of a name; the name itself if it has no more. */
  private static String last(String name, int labels) {
    List<String> all = List.of(name.split("\\."));
    return String.join(".", all.subList(Math.max(0, all.size() - labels), all.size()));
  }

  private static int labels(String name) {
    return name.split("\\.").length;
  }

  private static String checkWalk(Setting setting, Domain start) {
    Zone zone = setting.zone();
    TreeWalk walk = TreeWalk.from(start, new PolicyRecords(zone));
    Walked plain = plainly(setting, start.ascii());
    assertThat(zone.asked()).isEqualTo(plain.asked()).hasSizeLessThanOrEqualTo(MOST_NAMES);
    return switch (walk) {
      case TreeWalk.Broken() -> {
        assertThat(plain.organization()).isEmpty();
        yield "broken";
      }
      case TreeWalk.Complete complete -> {
        String organization = complete.organizationalDomain().ascii();
        assertThat(plain.organization()).contains(organization);
        yield organization.equals(start.ascii()) ? "own" : "above";
      }
    };
  }

  /** RFC 9989 4.10 and 4.10.2 in other words. */
  private static Walked plainly(Setting setting, String start) {
    List<String> asked = new ArrayList<>();
    String organization = start;
    for (String name : names(start)) {
      if (name.length() + "_dmarc.".length() > MOST_TEXT) {
        continue;
      }
      asked.add("_dmarc." + name);
      if (setting.failing().contains("_dmarc." + name)) {
        return new Walked(asked, Optional.empty());
      }
      Optional<DmarcRecord> record = setting.record(name);
      if (record.isPresent()) {
        boolean below = record.get().suffix() == PublicSuffix.YES && !name.equals(start);
        organization = below ? last(start, labels(name) + 1) : name;
        if (record.get().suffix() != PublicSuffix.UNDECLARED) {
          break;
        }
      }
    }
    return new Walked(asked, Optional.of(organization));
  }

  private static List<String> names(String start) {
    List<String> names = new ArrayList<>(List.of(start));
    for (int labels = Math.min(labels(start) - 1, MOST_NAMES - 1); labels > 0; labels--) {
      names.add(last(start, labels));
    }
    return names;
  }

  private static String checkVerdict(Setting setting) {
    Zone zone = setting.zone();
    DmarcResult result = new DmarcVerifier(zone).verify(setting.author(), setting.found());
    List<String> asked = zone.asked();
    assertThat(asked).hasSizeLessThanOrEqualTo(MOST_QUESTIONS).doesNotHaveDuplicates();
    assertThat(asked.stream().filter(setting.failing()::contains).count())
        .isLessThanOrEqualTo(PolicyRecords.MAX_FAILURES);
    assertThat(new DmarcVerifier(zone).verify(setting.author(), setting.found()))
        .as("again")
        .isEqualTo(result);
    assertThat(result.words()).matches("[ -~]+");
    assertThat(result.reason() == DmarcReason.ALIGNED).isEqualTo(!result.aligned().isEmpty());
    if (result.status() != DmarcStatus.FAIL) {
      assertThat(result.disposition()).isEqualTo(Policy.NONE);
    }
    result.policy().ifPresent(policy -> checkPolicy(setting, policy, result.aligned()));
    return " " + result.reason();
  }

  /** A policy is published at or above the author domain, and nobody else's domain is aligned. */
  private static void checkPolicy(Setting setting, FoundPolicy policy, List<Identifier> aligned) {
    String author = setting.author().ascii();
    assertThat("." + author).endsWith("." + policy.domain().ascii());
    assertThat(setting.record(policy.domain().ascii())).contains(policy.record());
    assertThat(setting.found()).containsAll(aligned);
    for (Identifier identifier : aligned) {
      assertThat(identifier.check()).isEqualTo(Identifier.Check.PASS);
      String domain = identifier.domain().ascii();
      AlignmentMode mode =
          identifier instanceof Identifier.Spf
              ? policy.record().modes().spf()
              : policy.record().modes().dkim();
      if (mode == AlignmentMode.STRICT) {
        assertThat(domain).isEqualTo(author);
      } else if (!domain.equals(author)) {
        assertThat(plainly(setting, domain).organization())
            .isPresent()
            .isEqualTo(plainly(setting, author).organization());
      }
    }
  }
}
