package dovetail.srs;

import static dovetail.srs.TestHost.host;
import static dovetail.srs.TestHost.limits;
import static dovetail.srs.TestHost.rewritten;
import static dovetail.srs.TestHost.settings;
import static dovetail.srs.TestHost.to;
import static dovetail.srs.TestHost.unchanged;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.srs.Rewriting.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long addresses are good for. */
final class SrsAgeTest {
  private static final int ROUND = 1_024;

  private final SrsSettings settings = settings(TestHost.SECRET);

  private String written(Instant day) {
    return rewritten(host(settings, day).forward("joe@a.example"));
  }

  @Test
  void countsMidnights() {
    String early = written(Instant.parse("2026-03-01T00:00:00Z"));
    String late = written(Instant.parse("2026-03-01T23:59:59.999Z"));
    assertThat(late).isEqualTo(early);
    assertThat(host(settings, Instant.parse("2026-03-22T23:59:59.999Z")).reverse(early))
        .isEqualTo(to("joe@a.example"));
    assertThat(host(settings, Instant.parse("2026-03-23T00:00:00Z")).reverse(early))
        .isEqualTo(unchanged(Reason.EXPIRED));
  }

  @Test
  void knowsNoTomorrow() {
    String written = written(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(host(settings, Instant.parse("2026-03-01T23:59:59.999Z")).reverse(written))
        .isEqualTo(unchanged(Reason.EXPIRED));
  }

  @Test
  void writesDaysInBase32() {
    assertThat(DayStamp.of(Instant.EPOCH)).isEqualTo("AA");
    assertThat(DayStamp.of(day(1))).isEqualTo("AB");
    assertThat(DayStamp.of(day(31))).isEqualTo("A7");
    assertThat(DayStamp.of(day(32))).isEqualTo("BA");
    assertThat(DayStamp.of(day(1_023))).isEqualTo("77");
    assertThat(DayStamp.of(day(1_024))).isEqualTo("AA");
    assertThat(DayStamp.of(day(-1))).isEqualTo("77");
    assertThat(DayStamp.of(Instant.parse("2020-01-01T00:01:00Z"))).isEqualTo("2W");
  }

  @Test
  void readsNothingElseAsADay() {
    assertThat(DayStamp.age("aA", Instant.EPOCH)).hasValue(0);
    assertThat(DayStamp.age("77", Instant.EPOCH)).hasValue(1);
    assertThat(DayStamp.age("ab", Instant.EPOCH)).hasValue(1_023);
    for (String other :
        new String[] {"", "A", "AAA", "A1", "0A", "8A", "A9", "A\u0130", "\u017FA"}) {
      assertThat(DayStamp.age(other, Instant.EPOCH)).as(other).isEmpty();
    }
  }

  /** From each day of signing around the end of a count, for more than a whole count. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 21, 365})
  void isGoodForAllThoseDaysAndNoOther(int maxDays) {
    SrsSettings limited = limits(settings, 4, 4, Duration.ofDays(maxDays));
    for (int signed : new int[] {0, 1, 19 * ROUND - 22, 20 * ROUND - 1, 20 * ROUND, 20_513}) {
      String written = written(day(signed));
      for (int age = 0; age <= ROUND + maxDays + 1; age++) {
        boolean good = age % ROUND <= maxDays;
        assertThat(host(limited, day(signed + age)).reverse(written))
            .as("signed on day %s, %s days old", signed, age)
            .isEqualTo(good ? to("joe@a.example") : unchanged(Reason.EXPIRED));
      }
    }
  }

  @Test
  void saysExpiredOnlyOfItsOwn() {
    String old = "SRS0=abcd=" + DayStamp.of(day(1)) + "=a.example=joe@srs.example";
    assertThat(host(settings, day(100)).reverse(old)).isEqualTo(unchanged(Reason.BAD_HASH));
  }

  @Test
  void neverEndsForSrs1() {
    String written =
        rewritten(host(settings, day(20_000)).forward("SRS0=x=AA=b.example=joe@a.example"));
    assertThat(host(settings, day(29_000)).reverse(written))
        .isEqualTo(to("SRS0=x=AA=b.example=joe@a.example"));
  }

  private static Instant day(int number) {
    return Instant.ofEpochSecond(86_400L * number);
  }
}
