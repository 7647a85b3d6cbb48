package dovetail.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run of this package's fuzz target. */
@Timeout(120)
class FuzzTest {
  @Test
  void token() throws IOException {
    assertThat(ShortRun.of(new TokenTarget(), 5_000))
        .contains("no token", "form", "good", "algorithm", "issuer");
  }
}
