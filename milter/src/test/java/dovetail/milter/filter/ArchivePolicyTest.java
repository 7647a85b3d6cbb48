package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.milter.filter.Archival.Gap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArchivePolicyTest {
  private static final Address ONE = address("One@archive.example");
  private static final Address TWO = address("two@archive.example");

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private static Archival decided(Set<Address> recipients, Set<Address> copied) {
    return new ArchivePolicy(false)
        .decide(
            new ArchiveReport(
                List.of(ONE, TWO), recipients, copied, Gap.NONE, Additions.WITH_PARAMETERS));
  }

  @Test
  void eachArchiveGetsOneCopy() {
    assertThat(decided(Set.of(), Set.of()))
        .isEqualTo(new Archival(List.of(ONE, TWO), List.of(), Gap.NONE));
    assertThat(decided(Set.of(ONE.canonical()), Set.of()))
        .isEqualTo(new Archival(List.of(TWO), List.of(ONE), Gap.NONE));
    assertThat(decided(Set.of(), Set.of(TWO)))
        .isEqualTo(new Archival(List.of(ONE), List.of(TWO), Gap.NONE));
    assertThat(decided(Set.of(ONE.canonical()), Set.of(TWO)))
        .isEqualTo(new Archival(List.of(), List.of(ONE, TWO), Gap.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    // what the MTA adds, whether the archive has it already; copies, what is missing
    "WITH_PARAMETERS, false, 1, NONE",
    "PLAIN, false, 1, NO_DSN",
    "NONE, false, 0, NOT_OFFERED",
    "WITH_PARAMETERS, true, 0, NONE",
    "PLAIN, true, 0, NONE",
    "NONE, true, 0, NONE",
  })
  void saysWhatIsMissing(Additions mta, boolean has, int copies, Gap gap) {
    Set<Address> recipients = has ? Set.of(TWO) : Set.of();
    for (Gap unseen : List.of(Gap.NONE, Gap.UNREADABLE, Gap.UNKNOWN)) {
      ArchiveReport report = new ArchiveReport(List.of(TWO), recipients, Set.of(), unseen, mta);
      Archival archival = new ArchivePolicy(false).decide(report);
      assertThat(archival.to()).hasSize(copies);
      assertThat(archival.gap()).isEqualTo(unseen == Gap.NONE ? gap : unseen);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, false",
    "NO_DSN, false",
    "NOT_OFFERED, true",
    "UNREADABLE, true",
    "UNKNOWN, true",
  })
  void putsOffWhatMayLackACopyIfToldTo(Gap gap, boolean putOff) {
    Archival archival = new Archival(List.of(), List.of(), gap);
    assertThat(new ArchivePolicy(true).putsOff(archival)).isEqualTo(putOff);
    assertThat(new ArchivePolicy(false).putsOff(archival)).isFalse();
  }
}
