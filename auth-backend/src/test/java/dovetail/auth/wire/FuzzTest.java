package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.wire.sasl.SaslTarget;
import dovetail.fuzz.ShortRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short runs of this module's fuzz targets. */
@Timeout(120)
class FuzzTest {
  @Test
  void authClient() throws IOException {
    assertThat(ShortRun.of(new AuthTarget(), 5_000))
        .contains(
            "read",
            "a line that is none of an auth client",
            "a line that is none of an auth server's handshake",
            "a line that is no answer of an auth server",
            "AUTH with parameters behind the response",
            "AUTH without a service",
            "a line with NUL in it",
            "OK without a name that anybody can have")
        .anyMatch(end -> end.startsWith("truncated"));
  }

  @Test
  void authMaster() throws IOException {
    assertThat(ShortRun.of(new MasterTarget(), 5_000))
        .contains(
            "read",
            "a line that is none of an auth master",
            "a line that is no answer to an auth master",
            "USER without a service",
            "an auth client's line: it has the wrong socket")
        .anyMatch(end -> end.startsWith("truncated"));
  }

  @Test
  void dict() throws IOException {
    assertThat(ShortRun.of(new DictTarget(), 8_000))
        .contains(
            "read",
            "a first line that is no dict client's",
            "a line that is no dict command",
            "a line that is no answer to a lookup",
            "a line that is no row",
            "a line that is no answer to a transaction",
            "an answer out of its order",
            "an answer that nobody waits for")
        .anyMatch(end -> end.startsWith("truncated"));
  }

  @Test
  void sasl() throws IOException {
    assertThat(ShortRun.of(new SaslTarget(), 5_000))
        .contains(
            "nothing",
            "plain",
            "login-user",
            "login-password",
            "oauthbearer",
            "xoauth2",
            "oauth-error");
  }
}
