package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyConfigTest {
  @TempDir private Path folder;

  private Settings load(String text) throws Exception {
    return Written.load(folder, text);
  }

  @Test
  void hasDefaults() throws Exception {
    Settings settings = load("");
    assertThat(settings.get(PolicyConfig.ENABLED)).isTrue();
    assertThat(settings.get(PolicyConfig.LISTEN))
        .singleElement()
        .satisfies(spec -> assertThat(spec.address()).hasToString("inet:localhost:10031"));
    assertThat(settings.get(PolicyConfig.MAX_CONNECTIONS)).isEqualTo(1000);
    assertThat(settings.get(PolicyConfig.ALERT_TO)).isEmpty();
    assertThat(settings.get(PolicyConfig.ALERT_WEBHOOK)).isEmpty();
    assertThat(PolicyConfig.zone(settings)).isEqualTo(ZoneId.systemDefault());
    assertThat(PolicyConfig.counters(settings).strangers()).isEqualTo(200_000);
    assertThat(PolicyConfig.counters(settings).batch()).isEqualTo(10);
    assertThat(PolicySettings.of(settings))
        .isEqualTo(new PolicySettings(Duration.ofSeconds(30), Duration.ofSeconds(1000), List.of()));
  }

  @Test
  void readsAllKeys() throws Exception {
    Settings settings =
        load(
            """
            [policy]
            enabled = false
            listen = ["unix:/run/dovetail/policy", "inet:localhost:1"]
            max_connections = 7
            request_timeout = "5s"
            idle_timeout = "6m"
            time_zone = "Asia/Kathmandu"
            strangers = 5000
            counter_batch = 3
            alert_to = ["postmaster@example.com", "noc@example.net"]
            alert_webhook = "http://127.0.0.1:8080/hooks?x=1"
            [[policy.rule]]
            type = "size"
            most = "10MiB"
            """);
    assertThat(settings.get(PolicyConfig.ENABLED)).isFalse();
    assertThat(settings.get(PolicyConfig.LISTEN)).hasSize(2);
    assertThat(settings.get(PolicyConfig.MAX_CONNECTIONS)).isEqualTo(7);
    assertThat(settings.get(PolicyConfig.ALERT_TO))
        .hasToString("[postmaster@example.com, noc@example.net]");
    assertThat(settings.get(PolicyConfig.ALERT_WEBHOOK))
        .contains(URI.create("http://127.0.0.1:8080/hooks?x=1"));
    assertThat(PolicyConfig.zone(settings)).isEqualTo(ZoneId.of("Asia/Kathmandu"));
    assertThat(PolicyConfig.counters(settings).zone()).isEqualTo(ZoneId.of("Asia/Kathmandu"));
    assertThat(PolicyConfig.counters(settings).strangers()).isEqualTo(5_000);
    assertThat(PolicyConfig.counters(settings).batch()).isEqualTo(3);
    PolicySettings taken = PolicySettings.of(settings);
    assertThat(taken.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(taken.idleTimeout()).isEqualTo(Duration.ofMinutes(6));
    assertThat(taken.rules()).singleElement().extracting(RuleConfig::name).isEqualTo("size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "listen = [] | expected at least one address; enabled = false switches it off",
        "listen = [{ address = 'inet:localhost:1', mode = 'sign' }] | of which policies have none",
        "max_connections = 0 | expected an integer from 1 to 100000, found 0",
        "request_timeout = '0s' | 1s",
        "idle_timeout = '9s' | 10s",
        "idle_timeout = 1000 | expected a duration with a unit such as \"1000s\"",
        "time_zone = 'Europe/Atlantis' | expected a time zone such as \"Europe/Paris\"",
        "time_zone = 2 | expected a string",
        "strangers = 10 | expected an integer from 1000 to 10000000, found 10",
        "counter_batch = 0 | expected an integer from 1 to 1000000, found 0",
        "alert_to = ['nobody'] | expected an address in ASCII, found \"nobody\"",
        "alert_to = ['j\u00fc@example.com'] | expected an address in ASCII",
        "rules = [] | did you mean 'policy.rule'?",
        "rule = 'size' | list",
      })
  void refuses(String line, String complaint) {
    assertThatThrownBy(() -> load("[policy]\n" + line.replace('\'', '"') + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://example.com/x",
        "https:",
        "https:///hooks",
        "chat.example.com",
        "https://a b/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "HTTPS//x"
      })
  void refusesWhatIsNoWebhook(String text) {
    assertThatThrownBy(() -> load("[policy]\nalert_webhook = \"" + text + "\"\n"))
        .hasMessageContaining("expected a URL of http or https, found \"" + text + "\"");
  }

  @Test
  void listensNowhereIfItIsOff() throws Exception {
    assertThat(load("[policy]\nenabled = false\nlisten = []\n").get(PolicyConfig.LISTEN)).isEmpty();
  }

  @Test
  void noTwoRulesHaveOneName() throws Exception {
    String twice =
        """
        [[policy.rule]]
        type = "size"
        most = "10MiB"
        [[policy.rule]]
        type = "size"
        most = "20MiB"
        """;
    assertThatThrownBy(() -> load(twice))
        .hasMessageContaining("two rules are called \"size\": give one another name")
        .hasMessageContaining("line 4");
    assertThat(load(twice + "name = \"larger\"\n").get(PolicyConfig.RULES))
        .extracting(RuleConfig::name)
        .containsExactly("size", "larger");
    assertThatThrownBy(() ->
            Written.rules(
                folder,
                "{ type = 'quota', name = 'size' }",
                "{ type = 'size', mode = 'off', most = '1KiB' }"))
        .hasMessageContaining("two rules are called \"size\"");
  }
}
