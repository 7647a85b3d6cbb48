package dovetail.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Settings;
import dovetail.mail.Domain;
import dovetail.milter.filter.ActionRow;
import dovetail.milter.filter.Concern;
import dovetail.milter.filter.Disposition.Action;
import dovetail.milter.filter.Enforcement;
import dovetail.milter.filter.InboundPolicy;
import dovetail.milter.source.AuthorPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmarcConfigTest {
  @TempDir private Path folder;

  private Settings load(String text) throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("dovetail.toml"), text);
    return ConfigLoader.load(file, List.of(DmarcConfig.SECTION));
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  @Test
  void enforcesNothingUnlessToldTo() throws Exception {
    Settings settings = load("");
    assertThat(DmarcConfig.policy(settings)).isEqualTo(InboundPolicy.NOTHING);
    assertThat(settings.get(DmarcConfig.SHADOW)).isFalse();
    assertThat(settings.get(DmarcConfig.HOLD)).isFalse();
  }

  @Test
  void readsAllKeys() throws Exception {
    Settings settings =
        load(
            """
            [milter.dmarc]
            enforce = "quarantine"
            shadow = true
            on_unknown = "defer"
            trusted_sealers = ["lists.example"]
            [[milter.dmarc.action]]
            from = "one.example"
            reason = "dmarc-direct"
            action = "mark"
            [[milter.dmarc.action]]
            from = "*.two.example"
            action = "reject"
            [[milter.dmarc.action]]
            from = "*"
            reason = "author-unclear"
            action = "reject"
            """);
    assertThat(DmarcConfig.policy(settings))
        .isEqualTo(
            new InboundPolicy(
                Enforcement.QUARANTINE,
                true,
                List.of(
                    new ActionRow(
                        new AuthorPattern.Exact(domain("one.example")),
                        Optional.of(Concern.DMARC_DIRECT),
                        Action.MARK),
                    new ActionRow(
                        new AuthorPattern.Below(domain("two.example")),
                        Optional.empty(),
                        Action.REJECT),
                    new ActionRow(
                        new AuthorPattern.Any(),
                        Optional.of(Concern.AUTHOR_UNCLEAR),
                        Action.REJECT)),
                Set.of(domain("lists.example"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from = 'x.example', reason = 'dmarc-lists', action = 'mark' | did you mean 'dmarc-list'?",
        "from = 'x.example', reason = 'no-key', action = 'mark' | expected one of \"dmarc-none\"",
        "from = 'x.example', reason = 'trusted-sealer', action = 'mark' | expected one of",
        "from = 'x.example', reason = 'dmarc-list', action = 'none' | can write a List-Id",
        "from = 'x.example', reason = 'dmarc-forwarded', action = 'none' | can write a List-Id",
        "from = 'x.example', action = 'none' | name the reason",
        "from = '*', reason = 'dmarc-unknown', action = 'reject' | no failure",
        "from = '*', reason = 'dmarc-unknown', action = 'quarantine' | no failure",
        "from = 'x.example', reason = 'author-unclear', action = 'reject' | write \"*\"",
        "from = 'x.example', action = 'refuse' | expected one of \"none\", \"mark\"",
        "from = 'x.example' | the key 'action' is missing",
        "action = 'mark' | the key 'from' is missing",
        "from = 'x y', action = 'mark' | expected a domain",
        "from = 'x.example', action = 'mark', domain = 'y' | unknown key 'domain'",
      })
  void refusesRowsThatAreNoneOrNotSafe(String row, String complaint) {
    String toml = "[milter.dmarc]\naction = [{ " + row.replace('\'', '"') + " }]\n";
    assertThatThrownBy(() -> load(toml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining(complaint);
  }

  @Test
  void triesOnlyWhatThereIsToTry() throws Exception {
    assertThatThrownBy(() -> load("[milter.dmarc]\nshadow = true\n"))
        .hasMessageContaining("nothing to try");
    String row = "action = [{ from = \"*\", action = \"mark\" }]\n";
    assertThat(load("[milter.dmarc]\nshadow = true\n" + row).get(DmarcConfig.SHADOW)).isTrue();
  }
}
