package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.session.Mechanism;
import dovetail.auth.token.TokenRules;
import dovetail.auth.token.Tokens;
import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens a configuration says are good. */
final class TokenConfigTest {
  @TempDir private Path folder;

  private Settings load(String text) throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("dovetail.toml"), text);
    return ConfigLoader.load(file, List.of(AuthConfig.SECTION));
  }

  private Settings load(boolean enabled, Path keys) throws IOException, ConfigException {
    return load(
        """
        [auth]
        enabled = %s
        mechanisms = ["PLAIN", "oauthbearer", "XOAuth2"]
        oauth_keys = ["%s"]
        oauth_issuer = "https://login.example.com/"
        oauth_audience = ["mail.example.com", "webmail"]
        oauth_user_claim = "preferred_username"
        oauth_scope = ["mail", "send"]
        """
            .formatted(enabled, keys));
  }

  @Test
  void readsAllKeys() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), Tokens.publicKeys());
    Settings settings = load(true, keys);
    assertThat(settings.get(AuthConfig.MECHANISMS))
        .containsExactly(Mechanism.PLAIN, Mechanism.OAUTHBEARER, Mechanism.XOAUTH2);
    TokenRules rules = TokenConfig.load(settings).orElseThrow();
    assertThat(rules.keys()).hasToString("1 keys");
    assertThat(rules.issuer()).isEqualTo("https://login.example.com/");
    assertThat(rules.audience()).containsExactlyInAnyOrder("mail.example.com", "webmail");
    assertThat(rules.userClaim()).isEqualTo("preferred_username");
    assertThat(rules.scope()).containsExactly("mail", "send");
    assertThat(AuthSettings.of(settings, Optional.of(rules)).logins().tokens()).contains(rules);
  }

  @Test
  void readsNoFileWhereNobodyLogsIn() throws Exception {
    Path none = folder.resolve("none");
    assertThat(TokenConfig.load(load(""))).isEmpty();
    assertThat(TokenConfig.load(load("[auth]\nenabled = true\n"))).isEmpty();
    assertThat(TokenConfig.load(load(false, none))).isEmpty();
    assertThatThrownBy(() -> TokenConfig.load(load(true, none)))
        .isInstanceOf(TokenConfig.UnusableException.class)
        .hasMessageContaining("'auth.oauth_keys'")
        .hasMessageContaining(none + ": there is no such file");
    assertThatThrownBy(() -> TokenConfig.load(load(true, folder)))
        .isInstanceOf(TokenConfig.UnusableException.class)
        .hasMessageContaining(folder.toString());
  }
}
