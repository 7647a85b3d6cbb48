package dovetail.dmarc;

import static dovetail.dmarc.Policy.NONE;
import static dovetail.dmarc.Policy.QUARANTINE;
import static dovetail.dmarc.Policy.REJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dmarc.DmarcRecord.Policies;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tag of RFC 9989 4.7, right and wrong. */
class DmarcRecordTest {
  private static DmarcRecord record(String text) {
    return DmarcRecord.parse(text).orElseThrow();
  }

  private static List<String> notes(String text) {
    return record(text).notes().stream().map(DmarcRecord.Note::words).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=DMARC1",
        "v=DMARC1;",
        "v=DMARC1; ",
        "v=DMARC1;p=none",
        "V=DMARC1; p=none",
        "v = DMARC1 ; p = none",
        "v\t=\tDMARC1\t;\tp=none",
        " v=DMARC1; p=none",
        "v=DMARC1;;",
        "v=DMARC1; \0\u00ff",
      })
  void isOne(String text) {
    assertThat(DmarcRecord.parse(text)).isPresent();
    assertThat(record(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "=",
        "v",
        "v=",
        "v=DMARC",
        "v=DMARC2; p=none",
        "v=DMARC1.0; p=none",
        "v=DMARC11; p=none",
        "v=dmarc1; p=none",
        "v=DMARC1 p=none",
        "v=DMARC1, p=none",
        "v=\"DMARC1\"; p=none",
        "v=DMARC 1; p=none",
        "w=DMARC1; p=none",
        "p=none; v=DMARC1",
        "p=none",
        "; v=DMARC1; p=none",
        "x=y; v=DMARC1; p=none",
        "\"v=DMARC1; p=none\"",
        "v=spf1 -all",
        "v=DKIM1; p=",
      })
  void isNone(String text) {
    assertThat(DmarcRecord.parse(text)).isEmpty();
  }

  @Test
  void defaults() {
    DmarcRecord record = record("v=DMARC1; p=reject");
    assertThat(record.policies())
        .contains(new Policies(REJECT, Optional.empty(), Optional.empty()));
    assertThat(record.modes())
        .isEqualTo(new DmarcRecord.Modes(AlignmentMode.RELAXED, AlignmentMode.RELAXED));
    assertThat(record.suffix()).isEqualTo(PublicSuffix.UNDECLARED);
    assertThat(record.testing()).isFalse();
    assertThat(record.reporting())
        .isEqualTo(new DmarcRecord.Reporting(List.of(), List.of(), List.of(FailureOption.ALL)));
    assertThat(record.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "p=none, NONE, NONE, NONE",
    "p=quarantine, QUARANTINE, QUARANTINE, QUARANTINE",
    "p=REJECT, REJECT, REJECT, REJECT",
    "P=Reject, REJECT, REJECT, REJECT",
    "p=reject; sp=none, REJECT, NONE, NONE",
    "p=none; sp=reject, NONE, REJECT, REJECT",
    "p=none; np=reject, NONE, NONE, REJECT",
    "p=reject; np=none, REJECT, REJECT, NONE",
    "sp=quarantine; np=reject; p=none, NONE, QUARANTINE, REJECT",
    "p=reject; sp=quarantine; np=none, REJECT, QUARANTINE, NONE",
  })
  void policies(String tags, Policy domain, Policy existing, Policy nonexistent) {
    Policies policies = record("v=DMARC1; " + tags).effective().orElseThrow();
    assertThat(policies.domain()).isEqualTo(domain);
    assertThat(policies.forExisting()).isEqualTo(existing);
    assertThat(policies.forNonexistent()).isEqualTo(nonexistent);
  }

  /** RFC 9989 4.10.1: then it is p=none if there is somewhere to report to, else nothing at all. */
  @ParameterizedTest
  @CsvSource({
    "'', false",
    "sp=reject, false",
    "np=reject; sp=reject, false",
    "psd=y; np=reject, false",
    "policy=reject, false",
    "p=, true",
    "p=deny, true",
    "p=reject reject, true",
    "p=reject:, true",
    "p=\u00ff, true",
    "p=reject; sp=deny, true",
    "p=reject; np=, true",
    "p=reject; sp=none; np=deny, true",
    "p=reject; p=reject, true",
    "p=none; P=reject, true",
    "p=reject; sp=none; sp=none, true",
    "p=reject; np=a; np=b; np=none, true",
  })
  void policiesThatDoNotCount(String tags, boolean invalid) {
    DmarcRecord silent = record("v=DMARC1; " + tags);
    assertThat(silent.policies()).isEmpty();
    assertThat(silent.effective()).isEmpty();
    assertThat(silent.asksInvalidly()).isEqualTo(invalid);
    for (String rua : List.of("; rua=", "; rua=mailto:a", "; rua=a@example.com", "; rua=0")) {
      assertThat(record("v=DMARC1; " + tags + rua).effective()).isEmpty();
    }
    DmarcRecord reported = record("v=DMARC1; " + tags + "; rua=nonsense, mailto:a@example.com");
    Policies policies = reported.effective().orElseThrow();
    assertThat(List.of(policies.domain(), policies.forExisting(), policies.forNonexistent()))
        .containsOnly(NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "adkim=r, RELAXED, RELAXED",
    "adkim=s, STRICT, RELAXED",
    "aspf=S, RELAXED, STRICT",
    "adkim=s; aspf=s, STRICT, STRICT",
    "adkim=strict; aspf=, RELAXED, RELAXED",
    "adkim=s; adkim=s, RELAXED, RELAXED",
    "aspf=x, RELAXED, RELAXED",
  })
  void modes(String tags, AlignmentMode dkim, AlignmentMode spf) {
    assertThat(record("v=DMARC1; p=none; " + tags).modes())
        .isEqualTo(new DmarcRecord.Modes(dkim, spf));
  }

  @ParameterizedTest
  @CsvSource({
    "psd=y, YES, false",
    "psd=N, NO, false",
    "psd=u, UNDECLARED, false",
    "psd=yes, UNDECLARED, false",
    "psd=y; psd=n, UNDECLARED, false",
    "t=y, UNDECLARED, true",
    "t=Y, UNDECLARED, true",
    "t=n, UNDECLARED, false",
    "t=y:s, UNDECLARED, false",
    "t=y; t=y, UNDECLARED, false",
    "t=y; psd=y, YES, true",
  })
  void flags(String tags, PublicSuffix suffix, boolean testing) {
    DmarcRecord record = record("v=DMARC1; p=none; " + tags);
    assertThat(record.suffix()).isEqualTo(suffix);
    assertThat(record.testing()).isEqualTo(testing);
  }

  static Stream<Arguments> optionLists() {
    return Stream.of(
        Arguments.of("fo=0", List.of(FailureOption.ALL)),
        Arguments.of("fo=1", List.of(FailureOption.ANY)),
        Arguments.of("fo=d", List.of(FailureOption.DKIM)),
        Arguments.of("fo=S:D", List.of(FailureOption.DKIM, FailureOption.SPF)),
        Arguments.of("fo=d:1:s", List.of(FailureOption.ANY, FailureOption.DKIM, FailureOption.SPF)),
        Arguments.of("fo=s:0", List.of(FailureOption.ALL, FailureOption.SPF)),
        Arguments.of("fo=0:1", List.of(FailureOption.ALL)),
        Arguments.of("fo=0:1:d:s", List.of(FailureOption.ALL)),
        Arguments.of("fo=d:d", List.of(FailureOption.ALL)),
        Arguments.of("fo=1:", List.of(FailureOption.ALL)),
        Arguments.of("fo=1,d", List.of(FailureOption.ALL)),
        Arguments.of("fo=x", List.of(FailureOption.ALL)),
        Arguments.of("fo=", List.of(FailureOption.ALL)));
  }

  @ParameterizedTest
  @MethodSource("optionLists")
  void options(String tag, List<FailureOption> expected) {
    String start = "v=DMARC1; p=none; " + tag;
    assertThat(record(start + "; ruf=mailto:a@example.com").reporting().options())
        .isEqualTo(expected);
    assertThat(record(start).reporting().options()).containsExactly(FailureOption.ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "p=none; pct=50; rf=afrf; ri=3600, obsolete pct=|obsolete rf=|obsolete ri=",
    "p=none; PCT=x; pct=, obsolete pct=",
    "p=none; foo=bar; foo=bar, unknown",
    "p=none;; adkim, malformed",
    "p=none; =x; adkim=s, malformed",
    "p=none; adkim=x, invalid adkim=",
    "p=none; p=x, repeated p=",
    "p=none; v=DMARC1, repeated v=",
    "p=none; fo=x, invalid fo=",
    "'p=none; rua=mailto:a@b.example!10m', obsolete rua=",
    "'p=none; rua=mailto:a@b.example, c@d.example', invalid rua=",
    "p=none; ruf=, invalid ruf=",
  })
  void notesWhatItIgnores(String tags, String notes) {
    assertThat(notes("v=DMARC1; " + tags)).containsExactly(notes.split("\\|"));
  }

  /** RFC 9989 4.8: what cannot be read costs nothing else. */
  @Test
  void errorsStayWhereTheyAre() {
    DmarcRecord record = record("v=DMARC1; rua; =; ;p=reject; \0; a b=c; aspf=s; x");
    assertThat(record.policies().orElseThrow().domain()).isEqualTo(REJECT);
    assertThat(record.modes().spf()).isEqualTo(AlignmentMode.STRICT);
    assertThat(notes(record.text())).containsExactly("malformed");
  }

  @Test
  void policiesHaveLevels() {
    assertThat(REJECT.lower()).isEqualTo(QUARANTINE);
    assertThat(QUARANTINE.lower()).isEqualTo(NONE);
    assertThat(NONE.lower()).isEqualTo(NONE);
    assertThat(REJECT.word()).isEqualTo("reject");
  }
}
