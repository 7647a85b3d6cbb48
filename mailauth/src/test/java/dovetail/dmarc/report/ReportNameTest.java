package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.Atoms;
import dovetail.mail.Domain;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of a report. */
final class ReportNameTest {
  private static final String NAME = "(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)";
  private static final String DOMAIN = NAME + "(?:\\." + NAME + ")*";

  @Test
  void areThoseOfTheStandard() {
    ReportName name = name("mail.receiver.example", "example.com", "7f3a");
    assertThat(name.id()).isEqualTo("1013662812-1013749130.7f3a.example.com@mail.receiver.example");
    assertThat(name.subject())
        .isEqualTo(
            "Report Domain: example.com Submitter: mail.receiver.example Report-ID:"
                + " <1013662812-1013749130.7f3a.example.com@mail.receiver.example>");
    assertThat(name.file())
        .isEqualTo("mail.receiver.example!example.com!1013662812!1013749130!7f3a.xml.gz");
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example, b\u00FCcher.example, A",
    "mx.example, _spf.a-b.example, 0",
    "mx, com, zZ9",
    "m\u00FCnchen.example, xn--bcher-kva.example, 00000000000000000000000000000000"
  })
  void keepToTheGrammar(String receiver, String domain, String unique) {
    ReportName name = name(receiver, domain, unique);
    assertThat(name.file()).matches(DOMAIN + "!" + DOMAIN + "!\\d+!\\d+![A-Za-z0-9]+\\.xml\\.gz");
    String[] sides = name.id().split("@", -1);
    assertThat(sides).hasSize(2).allMatch(Atoms::isDotAtom);
    assertThat(name.subject())
        .matches("Report Domain: " + DOMAIN + " Submitter: " + DOMAIN + " Report-ID: <[^ <>]+>")
        .endsWith("<" + name.id() + ">");
  }

  @Test
  void differWhereThePartsDo() {
    ReportName name = name("mx.example", "a.example", "1");
    assertThat(name.id())
        .isEqualTo(name("mx.example", "A.example", "1").id())
        .isNotEqualTo(name("mx.example", "b.example", "1").id())
        .isNotEqualTo(name("my.example", "a.example", "1").id())
        .isNotEqualTo(name("mx.example", "a.example", "11").id());
    ReportName later =
        new ReportName(
            name.receiver(), name.policyDomain(), name.end(), name.end().plusSeconds(9), "1");
    assertThat(later.id()).isNotEqualTo(name.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a!b", "a.b", "\u00FC", "a\n", "../x"})
  void refuseOtherUniqueIds(String unique) {
    assertThatThrownBy(() -> name("mx.example", "a.example", unique))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuseATooLongIdAndNoPeriod() {
    assertThatThrownBy(() -> name("mx.example", "a.example", "a".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
    Domain domain = Domain.parse("a.example").orElseThrow();
    Instant now = Instant.ofEpochSecond(9);
    assertThatThrownBy(() -> new ReportName(domain, domain, now, now.minusSeconds(1), "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReportName(domain, domain, now.minusSeconds(10), now, "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ReportName name(String receiver, String domain, String unique) {
    return new ReportName(
        Domain.parse(receiver).orElseThrow(),
        Domain.parse(domain).orElseThrow(),
        Instant.ofEpochSecond(1_013_662_812),
        Instant.ofEpochSecond(1_013_749_130),
        unique);
  }
}
