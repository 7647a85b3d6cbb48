package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.arc.ArcTarget;
import dovetail.authres.AuthenticationResultsTarget;
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
  void signature() throws IOException {
    assertThat(ShortRun.of(new SignatureTarget(), 2_000))
        .contains("VERIFIED", "BODY_CHANGED", "SIGNATURE_WRONG", "MALFORMED", "KEY_UNAVAILABLE");
  }

  @Test
  void keyRecord() throws IOException {
    assertThat(ShortRun.of(new KeyRecordTarget(), 5_000))
        .contains("foreign", "RSA_SHA256", "ED25519_SHA256 y s", "KEY_SIZE", "KEY_REVOKED ");
  }

  @Test
  void authservId() throws IOException {
    assertThat(ShortRun.of(new AuthservIdTarget(), 5_000)).contains("ours", "another's", "none");
  }

  @Test
  void authenticationResults() throws IOException {
    assertThat(ShortRun.of(new AuthenticationResultsTarget(), 3_000))
        .contains("results", "none", "nameless", "unterminated comment");
  }

  @Test
  void arc() throws IOException {
    assertThat(ShortRun.of(new ArcTarget(), 3_000))
        .contains("VERIFIED", "NO_SETS", "BODY_CHANGED", "SEAL_FAILED", "SIGNATURE_FAILED")
        .contains("SEAL_MALFORMED", "FIELD_MISSING", "KEY_UNAVAILABLE", "WRONG_CV");
  }
}
