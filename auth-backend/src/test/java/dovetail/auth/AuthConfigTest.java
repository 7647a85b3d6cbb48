package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.answer.AuthenticatorSettings;
import dovetail.auth.answer.GuardSettings;
import dovetail.auth.answer.HomeTemplate;
import dovetail.auth.answer.MailLocation;
import dovetail.auth.answer.UserSettings;
import dovetail.auth.session.Mechanism;
import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Settings;
import dovetail.directory.LoginService;
import dovetail.server.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthConfigTest {
  @TempDir private Path folder;

  private Settings load(String text) throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("dovetail.toml"), text);
    return ConfigLoader.load(file, List.of(AuthConfig.SECTION));
  }

  @Test
  void hasDefaults() throws Exception {
    Settings settings = load("");
    assertThat(settings.get(AuthConfig.ENABLED)).isFalse();
    assertThat(settings.get(AuthConfig.LISTEN))
        .singleElement()
        .satisfies(spec -> assertThat(spec.address()).hasToString("unix:/run/dovetail/auth"));
    assertThat(settings.get(AuthConfig.MAX_CONNECTIONS)).isEqualTo(1000);
    assertThat(AuthConfig.hashing(settings).weakSchemes()).isFalse();
    assertThat(AuthSettings.of(settings, Optional.empty()))
        .isEqualTo(
            new AuthSettings(
                Duration.ofSeconds(30),
                Set.of(Mechanism.PLAIN, Mechanism.LOGIN),
                new AuthenticatorSettings(
                    new GuardSettings(
                        Duration.ofHours(1),
                        30,
                        100,
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(8),
                        List.of()),
                    Set.of(),
                    false,
                    Optional.empty()),
                UserSettings.NONE));
  }

  @Test
  void readsAllKeys() throws Exception {
    Settings settings =
        load(
            """
            [auth]
            enabled = true
            listen = ["unix:/run/dovetail/auth", "inet:localhost:1"]
            max_connections = 7
            request_timeout = "11s"
            mechanisms = ["login", "Scram-SHA-256"]
            hash_threads = 3
            weak_schemes = true
            window = "2h"
            client_attempts = 4
            account_attempts = 5
            block = "6m"
            delay = "7ms"
            most_delay = "9s"
            exempt = ["192.0.2.0/24", "::1"]
            totp_services = ["imap", "smtp"]
            userdb_listen = []
            mail_home = "/v/%{domain}/%{username}"
            mail_uid = 7
            mail_gid = 8
            mail_location = "sdbox:~/dbox"
            """);
    assertThat(settings.get(AuthConfig.ENABLED)).isTrue();
    assertThat(settings.get(AuthConfig.LISTEN)).hasSize(2);
    assertThat(settings.get(AuthConfig.MAX_CONNECTIONS)).isEqualTo(7);
    assertThat(AuthConfig.hashing(settings).threads()).isEqualTo(3);
    assertThat(AuthConfig.hashing(settings).weakSchemes()).isTrue();
    assertThat(AuthSettings.of(settings, Optional.empty()))
        .isEqualTo(
            new AuthSettings(
                Duration.ofSeconds(11),
                Set.of(Mechanism.LOGIN, Mechanism.SCRAM_SHA_256),
                new AuthenticatorSettings(
                    new GuardSettings(
                        Duration.ofHours(2),
                        4,
                        5,
                        Duration.ofMinutes(6),
                        Duration.ofMillis(7),
                        Duration.ofSeconds(9),
                        List.of(Network.parse("192.0.2.0/24"), Network.parse("::1"))),
                    Set.of(LoginService.IMAP, LoginService.SMTP),
                    true,
                    Optional.empty()),
                new UserSettings(
                    HomeTemplate.read("/v/%{domain}/%{username}"),
                    Optional.of(7L),
                    Optional.of(8L),
                    MailLocation.of("sdbox:~/dbox"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enabled = true; listen = [] | 2 | at least one address; enabled = false switches it off",
        "listen = [{ address = 'inet:localhost:1', mode = 'x' }] | 1 | of which logins have none",
        "mail_home = '/v/%u' | 1 | expected a path from / on with %{user}",
        "mail_uid = 0 | 1 | expected an integer from 1",
        "mail_location = 'maildir' | 1 | expected a driver and a path",
        "max_connections = 0 | 1 | expected an integer from 1 to 100000, found 0",
        "request_timeout = '9s' | 1 | expected at least \"10s\"",
        "mechanisms = [] | 1 | expected at least one: Postfix's smtpd ends without any",
        "mechanisms = ['PLAIN', 'CRAM-MD5'] | 1 | found \"CRAM-MD5\"",
        "hash_threads = 65 | 1 | expected an integer from 1 to 64, found 65",
        "window = '59s' | 1 | expected at least \"1m\"",
        "client_attempts = 0 | 1 | expected an integer from 1 to 10000, found 0",
        "account_attempts = 10001 | 1 | expected an integer from 1 to 10000, found 10001",
        "block = '10s' | 1 | expected at least \"1m\"",
        "exempt = ['webmail'] | 1 | webmail",
        "totp_services = ['lmtp'] | 1 | found \"lmtp\"",
        "mechanisms = ['XOAUTH2'] | 1 | OAUTHBEARER and XOAUTH2 need 'oauth_keys' or",
        "oauth_keys = ['/k']; oauth_issuer = 'x' | 1 | auth.oauth_keys': 'oauth_audience' has to say",
        "oauth_secret_file = '/s'; oauth_audience = ['x'] | 1 | auth.oauth_secret_file': 'oauth_issuer' has to",
        "oauth_issuer = ' ' | 1 | expected a text that is not empty",
        "oauth_audience = [''] | 1 | expected a text that is not empty",
        "oauth_scope = ['a b'] | 1 | expected one word of a scope, found \"a b\"",
        "delay = 2 | 1 | expected a duration with a unit such as \"2s\"",
      })
  void refuses(String lines, int line, String complaint) {
    assertRefused(lines, line, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "most_delay = '10s' | 1 | auth.most_delay': expected at most \"9s\": Postfix gives up",
        "most_delay = '9001ms' | 1 | auth.most_delay': expected at most \"9s\"",
        "delay = '20s'; most_delay = '1h' | 2 | auth.most_delay': expected at most \"9s\"",
        "delay = '8001ms' | 1 | auth.delay': expected at most what 'most_delay' says",
        "most_delay = '2s'; delay = '3s' | 2 | auth.delay': expected at most what 'most_delay'",
        "block = '5m'; most_delay = '500ms' | 2 | auth.most_delay': expected at least what 'delay'",
      })
  void answersAreHeldBackNoLongerThanPostfixWaits(String lines, int line, String complaint) {
    assertRefused(lines, line, complaint);
  }

  private void assertRefused(String lines, int line, String complaint) {
    String text = "[auth]\n" + lines.replace('\'', '"').replace("; ", "\n") + "\n";
    assertThatThrownBy(() -> load(text))
        .isInstanceOfSatisfying(
            ConfigException.class, refused -> assertThat(refused.problems()).hasSize(1))
        .hasMessageContaining("line " + (line + 1))
        .hasMessageContaining(complaint);
  }

  @Test
  void answersMayNotBeHeldBackAtAll() throws Exception {
    Settings settings = load("[auth]\ndelay = \"0s\"\nmost_delay = \"0s\"\n");
    assertThat(AuthSettings.of(settings, Optional.empty()).logins().guard().mostDelay()).isZero();
  }

  @Test
  void needsNoAddressWhereItIsSwitchedOff() throws Exception {
    assertThat(load("[auth]\nlisten = []").get(AuthConfig.LISTEN)).isEmpty();
  }
}
