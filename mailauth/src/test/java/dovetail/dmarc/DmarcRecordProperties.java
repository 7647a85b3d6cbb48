package dovetail.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Records of any tags, read as they were meant. */
class DmarcRecordProperties {
  /** What the values of each tag may be: the last two of each are not valid. */
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "p", List.of("none", "quarantine", "reject", "deny", ""),
          "sp", List.of("none", "quarantine", "reject", "0", ""),
          "np", List.of("none", "quarantine", "reject", "no ne", ""),
          "adkim", List.of("r", "s", "q", ""),
          "aspf", List.of("r", "s", "rs", ""),
          "psd", List.of("y", "n", "u", "x", ""),
          "t", List.of("y", "n", "x", ""),
          "rua", List.of("mailto:a@b.example", "https://c.example/", "a@b.example", ""));

  record Item(String name, String value) {
    boolean isValid() {
      List<String> values = VALUES.getOrDefault(name, List.of());
      return values.indexOf(value) < values.size() - 2;
    }
  }

  @Property(tries = 3000, seed = "9989")
  void tagsCountWhereverTheyStand(
      @ForAll @Size(max = 12) List<@From("items") Item> items, @ForAll("noise") String noise) {
    String text =
        "v=DMARC1;"
            + items.stream()
                .map(item -> noise + item.name() + " =\t" + item.value())
                .collect(Collectors.joining(" ;"));
    DmarcRecord record = DmarcRecord.parse(text).orElseThrow();
    Map<String, Optional<String>> meant = meant(items);
    assertThat(record.policies().map(policies -> policies.domain().word()))
        .isEqualTo(policiesAreMeant(items) ? valid(meant, "p") : Optional.empty());
    assertThat(record.policies().flatMap(DmarcRecord.Policies::subdomains).map(Policy::word))
        .isEqualTo(policiesAreMeant(items) ? valid(meant, "sp") : Optional.empty());
    assertThat(record.modes().dkim().letter()).isEqualTo(valid(meant, "adkim").orElse("r"));
    assertThat(record.modes().spf().letter()).isEqualTo(valid(meant, "aspf").orElse("r"));
    assertThat(record.suffix().letter()).isEqualTo(valid(meant, "psd").orElse("u"));
    assertThat(record.testing()).isEqualTo(valid(meant, "t").orElse("n").equals("y"));
    assertThat(record.reporting().aggregate().stream().map(ReportUri::text).findFirst())
        .isEqualTo(valid(meant, "rua"));
  }

  /** Each name with its value, if it is there once and valid. */
  private static Map<String, Optional<String>> meant(List<Item> items) {
    Map<String, Optional<String>> meant = new LinkedHashMap<>();
    for (Item item : items) {
      boolean first = !meant.containsKey(item.name());
      meant.put(
          item.name(), first && item.isValid() ? Optional.of(item.value()) : Optional.empty());
    }
    return meant;
  }

  private static Optional<String> valid(Map<String, Optional<String>> meant, String name) {
    return meant.getOrDefault(name, Optional.empty());
  }

  private static boolean policiesAreMeant(List<Item> items) {
    Map<String, Optional<String>> meant = meant(items);
    return valid(meant, "p").isPresent()
        && meant.getOrDefault("sp", Optional.of("")).isPresent()
        && meant.getOrDefault("np", Optional.of("")).isPresent();
  }

  @Provide
  Arbitrary<Item> items() {
    return Arbitraries.of(VALUES.keySet().stream().sorted().toList())
        .flatMap(name ->
            Arbitraries.of(VALUES.getOrDefault(name, List.of()))
                .map(value -> new Item(name, value)));
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.of("", " ", "\t", "x=1; ", "pct=3;", "; ", "junk;", "=; ", "rf=a ; ri=b;");
  }

  @Property(tries = 3000, seed = "9989")
  void anyTextIsBorne(@ForAll String text) {
    DmarcRecord.parse(text);
    DmarcRecord record = DmarcRecord.parse("v=DMARC1;" + text).orElseThrow();
    assertThat(record.text()).endsWith(text);
    ReportUri.parse(text).ifPresent(uri -> assertThat(uri.text()).matches("[!-~]+"));
  }
}
