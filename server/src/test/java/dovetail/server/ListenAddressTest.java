package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inet:localhost:8891",
        "inet:[::1]:8891",
        "inet:127.0.0.1:0",
        "inet:*:65535",
        "unix:/run/dovetail/x"
      })
  void printsWhatItReads(String text) {
    assertThat(ListenAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8891",
        "inet:8891",
        "inet:localhost",
        "inet:localhost:",
        "inet:localhost:65536",
        "inet:mail.example.com:25",
        "inet:::1:25",
        "unix:relative",
        "unix:",
        "unix:/",
        "tcp:x:1",
        "inet:localhost:-1",
        ""
      })
  void refusesTheRest(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsWhatOthersCanReach() {
    assertThat(new ListenAddress.Inet("localhost", 1).isLoopback()).isTrue();
    assertThat(new ListenAddress.Inet("127.0.0.9", 1).isLoopback()).isTrue();
    assertThat(new ListenAddress.Inet("::1", 1).isLoopback()).isTrue();
    assertThat(new ListenAddress.Inet("*", 1).isLoopback()).isFalse();
    assertThat(new ListenAddress.Inet("192.0.2.1", 1).isLoopback()).isFalse();
  }

  @Test
  void localhostIsEveryLoopbackAddress() {
    assertThat(new ListenAddress.Inet("localhost", 25).socketAddresses())
        .isNotEmpty()
        .allMatch(address -> address.getAddress().isLoopbackAddress())
        .allMatch(address -> address.getPort() == 25);
    assertThat(ListenAddress.parse("unix:/a/../b"))
        .isEqualTo(new ListenAddress.Unix(Path.of("/b")));
  }
}
