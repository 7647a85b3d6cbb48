package dovetail.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short runs of this package's fuzz targets. */
@Timeout(120)
final class SpfFuzzTest {
  @Test
  void record() throws IOException {
    assertThat(ShortRun.of(new SpfRecordTarget(), 20_000))
        .contains("foreign", "malformed", "nothing", "All", "Ip", "Include", "A", "Mx", "Ptr")
        .contains("Exists", "All exp", "Mx redirect");
  }

  @Test
  void check() throws IOException {
    assertThat(ShortRun.of(new SpfTarget(), 5_000))
        .contains("MATCHED PASS", "MATCHED FAIL", "MATCHED FAIL explained", "MATCHED SOFTFAIL")
        .contains("NO_MATCH", "NO_DOMAIN", "NO_RECORD", "SEVERAL_RECORDS", "MALFORMED")
        .contains("NO_REFERENCED_RECORD", "TOO_MANY_LOOKUPS", "TOO_MANY_VOID_LOOKUPS")
        .contains("TOO_MANY_EXCHANGERS", "DNS_FAILURE");
  }
}
