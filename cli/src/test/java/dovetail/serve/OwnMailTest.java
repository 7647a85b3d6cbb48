package dovetail.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.Address;
import dovetail.outbox.Relay;
import dovetail.outbox.SmtpSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnMailTest {
  private static final Optional<Address> SENDER = Address.parse("postmaster@example.com");

  @TempDir Path folder;

  private SmtpSettings read(String lines) throws Exception {
    Site site = Site.in(folder);
    site.write("[server]\n" + lines + "\n[milter]\nkeys = \"" + site.keys() + "\"\n");
    return OwnMail.settings(
        Configuration.load(Optional.of(site.config()), "host_1.example.net"), SENDER);
  }

  @Test
  void goesToThisHostUnlessToldOtherwise() throws Exception {
    SmtpSettings settings = read("");
    assertThat(settings.relay()).isEqualTo(new Relay("localhost", 25));
    assertThat(settings.helo().ascii()).isEqualTo("host_1.example.net");
    assertThat(settings.sender()).isEqualTo(SENDER);
  }

  @ParameterizedTest
  @CsvSource({
    "relay.example.org, relay.example.org:25",
    "192.0.2.1:2525, 192.0.2.1:2525",
    "[2001:db8::1]:587, [2001:db8::1]:587"
  })
  void readsTheRelay(String text, String meaning) throws Exception {
    SmtpSettings settings = read("hostname = \"mx.example.com\"\nrelay = \"" + text + "\"");
    assertThat(settings.relay()).hasToString(meaning);
    assertThat(settings.helo().ascii()).isEqualTo("mx.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "::1", "host:0", "host:smtp", "smtp://host", "two hosts", "a, b"})
  void refusesOthers(String text) {
    assertThatThrownBy(() -> read("relay = \"" + text + "\""))
        .isInstanceOf(Configuration.UnusableException.class)
        .hasMessageContaining("dovetail.toml, line 2")
        .hasMessageContaining("'server.relay'")
        .hasMessageContaining("expected a host and perhaps a port")
        .hasMessageContaining("found \"" + text + "\"");
  }
}
