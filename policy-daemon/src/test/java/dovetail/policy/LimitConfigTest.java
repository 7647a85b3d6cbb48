package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import dovetail.policy.rule.LimitKey;
import dovetail.policy.rule.LimitSettings;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Unit;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LimitConfigTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  @TempDir private Path folder;

  private LimitSettings settings(String parameters) throws Exception {
    RuleConfig rule = Written.rule(folder, "type = 'limit', " + parameters);
    return ((LimitConfig) rule.maker()).settings(ZONE);
  }

  private static Quota quota(String text) {
    return Quota.parse(text).orElseThrow();
  }

  @Test
  void hasDefaults() throws Exception {
    assertThat(settings("key = 'sasl_username', limit = '100/1h,500/1d'"))
        .isEqualTo(
            new LimitSettings(
                "limit",
                LimitKey.SASL_USERNAME,
                Unit.RECIPIENTS,
                WindowKind.SLIDING,
                quota("100/1h,500/1d"),
                new LimitSettings.Prefixes(32, 64),
                80,
                new Refusal(450, Optional.empty()),
                ZONE));
  }

  @Test
  void readsAllKeys() throws Exception {
    assertThat(
            settings(
                "name = 'net', key = 'client_address', unit = 'bytes', kind = 'calendar',"
                    + " limit = '1000/1d', ipv4_prefix = 24, ipv6_prefix = 48, warn = 0,"
                    + " code = 554, text = 'too much'"))
        .isEqualTo(
            new LimitSettings(
                "net",
                LimitKey.CLIENT_ADDRESS,
                Unit.BYTES,
                WindowKind.CALENDAR,
                quota("1000/1d"),
                new LimitSettings.Prefixes(24, 48),
                0,
                new Refusal(554, Optional.of("too much")),
                ZONE));
  }

  @ParameterizedTest
  @EnumSource
  void hasAWordForEachKey(LimitKey key) throws Exception {
    assertThat(settings("key = '" + key.word() + "', limit = 'none'").key()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unit = 'messages' | the key 'key' is missing",
        "key = 'constant' | the key 'limit' is missing",
        "key = 'sasl-username', limit = '1/1h' | expected one of sasl_username, sender,",
        "key = 'constant', limit = '1/1h', unit = 'message' | did you mean 'messages'?",
        "key = 'constant', limit = '1/1h', kind = 'fixed' | expected one of \"calendar\", \"sliding\", \"smooth\"",
        "key = 'constant', limit = '1/1h', kind = 'calendar' | calendar windows last whole days",
        "key = 'constant', limit = '5/1d,1/36h', kind = 'calendar' | but not 1/36h",
        "key = 'constant', limit = '100 an hour' | expected a limit such as \"100/1h,500/1d\"",
        "key = 'constant', limit = '100MiB/1d' | expected a limit such as \"100/1h,500/1d\"",
        "key = 'constant', unit = 'bytes', limit = '1M/1d' | expected a limit such as \"100MiB/1h,1GiB/1d\"",
        "key = 'constant', limit = '' | expected a limit such as",
        "key = 'constant', limit = '1/1h,2/60m' | expected a limit such as",
        "key = 'constant', limit = '-1/1h' | expected a limit such as",
        "key = 'constant', limit = 100 | expected a string, found the integer 100",
        "key = 'constant', limit = '1/1h', ipv4_prefix = 33 | expected an integer from 0 to 32",
        "key = 'constant', limit = '1/1h', ipv6_prefix = 129 | expected an integer from 0 to 128",
        "key = 'constant', limit = '1/1h', warn = 101 | expected an integer from 0 to 100",
        "key = 'constant', limit = '1/1h', code = 250 | expected an integer from 400 to 599",
        "key = 'constant', limit = '1/1h', most = 5 | unknown key 'most'",
      })
  void refuses(String parameters, String complaint) {
    assertThatThrownBy(() -> settings(parameters))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining(complaint);
  }

  @Test
  void bytesMayHaveAUnit() throws Exception {
    assertThat(settings("key = 'constant', unit = 'bytes', limit = '100MiB/1d,1 GiB/1w'").quota())
        .isEqualTo(quota("104857600/1d,1073741824/1w"));
  }

  @Test
  void calendarsCountWholeDaysInAnyUnit() throws Exception {
    assertThat(settings("key = 'constant', kind = 'calendar', limit = '9/24h,50/1w'").quota())
        .isEqualTo(quota("9/1d,50/7d"));
    assertThat(settings("key = 'constant', kind = 'calendar', limit = 'unlimited'").quota())
        .isEqualTo(new Quota.Unlimited());
  }
}
