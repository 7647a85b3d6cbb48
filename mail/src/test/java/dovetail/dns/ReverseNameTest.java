package dovetail.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class ReverseNameTest {
  private static String of(String address) {
    return ReverseName.of(InetAddress.ofLiteral(address)).ascii();
  }

  @Test
  void octetsAndNibblesStandBackwards() {
    assertThat(of("192.0.2.255")).isEqualTo("255.2.0.192.in-addr.arpa");
    assertThat(of("2001:db8::567:89ab")) // the address of RFC 3596 2.5, but for its first octets
        .isEqualTo("b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
  }
}
