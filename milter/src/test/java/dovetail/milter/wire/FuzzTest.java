package dovetail.milter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short runs of this module's fuzz targets. */
@Timeout(120)
class FuzzTest {
  @Test
  void codec() throws IOException {
    assertThat(ShortRun.of(new CodecTarget(), 5_000))
        .contains("closed", "milter packet # is too short", "milter packet length #");
  }

  @Test
  void answers() throws IOException {
    assertThat(ShortRun.of(new AnswersTarget(), 5_000)).contains("Accept", "Continue", "Refuse");
  }
}
