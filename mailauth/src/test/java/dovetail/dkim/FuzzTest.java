package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.authres.AuthservIdTarget;
import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short runs of this module's fuzz targets. */
@Timeout(120)
final class FuzzTest {
  @Test
  void header() throws IOException {
    assertThat(ShortRun.of(new HeaderTarget(), 3_000))
        .contains("Known with a body", "Missing", "Repeated", "Ambiguous with a body");
  }

  @Test
  void authenticationResults() throws IOException {
    assertThat(ShortRun.of(new AuthservIdTarget(), 5_000)).contains("ours", "another's", "none");
  }
}
