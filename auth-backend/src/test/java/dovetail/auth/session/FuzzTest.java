package dovetail.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run of this package's fuzz targets. */
@Timeout(120)
class FuzzTest {
  @Test
  void scramSession() throws IOException {
    assertThat(ShortRun.of(new ScramSessionTarget(), 5_000))
        .contains("read", "told", "let in", "told, then broken", "let in, then broken");
  }

  @Test
  void dictSession() throws IOException {
    assertThat(ShortRun.of(new DictSessionTarget(), 5_000))
        .contains("told, taken", "told, read", "read, taken", "broken, broken");
  }
}
