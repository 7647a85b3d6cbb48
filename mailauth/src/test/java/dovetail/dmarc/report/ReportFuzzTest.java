package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run of this package's fuzz target. */
@Timeout(120)
final class ReportFuzzTest {
  @Test
  void report() throws IOException {
    assertThat(ShortRun.of(new ReportTarget(), 3_000))
        .contains("refused", "faults", "no rows", "rows");
  }
}
