package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, 127.255.255.255, true",
    "127.0.0.0/8, 128.0.0.0, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "10.0.0.0/9, 10.127.255.255, true",
    "10.0.0.0/9, 10.128.0.0, false",
    "::1, ::1, true",
    "[::1], ::1, true",
    "[2001:db8::]/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::/33, 2001:db8:8000::, false",
    "::/0, 192.0.2.1, false",
    "0.0.0.0/0, ::1, false"
  })
  void contains(String network, String address, boolean expected) {
    assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address))).isEqualTo(expected);
  }

  @Test
  void aMappedAddressCountsAsIpv4() throws Exception {
    InetAddress mapped = mapped(192, 0, 2, 7);

    assertThat(Network.parse("192.0.2.0/24").contains(mapped)).isTrue();
    assertThat(Network.parse("192.0.3.0/24").contains(mapped)).isFalse();
  }

  private static InetAddress mapped(int... last) throws Exception {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    for (int i = 0; i < 4; i++) {
      bytes[12 + i] = (byte) last[i];
    }
    // The JDK unmaps by itself except here.
    return java.net.Inet6Address.getByAddress("", bytes, -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "mail.example.com",
        "",
        "1",
        "127.1",
        "1.2.3.4.5",
        "256.0.0.1",
        "1.2.3.4/33",
        "1.2.3.4/-1",
        "1.2.3.4/",
        "::1/129",
        "[127.0.0.1]/8",
        "1.2.3.4/8/8",
        ":::",
        "fe80::1%lo"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhichNetworkWasMeant() {
    assertThatThrownBy(() -> Network.parse("192.0.2.7/24"))
        .hasMessageContaining("192.0.2.0/24 is the network");
    assertThatThrownBy(() -> Network.parse("mail.example.com"))
        .hasMessageContaining("host names are not looked up");
  }

  @Test
  void printsWhatItReads() {
    for (String text : new String[] {"127.0.0.0/8", "[2001:db8:0:0:0:0:0:0]/32"}) {
      assertThat(Network.parse(text)).hasToString(text);
    }
  }
}
