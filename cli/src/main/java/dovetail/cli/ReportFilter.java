package dovetail.cli;

import dovetail.mail.Domain;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which of the reports in the database are meant. */
final class ReportFilter {
  private static final int DAYS = 30;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Of those in the database, the last N days; " + DAYS + " if not given.")
  Optional<Integer> days = Optional.empty();

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Only of this domain and those below it.")
  Optional<String> domain = Optional.empty();

  /** The beginning of the time that is meant. */
  Instant since() {
    int number = days.orElse(DAYS);
    if (number < 1) {
      throw new ParameterException(spec.commandLine(), "--days must be 1 or more");
    }
    return Instant.now().minus(Duration.ofDays(number));
  }

  /** Whether a domain, in A-labels, is meant. */
  boolean covers(String other) {
    return domain.isEmpty() || ("." + other).endsWith("." + wanted());
  }

  private String wanted() {
    return domain
        .flatMap(Domain::parse)
        .orElseThrow(() -> new ParameterException(spec.commandLine(), "no domain: " + domain.get()))
        .ascii();
  }
}
