package dovetail.lookup.mtasts;

import static dovetail.lookup.mtasts.World.DOMAIN;
import static dovetail.lookup.mtasts.World.enforce;
import static dovetail.lookup.mtasts.World.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PolicyTextTest {
  private static final Policy POLICY = enforce(Duration.ofDays(7));

  @Test
  void namesTheHosts() {
    assertThat(new PolicyText(true, false).of(DOMAIN, POLICY))
        .isEqualTo("secure match=mx.a.example:.b.example servername=hostname");
    assertThat(new PolicyText(false, false).of(DOMAIN, POLICY))
        .isEqualTo("secure match=mx.a.example:.b.example");
    assertThat(
            new PolicyText(false, false)
                .of(DOMAIN, policy(Policy.Mode.ENFORCE, Duration.ZERO, "B.example", "b.example")))
        .isEqualTo("secure match=b.example");
  }

  @Test
  void addsWhatReportsNeed() {
    String text = new PolicyText(true, true).of(DOMAIN, POLICY);
    assertThat(text)
        .isEqualTo(
            "secure match=mx.a.example:.b.example servername=hostname policy_type=sts"
                + " policy_domain=a.example mx_host_pattern=mx.a.example"
                + " mx_host_pattern=*.b.example { policy_string = version: STSv1 }"
                + " { policy_string = mode: enforce } { policy_string = mx: mx.a.example }"
                + " { policy_string = mx: *.b.example } { policy_string = max_age: 604800 }");
    PostfixTlsPolicy read = PostfixTlsPolicy.read(text);
    assertThat(read.level()).isEqualTo("secure");
    assertThat(read.all("match")).containsExactly("mx.a.example:.b.example");
    assertThat(read.all("servername")).containsExactly("hostname");
    assertThat(read.all("policy_type")).containsExactly("sts");
    assertThat(read.all("policy_domain")).containsExactly("a.example");
    assertThat(read.all("mx_host_pattern")).containsExactly("mx.a.example", "*.b.example");
    assertThat(read.all("policy_string")).containsExactlyElementsOf(POLICY.lines());
  }

  @Test
  void leavesOutWhatPostfixCouldNotRead() {
    Policy huge =
        policy(
            Policy.Mode.ENFORCE,
            Duration.ofDays(1),
            IntStream.range(0, 250)
                .mapToObj(i -> ("x".repeat(60) + ".").repeat(3) + "h" + i + ".example")
                .toArray(String[]::new));
    String text = new PolicyText(true, true).of(DOMAIN, huge);
    assertThat(text).hasSizeBetween(40_000, 90_000).doesNotContain("policy_type");
    assertThat(PostfixTlsPolicy.read(text).all("match").getFirst().split(":")).hasSize(250);
  }
}
