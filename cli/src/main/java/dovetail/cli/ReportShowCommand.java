package dovetail.cli;

import dovetail.dmarc.report.AggregateReport;
import dovetail.dmarc.report.Sender;
import dovetail.ledger.OwnReport;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail report dmarc show}. */
@Command(
    name = "show",
    description = {
      "Shows who sends in the name of a domain, and whether it passes, from reports of receivers:"
          + " those in files, or without a file those that were imported. A report that is there"
          + " twice counts once.",
      "A file may be XML, compressed by gzip or zip, a message that carries such files, or an mbox"
          + " file of these. The status is 1 if one could not be read; the others are shown."
    })
final class ReportShowCommand implements Callable<Integer> {
  private final InputStream in;

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Reports; - for standard input.")
  List<Path> files = List.of();

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "Of those that were imported, the last N days; 30 if not given.")
  int days;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Only mail of authors at this domain and below it.")
  Optional<String> domain = Optional.empty();

  @Option(
      names = "--own",
      paramLabel = "REPORT-ID",
      description = "A report that was made here: who sent mail to this host.")
  Optional<String> own = Optional.empty();

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  ReportShowCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws Exception {
    if (own.isPresent() && !files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--own and files exclude one another");
    }
    List<AggregateReport> reports = new ArrayList<>();
    ReportInput input = new ReportInput(in, spec.commandLine().getErr());
    if (own.isPresent()) {
      reports.add(own(own.get()));
    } else if (files.isEmpty()) {
      Instant since = Instant.now().minusSeconds(days * 86_400L);
      new StoreAccess(config)
          .with(store ->
              store.ledger().foreign(since, each -> reports.add(StoredReports.read(each))));
    } else {
      input.read(files, reports::add);
    }
    show(Sender.of(reports).stream().filter(this::isWanted).toList());
    return input.exit().status();
  }

  private AggregateReport own(String id) throws Exception {
    Optional<OwnReport> report = new StoreAccess(config).with(store -> store.ledger().report(id));
    if (report.isEmpty()) {
      throw new FailureException(Exit.NO, "there is no report " + id);
    }
    if (report.get().body().isEmpty()) {
      throw new FailureException(Exit.NO, "nobody got it: " + report.get().note());
    }
    return StoredReports.read(report.get().body());
  }

  private boolean isWanted(Sender sender) {
    return domain.isEmpty()
        || ("." + sender.domain()).endsWith("." + domain.get().toLowerCase(Locale.ROOT));
  }

  private void show(List<Sender> senders) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      SenderTable.json(out, senders);
    } else if (!senders.isEmpty()) {
      SenderTable.text(out, senders);
    }
  }
}
