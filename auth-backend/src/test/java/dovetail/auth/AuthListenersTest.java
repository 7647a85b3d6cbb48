package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigLoader;
import dovetail.config.Key;
import dovetail.config.Settings;
import dovetail.server.ListenSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where those listen who speak to Dovecot. */
class AuthListenersTest {
  @TempDir private Path folder;

  private Settings load(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("dovetail.toml"), text);
    return ConfigLoader.load(file, List.of(AuthConfig.SECTION));
  }

  private static void assertListens(Settings settings, Key<List<ListenSpec>> key, String address) {
    assertThat(settings.get(key))
        .singleElement()
        .satisfies(spec -> assertThat(spec.address()).hasToString(address));
  }

  @Test
  void hasDefaults() throws Exception {
    Settings settings = load("");
    assertListens(settings, AuthConfig.USERDB_LISTEN, "unix:/run/dovetail/auth-userdb");
    assertListens(settings, AuthConfig.DICT_AUTH_LISTEN, "unix:/run/dovetail/dict-auth");
    assertListens(settings, AuthConfig.DICT_LISTEN, "unix:/run/dovetail/dict");
  }

  @Test
  void listensNowhereIfItIsToldSo() throws Exception {
    Settings settings = load("[auth]\nenabled = true\ndict_auth_listen = []\ndict_listen = []\n");
    assertThat(settings.get(AuthConfig.DICT_AUTH_LISTEN)).isEmpty();
    assertThat(settings.get(AuthConfig.DICT_LISTEN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"userdb_listen", "dict_auth_listen", "dict_listen"})
  void dovecotWantsUnixSockets(String key) {
    assertThatThrownBy(() -> load("[auth]\n%s = [\"inet:localhost:1\"]\n".formatted(key)))
        .hasMessageContaining(key)
        .hasMessageContaining("inet:localhost:1 is no unix socket, which Dovecot wants");
    assertThatThrownBy(
            () -> load("[auth]\n%s = [{ address = \"unix:/x\", mode = \"y\" }]\n".formatted(key)))
        .hasMessageContaining("unix:/x has a mode");
  }

  /** Who has the one socket could ask at the other what he is not to know. */
  @Test
  void passwordsAreNotToldWhereNotesAreTaken() {
    assertThatThrownBy(() -> load("[auth]\ndict_listen = [\"unix:/run/dovetail/dict-auth\"]\n"))
        .hasMessageContaining("unix:/run/dovetail/dict-auth is taken by another listener");
  }
}
