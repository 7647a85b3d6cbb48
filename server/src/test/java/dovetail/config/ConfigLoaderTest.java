package dovetail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private enum Mode {
    AUTO,
    SIGN_ONLY
  }

  private record Row(String domain, int weight) {
    static Row read(ConfigValue value) throws ConfigException {
      ConfigTable table = value.asTable("domain", "weight");
      return new Row(
          table.require("domain").asString(),
          table.get("weight", weight -> weight.asInteger(0, 9)).orElse(1));
    }
  }

  private static final Key<Mode> MODE = Key.choice("mode", Mode.class, Mode.AUTO, "What to do.");
  private static final Key<Boolean> ENABLED = Key.bool("enabled", true, "Whether it runs.");
  private static final Key<Duration> WAIT = Key.duration("wait", "20s", "How long.");
  private static final Key<Long> CAP = Key.size("cap", "512KiB", "How much.");
  private static final Key<Integer> PORT = Key.integer("port", 25, 1, 65535, "Where.");
  private static final Key<Path> KEYS = Key.path("keys", "/etc/dovetail/keys", "Where keys are.");
  private static final Key<List<String>> NAMES = Key.strings("names", List.of("a"), "Who.");
  private static final Key<List<Row>> ROWS = Key.tables("signing", Row::read, "More.");
  private static final Key<Optional<String>> HOST =
      Key.string("hostname", "", "The name.").optional();

  private static final List<Section> SECTIONS =
      List.of(
          Section.of("server", "The process.", List.of(HOST)),
          Section.of(
                  "milter",
                  "The milter.",
                  List.of(MODE, ENABLED, WAIT, CAP, PORT, KEYS, NAMES, ROWS))
              .check((settings, complaints) -> {
                if (settings.get(PORT) == 13) {
                  complaints.at(PORT, "brings bad luck");
                }
              })
              .when(settings -> settings.get(ENABLED)));

  @TempDir private Path folder;

  private Path main(String text) throws IOException {
    return Files.writeString(folder.resolve("dovetail.toml"), text);
  }

  private Settings load(String text) throws IOException, ConfigException {
    return ConfigLoader.load(main(text), SECTIONS);
  }

  private List<String> problems(String text) throws IOException {
    Path file = main(text);
    return problems(file);
  }

  private static List<String> problems(Path file) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, SECTIONS));
    return e.problems().stream()
        .map(Problem::toString)
        .map(text -> text.replace(file.getParent() + "/", ""))
        .toList();
  }

  @Test
  void nothingWrittenMeansDefaults() throws Exception {
    for (Settings settings :
        List.of(
            load(""),
            ConfigLoader.defaults(SECTIONS),
            ConfigLoader.loadIfPresent(folder.resolve("absent.toml"), SECTIONS))) {
      assertThat(settings.get(MODE)).isEqualTo(Mode.AUTO);
      assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(20));
      assertThat(settings.get(CAP)).isEqualTo(512 * 1024);
      assertThat(settings.get(NAMES)).containsExactly("a");
      assertThat(settings.get(ROWS)).isEmpty();
      assertThat(settings.get(HOST)).isEmpty();
      assertThat(settings.position(MODE)).isEmpty();
    }
  }

  @Test
  void whatIsWrittenHolds() throws Exception {
    Settings settings =
        load(
            """
            server.hostname = "mx.example.com"
            [milter]
            mode = "sign-only"
            wait = "2h"
            cap = "3MiB"
            names = ["x", "y"]
            keys = "/k"
            [[milter.signing]]
            domain = "a.example"
            [[milter.signing]]
            domain = "b.example"
            weight = 7
            """);

    assertThat(settings.get(HOST)).contains("mx.example.com");
    assertThat(settings.get(MODE)).isEqualTo(Mode.SIGN_ONLY);
    assertThat(settings.get(WAIT)).isEqualTo(Duration.ofHours(2));
    assertThat(settings.get(CAP)).isEqualTo(3L << 20);
    assertThat(settings.get(NAMES)).containsExactly("x", "y");
    assertThat(settings.get(KEYS)).isEqualTo(Path.of("/k"));
    assertThat(settings.get(ROWS))
        .containsExactly(new Row("a.example", 1), new Row("b.example", 7));
    assertThat(settings.position(MODE).orElseThrow().line()).isEqualTo(3);
  }

  @Test
  void allProblemsComeAtOnceWithTheirPlaces() throws Exception {
    assertThat(
            problems(
                """
                [milter]
                moed = "auto"
                mode = "singonly"
                enabled = "yes"
                port = 0
                wait = 20
                cap = "1 pound"
                names = "x"
                zebra = 1
                [[milter.signing]]
                weight = 3
                [[milter.signing]]
                domain = "b.example"
                wieght = 3
                [mlter]
                [server.deep]
                """))
        .containsExactlyInAnyOrder(
            "dovetail.toml, line 2, column 1: unknown key 'milter.moed', did you mean 'milter.mode'?",
            "dovetail.toml, line 3, column 1: 'milter.mode': expected one of \"auto\","
                + " \"sign-only\", found the string \"singonly\", did you mean 'sign-only'?",
            "dovetail.toml, line 4, column 1: 'milter.enabled': expected true or false, without"
                + " quotes, found the string \"yes\"",
            "dovetail.toml, line 5, column 1: 'milter.port': expected an integer from 1 to 65535,"
                + " found 0",
            "dovetail.toml, line 6, column 1: 'milter.wait': expected a duration with a unit such"
                + " as \"20s\" or \"5m\", found the integer 20",
            "dovetail.toml, line 7, column 1: 'milter.cap': expected a size such as \"512KiB\" or"
                + " \"10MiB\", found the string \"1 pound\"",
            "dovetail.toml, line 8, column 1: 'milter.names': expected a list, written as [ … ],"
                + " found the string \"x\"",
            "dovetail.toml, line 9, column 1: unknown key 'milter.zebra'",
            "dovetail.toml, line 10, column 1: 'milter.signing[0]': the key 'domain' is missing",
            "dovetail.toml, line 14, column 1: unknown key 'wieght' in 'milter.signing[1]', did you"
                + " mean 'weight'?",
            "dovetail.toml, line 15, column 1: unknown section 'mlter', did you mean 'milter'?",
            "dovetail.toml, line 16, column 1: unknown section 'server.deep'");
  }

  @Test
  void laterFilesReplaceKeysAndAddTables() throws Exception {
    Path file = main("[milter]\nport = 1\nnames = ['x']\n[[milter.signing]]\ndomain = 'a'\n");
    Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(
        folder.resolve("conf.d/20.toml"), "[milter]\nport = 3\n[[milter.signing]]\ndomain = 'c'\n");
    Files.writeString(
        folder.resolve("conf.d/10.toml"),
        "[milter]\nport = 2\nnames = ['y']\n[[milter.signing]]\ndomain = 'b'\n");
    Files.writeString(folder.resolve("conf.d/30.toml.rpmsave"), "[milter]\nport = 4\n");

    Settings settings = ConfigLoader.load(file, SECTIONS);

    assertThat(settings.get(PORT)).isEqualTo(3);
    assertThat(settings.get(NAMES)).containsExactly("y");
    assertThat(settings.get(ROWS)).extracting(Row::domain).containsExactly("a", "b", "c");
  }

  @Test
  void aProblemInAnAddedFileNamesIt() throws Exception {
    Path file = main("");
    Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(folder.resolve("conf.d/10.toml"), "\n[milter]\nport = 'x'\n");

    assertThat(problems(file))
        .containsExactly(
            "conf.d/10.toml, line 3, column 1: 'milter.port': expected an integer, found the"
                + " string \"x\"");
  }

  @Test
  void checksSeeWholeSettingsAndPointAtTheKey() throws Exception {
    assertThat(problems("[milter]\nport = 13\n"))
        .containsExactly("dovetail.toml, line 2, column 1: 'milter.port': brings bad luck");
    assertThat(load("[milter]\nport = 13\nenabled = false\n").get(PORT)).isEqualTo(13);
  }

  @Test
  void syntaxErrorsHaveAPlace() throws Exception {
    assertThat(problems("[milter]\nport = \n"))
        .isNotEmpty()
        .first()
        .asString()
        .startsWith("dovetail.toml, line 2");
    assertThat(problems("[milter]\nport = 1\nport = 2\n"))
        .first()
        .asString()
        .startsWith("dovetail.toml, line 3");
  }

  @Test
  void bytesThatAreNoUtf8HaveAPlace() throws Exception {
    Path file = folder.resolve("dovetail.toml");
    Files.write(file, "[milter]\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(problems(file))
        .containsExactly("dovetail.toml, line 2, column 6: not UTF-8: byte 0xe9");
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    assertThat(problems(folder.resolve("none.toml")))
        .containsExactly("none.toml: the file does not exist");
  }

  @Test
  void lowerBoundsAreKept() throws Exception {
    Key<Duration> patience = Key.atLeast("1s", Key.duration("patience", "30s", "How long."));
    Key<Long> room = Key.atLeast("16KiB", Key.size("room", "1MiB", "How much."));
    List<Section> sections = List.of(Section.of("milter", "", List.of(patience, room)));
    Path file = folder.resolve("bounds.toml");
    Files.writeString(file, "[milter]\npatience = \"999ms\"\nroom = \"16383B\"\n");

    assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, sections)))
        .hasMessageContainingAll("line 2", "'milter.patience': expected at least \"1s\"")
        .hasMessageContainingAll("line 3", "'milter.room': expected at least \"16KiB\"");
    Files.writeString(file, "[milter]\npatience = \"1s\"\nroom = \"16KiB\"\n");
    assertThat(ConfigLoader.load(file, sections).get(patience)).isEqualTo(Duration.ofSeconds(1));
    assertThat(patience.type()).isEqualTo("duration, at least 1s");
  }

  @Test
  void defaultsAreWrittenAsToml() {
    assertThat(MODE.defaultText()).isEqualTo("\"auto\"");
    assertThat(NAMES.defaultText()).isEqualTo("[\"a\"]");
    assertThat(PORT.defaultText()).isEqualTo("25");
    assertThat(HOST.defaultText()).as("an example").isEqualTo("\"\"");
  }
}
