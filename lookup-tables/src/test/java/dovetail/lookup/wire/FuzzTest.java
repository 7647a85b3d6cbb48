package dovetail.lookup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short runs of this module's fuzz targets. */
@Timeout(120)
class FuzzTest {
  @Test
  void requests() throws IOException {
    assertThat(ShortRun.of(new SocketmapTarget(), 5_000))
        .contains(
            "closed", "netstring length with a leading zero", "netstring of more than # bytes")
        .anyMatch(end -> end.startsWith("truncated"))
        .anyMatch(end -> end.startsWith("socketmap request without a space"));
  }

  @Test
  void answers() throws IOException {
    assertThat(ShortRun.of(new SocketmapAnswersTarget(), 5_000))
        .contains("Ok", "NotFound", "Temp", "Perm");
  }
}
