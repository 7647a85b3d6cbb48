package dovetail.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short runs of this package's fuzz targets. */
@Timeout(120)
final class DmarcFuzzTest {
  @Test
  void record() throws IOException {
    assertThat(ShortRun.of(new DmarcRecordTarget(), 10_000))
        .contains("foreign", "none", "quarantine", "reject", "invalid", "no policy")
        .contains("reject YES", "quarantine testing");
  }

  @Test
  void treeWalk() throws IOException {
    assertThat(ShortRun.of(new TreeWalkTarget(), 5_000))
        .contains("no domain", "own NO_RECORD", "own ALIGNED", "above ALIGNED", "above NOT_ALIGNED")
        .contains("broken RECORD_UNAVAILABLE", "broken ALIGNMENT_UNAVAILABLE")
        .contains("above AUTHENTICATION_UNAVAILABLE", "own SEVERAL_RECORDS");
  }
}
