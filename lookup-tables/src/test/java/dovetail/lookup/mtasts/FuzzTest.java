package dovetail.lookup.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run of this package's fuzz target. */
@Timeout(120)
final class FuzzTest {
  @Test
  void policies() throws IOException {
    assertThat(ShortRun.of(new PolicyTarget(), 5_000))
        .contains(
            "published",
            "enforce",
            "none",
            "no mx",
            "an mx that is no host",
            "a line without a field",
            "BadHttpException",
            "EOFException");
  }
}
