package dovetail.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Logs;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

/** Holds every rule against all classes of all modules, and against one planted to break it. */
final class HouseRulesTest {
  private static final JavaClasses MAIN = main();

  private static JavaClasses main() {
    // The importer logs what it finds on the class path, which is no news.
    LogOutput nowhere = new LogOutput(OutputStream.nullOutputStream());
    Logs.install(nowhere, new LogStyle(LogFormat.TEXT, false), Level.WARN);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dovetail");
  }

  static Stream<HouseRule> rules() {
    return Stream.of(
            ModuleRules.all(),
            MilterRules.all(),
            LookupRules.all(),
            PolicyRules.all(),
            AuthRules.all(),
            LibraryRules.all(),
            CallRules.all(),
            FormRules.all())
        .flatMap(List::stream);
  }

  @Test
  void seesEveryModule() {
    assertThat(MAIN.size()).isGreaterThan(200);
    for (String one :
        List.of(
            "dovetail.server.Server",
            "dovetail.config.ConfigLoader",
            "dovetail.http.HttpService",
            "dovetail.observe.Metrics",
            "dovetail.mail.Author",
            "dovetail.srs.SrsRewriter",
            "dovetail.outbox.SmtpOutbox",
            "dovetail.dkim.DkimSigner",
            "dovetail.authres.AuthservId",
            "dovetail.directory.Directory",
            "dovetail.milter.session.MilterSession",
            "dovetail.lookup.map.MapRegistry",
            "dovetail.policy.rule.Judgement",
            "dovetail.auth.password.HashThreads",
            "dovetail.auth.wire.AuthServerCodec",
            "dovetail.serve.Serve",
            "dovetail.cli.Main")) {
      assertThat(MAIN.contain(one)).as(one).isTrue();
    }
    assertThat(MAIN.contain(HouseRulesTest.class)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(HouseRule rule) {
    assertThat(rule.violations(MAIN)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void seesThePlantedClass(HouseRule rule, @TempDir Path folder) {
    JavaClasses planted = PlantedSources.compile(folder, rule.planted());
    assertThat(rule.violations(planted)).anyMatch(line -> line.contains(rule.culprit()));
  }
}
