package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.ShortRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run of this module's fuzz target. */
@Timeout(120)
class FuzzTest {
  @Test
  void policy() throws Exception {
    assertThat(ShortRun.of(new PolicyTarget(), 6_000))
        .contains(
            "closed",
            "empty policy request",
            "policy request with a line that is no name=value",
            "policy request without request=smtpd_access_policy",
            "decided by by-login",
            "decided by by-sender",
            "decided by listed",
            "decided by held",
            "decided by recipients",
            "decided by size",
            "decided by sender-login",
            "decided by recipient",
            "decided by quota",
            "decided by breaker")
        .anyMatch(end -> end.startsWith("truncated"));
  }
}
