package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import dovetail.srs.SrsTarget;
import dovetail.tag.TagListTarget;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short runs of this module's fuzz targets. */
@Timeout(120)
final class FuzzTest {
  private static final int ROUNDS = 5_000;

  @Test
  void address() throws IOException {
    assertThat(ShortRun.of(new AddressTarget(), ROUNDS))
        .contains("known", "several domains", "unterminated group", "address literal");
  }

  @Test
  void tagList() throws IOException {
    assertThat(ShortRun.of(new TagListTarget(), ROUNDS))
        .contains("tags", "a tag", "tag that is there twice", "bare CR or LF");
  }

  @Test
  void srs() throws IOException {
    assertThat(ShortRun.of(new SrsTarget(), ROUNDS))
        .contains(
            "forwarded, not-srs",
            "forwarded, foreign-domain",
            "local-domain, reversed",
            "local-domain, bad-hash",
            "local-domain, expired",
            "local-domain, malformed",
            "no-domain, no-domain",
            "malformed, malformed");
  }
}
