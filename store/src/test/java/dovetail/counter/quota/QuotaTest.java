package dovetail.counter.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.counter.CounterName;
import dovetail.counter.Demand;
import dovetail.counter.Origin;
import dovetail.counter.WindowKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How quotas are written. */
final class QuotaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100/1h|100/1h",
        " 100 / 60 m , 500/24h|100/1h,500/1d",
        "5/30s,1/90s|5/30s,1/90s",
        "7/7d|7/1w",
        "7/8d|7/8d",
        "1/3600s|1/1h",
        "100000000000000/3653d|100000000000000/3653d",
        "unlimited|unlimited",
        " none |none"
      })
  void isReadAndHasOneSpelling(String text, String spelling) {
    Quota quota = Quota.parse(text).orElseThrow();
    assertThat(quota).hasToString(spelling);
    assertThat(Quota.parse(spelling)).contains(quota);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100MiB/1d|104857600/1d",
        " 1 GiB / 7d , 512KiB/1h|1073741824/1w,524288/1h",
        "93132GiB/1d|99999723552768/1d",
        "7B/1h|7/1h",
        "7/1h|7/1h",
        "none|none"
      })
  void bytesMayHaveAUnit(String text, String spelling) {
    assertThat(Quota.parseBytes(text).orElseThrow()).hasToString(spelling);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"93133GiB/1d", "999999999999999GiB/1d", "1MB/1d", "1mib/1d", "1M/1d", "MiB/1d"})
  void areNoBytes(String text) {
    assertThat(Quota.parseBytes(text)).isEmpty();
  }

  @Test
  void countsHaveNoUnit() {
    assertThat(Quota.parse("100MiB/1d")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "100",
        "100/h",
        "0/1h",
        "1/0h",
        "-1/1h",
        "1/1y",
        "1/1h,",
        "1/1h,2/60m",
        "100000000000001/1h",
        "1/3654d",
        "Unlimited",
        "1/1H",
        "\u0661/1h",
        "1/1s,1/2s,1/3s,1/4s,1/5s,1/6s,1/7s,1/8s,1/9s"
      })
  void isNoQuota(String text) {
    assertThat(Quota.parse(text)).isEmpty();
  }

  @Test
  void calendarWindowsLastWholeDays() {
    Quota hour = Quota.parse("9/1d,1/1h").orElseThrow();
    assertThat(WindowKind.CALENDAR.complaint(hour))
        .contains("calendar windows last whole days, but not 1/1h");
    assertThat(WindowKind.SLIDING.complaint(hour)).isEmpty();
    assertThat(WindowKind.SMOOTH.complaint(hour)).isEmpty();
    for (String good : List.of("1/1d,2/1w,3/30d", "none", "unlimited")) {
      assertThat(WindowKind.CALENDAR.complaint(Quota.parse(good).orElseThrow())).isEmpty();
    }
    CounterName name = new CounterName("out", "a@example.com");
    assertThatThrownBy(() -> new Demand(name, hour, WindowKind.CALENDAR, Origin.OWN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWindowIsWholeSeconds() {
    assertThatThrownBy(() -> new Window(1, Duration.ofMillis(1500)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Window(1, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLongKeyIsCutAndStaysItsOwn() {
    String end = "x".repeat(400);
    CounterName one = new CounterName("out", end + "1");
    assertThat(one.key()).hasSize(CounterName.KEY).startsWith("xxx");
    assertThat(one).isEqualTo(new CounterName("out", end + "1"));
    assertThat(one).isNotEqualTo(new CounterName("out", end + "2"));
    assertThatThrownBy(() -> new CounterName(end, "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
