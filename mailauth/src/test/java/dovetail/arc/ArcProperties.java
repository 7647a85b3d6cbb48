package dovetail.arc;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.TxtResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever fields of ARC a header has, there is a result, and only whole chains are computed. */
class ArcProperties {
  private static final Checking NO_KEYS =
      Checking.of(new TxtResolver(_ -> new Answer.NoSuchName<>()));

  /** A field that keeps to the grammar. */
  record Part(String name, int instance, ChainValidation cv) {
    String written() {
      String start = name + ": i=" + instance + "; ";
      return switch (name) {
        case "ARC-Seal" -> start + "a=rsa-sha256; cv=" + cv.tag() + "; d=a.example; s=k; b=AAAA";
        case "ARC-Message-Signature" ->
            start + "a=rsa-sha256; d=a.example; s=k; h=from; bh=AAAA; b=AAAA";
        default -> start + "mx.example; none";
      };
    }
  }

  @Property(tries = 3000, seed = "8617")
  void structure(@ForAll("chains") List<Part> parts) {
    ArcResult result = NO_KEYS.result(mail(parts.stream().map(Part::written).toList()));
    if (parts.isEmpty()) {
      assertThat(result.reason()).isEqualTo(ArcReason.NO_SETS);
    } else if (isWhole(parts)) {
      assertThat(result.reason()).isEqualTo(ArcReason.SIGNATURE_FAILED);
      assertThat(result.sets()).hasSize(parts.size() / 3);
    } else {
      assertThat(result.reason())
          .isIn(
              ArcReason.BROKEN_BEFORE,
              ArcReason.FIELD_MISSING,
              ArcReason.FIELD_REPEATED,
              ArcReason.WRONG_CV);
      assertThat(result.sets()).isEmpty();
    }
    int highest = parts.stream().mapToInt(Part::instance).max().orElse(0);
    assertThat(result.instances()).isEqualTo(highest);
  }

  /** RFC 8617 5.2, step 3, in other words. */
  private static boolean isWhole(List<Part> parts) {
    int sets = parts.size() / 3;
    return parts.size() == 3 * sets
        && IntStream.rangeClosed(1, sets)
            .allMatch(instance ->
                PlainChain.NAMES.stream()
                    .allMatch(name ->
                        parts.stream()
                            .anyMatch(part ->
                                part.name().equalsIgnoreCase(name)
                                    && part.instance() == instance
                                    && (part.cv() == ChainValidation.expected(instance)
                                        || !name.equals("arc-seal")))));
  }

  @Property(tries = 3000, seed = "8617")
  void anythingHasAResult(@ForAll("fields") List<String> fields, @ForAll("values") String body) {
    ArcResult result = NO_KEYS.result(mail(fields).withBody(body));
    assertThat(result.status()).isIn(ArcStatus.NONE, ArcStatus.FAIL);
    assertThat(result.status() == ArcStatus.NONE).isEqualTo(fields.isEmpty());
    assertThat(result.words()).matches("[ -~]+");
    assertThat(result.sets().size()).isIn(0, result.instances());
  }

  private static TestMail mail(List<String> onTop) {
    List<String> fields = new ArrayList<>(onTop);
    fields.addAll(TestMail.USUAL.fields());
    return new TestMail(fields, TestMail.USUAL.body());
  }

  /** Whole chains, with a few parts repeated, taken away or changed. */
  @Provide
  Arbitrary<List<Part>> chains() {
    Arbitrary<List<Part>> whole =
        Arbitraries.integers().between(0, 4).map(ArcProperties::wholeChain);
    Arbitrary<List<Part>> more = parts().list().ofMaxSize(2);
    Arbitrary<Integer> gone = Arbitraries.of(-1, -1, -1, 0, 1, 2, 5);
    return Combinators.combine(whole, more, gone)
        .as((all, others, index) -> {
          List<Part> parts = new ArrayList<>(all);
          if (index >= 0 && index < parts.size()) {
            parts.remove((int) index);
          }
          parts.addAll(others);
          return parts;
        });
  }

  private static List<Part> wholeChain(int sets) {
    List<Part> parts = new ArrayList<>();
    for (int instance = 1; instance <= sets; instance++) {
      for (String name : List.of("ARC-Seal", "ARC-Message-Signature", ChainReader.RESULTS)) {
        parts.add(new Part(name, instance, ChainValidation.expected(instance)));
      }
    }
    return parts;
  }

  private static Arbitrary<Part> parts() {
    return Combinators.combine(
            names(), Arbitraries.integers().between(1, 5), Arbitraries.of(ChainValidation.values()))
        .as(Part::new);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("ARC-Seal", "ARC-Message-Signature", ChainReader.RESULTS);
  }

  @Provide
  Arbitrary<List<String>> fields() {
    return Combinators.combine(names(), values())
        .as((name, value) -> name + ":" + value)
        .list()
        .ofMaxSize(7);
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "i=1;",
            "i=2;",
            " i",
            "=",
            "1",
            ";",
            "a=rsa-sha256;",
            "cv=none;",
            "cv=pass;",
            "cv=fail;",
            "d=a.example;",
            "d=\u00ff;",
            "s=k;",
            "h=from;",
            "h=",
            "bh=AAAA;",
            "b=AAAA",
            "b=;",
            "(",
            ")",
            "\"",
            "\\",
            "\r\n ",
            "\r",
            "\n",
            "\0",
            " mx.example",
            "spf=pass",
            "t=1;",
            "99999999999999999999",
            "\u00e4");
    Arbitrary<String> octets = Arbitraries.chars().range('\0', '\u00ff').map(String::valueOf);
    return Arbitraries.frequencyOf(Tuple.of(6, pieces), Tuple.of(1, octets))
        .list()
        .ofMaxSize(20)
        .map(all -> String.join("", all));
  }
}
