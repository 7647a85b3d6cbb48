package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Key;
import dovetail.config.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenSpecTest {
  private static final Key<List<ListenSpec>> LISTEN =
      Key.list("listen", List.of("inet:localhost:8891"), ListenSpec::read, "Where.");
  private static final List<Section> SECTIONS = List.of(Section.of("milter", "", List.of(LISTEN)));

  @TempDir private Path folder;

  private List<ListenSpec> read(String element) throws IOException, ConfigException {
    Path file = folder.resolve("x.toml");
    Files.writeString(file, "[milter]\nlisten = [" + element + "]\n");
    return ConfigLoader.load(file, SECTIONS).get(LISTEN);
  }

  @Test
  void readsStringsAndTables() throws Exception {
    assertThat(
            read(
                """
                "inet:localhost:1",
                { address = "unix:/x", mode = "sign", group = "root", permissions = "0660" },
                { address = "inet:*:2", allow = ["192.0.2.0/24", "[2001:db8::]/32"] }
                """))
        .containsExactly(
            ListenSpec.of("inet:localhost:1"),
            new ListenSpec(
                ListenAddress.parse("unix:/x"),
                Optional.of("sign"),
                Optional.of("root"),
                Optional.of("0660"),
                List.of()),
            new ListenSpec(
                ListenAddress.parse("inet:*:2"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(Network.parse("192.0.2.0/24"), Network.parse("2001:db8::/32"))));
    assertThat(ConfigLoader.defaults(SECTIONS).get(LISTEN))
        .containsExactly(ListenSpec.of("inet:localhost:8891"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'inet:*:8891' | write { address = \"inet:*:8891\", allow = [",
        "'inet:192.0.2.1:8891' | can be reached from other machines",
        "'localhost:8891' | expected \"inet:HOST:PORT\"",
        "5 | expected an address",
        "{ adress = 'unix:/x' } | did you mean 'address'",
        "{ mode = 'sign' } | 'address' is missing",
        "{ address = 'unix:/x', permissions = '660x' } | octal",
        "{ address = 'unix:/x', permissions = 660 } | expected a string",
        "{ address = 'unix:/x', allow = ['127.0.0.1'] } | 'allow' is for inet",
        "{ address = 'inet:localhost:1', group = 'root' } | are for unix",
        "{ address = 'unix:/x', group = 'no such group' } | has no group",
        "{ address = 'inet:*:1', allow = ['mail.example'] } | host names are not looked up",
      })
  void saysWhatIsWrong(String element, String expected) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(element));

    assertThat(e).hasMessageContaining(expected).hasMessageContaining("line 2");
  }
}
