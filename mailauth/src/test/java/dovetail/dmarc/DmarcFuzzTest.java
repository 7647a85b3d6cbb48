package dovetail.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run of this package's fuzz target. */
@Timeout(120)
final class DmarcFuzzTest {
  @Test
  void record() throws IOException {
    assertThat(ShortRun.of(new DmarcRecordTarget(), 10_000))
        .contains("foreign", "none", "quarantine", "reject", "invalid", "no policy")
        .contains("reject YES", "quarantine testing");
  }
}
