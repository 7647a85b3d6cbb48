package dovetail.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.dns.dnsjava.DnsSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DnsConfigTest {
  @TempDir Path folder;

  private DnsSettings read(String lines) throws Configuration.UnusableException {
    Site site = Site.in(folder).configure("[dns]\n" + lines);
    return DnsConfig.settings(site.load().settings());
  }

  private static InetSocketAddress server(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  @Test
  void asksTheSystemsServersUnlessToldOtherwise() throws Exception {
    assertThat(read("")).isEqualTo(new DnsSettings(List.of(), Duration.ofSeconds(5), false));
  }

  @Test
  void readsAddresses() throws Exception {
    DnsSettings settings =
        read(
            """
            servers = ["192.0.2.1", "127.0.0.1:5300", "::1", "[::1]:5300", "[2001:db8::1]"]
            timeout = "2s"
            trust_ad = true
            """);
    assertThat(settings.servers())
        .containsExactly(
            server("192.0.2.1", 53),
            server("127.0.0.1", 5300),
            server("::1", 53),
            server("::1", 5300),
            server("2001:db8::1", 53));
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.trustAd()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ns.example.com",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "127.0.0.1:x",
        "",
        ":53",
        "1:"
      })
  void refusesWhatIsNoAddress(String server) {
    assertThatThrownBy(() -> read("servers = [\"" + server + "\"]"))
        .isInstanceOf(Configuration.UnusableException.class)
        .hasMessageContaining("expected an address and perhaps a port")
        .hasMessageContaining("dovetail.toml, line ");
  }
}
