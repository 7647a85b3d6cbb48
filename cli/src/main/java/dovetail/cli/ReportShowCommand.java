package dovetail.cli;

import dovetail.dmarc.report.AggregateReport;
import dovetail.dmarc.report.ReportWriter;
import dovetail.dmarc.report.Sender;
import dovetail.ledger.OwnReport;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  @Mixin ReportFilter filter;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Reports; - for standard input.")
  List<Path> files = List.of();

  @Option(
      names = "--own",
      paramLabel = "REPORT-ID",
      description = "A report that was made here: who sent mail to this host.")
  Optional<String> own = Optional.empty();

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  @Option(names = "--xml", description = "Write the report that --own names as it was sent.")
  boolean xml;

  private final List<AggregateReport> reports = new ArrayList<>();

  ReportShowCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws Exception {
    if (xml && own.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--xml needs --own");
    }
    if (own.isPresent() && !files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--own and files exclude one another");
    }
    if (filter.days.isPresent() && (own.isPresent() || !files.isEmpty())) {
      throw new ParameterException(spec.commandLine(), "--days is for the reports in the database");
    }
    if (own.isPresent()) {
      return own(own.get()).status();
    }
    ReportInput input = new ReportInput(in, spec.commandLine().getErr());
    if (files.isEmpty()) {
      Instant since = filter.since();
      new StoreAccess(config)
          .with(store -> store.ledger().foreign(since, each -> input.read(each, reports::add)));
    } else {
      input.read(files, reports::add);
    }
    show(input.exit() == Exit.GOOD);
    return input.exit().status();
  }

  private Exit own(String id) throws Exception {
    Optional<OwnReport> report = new StoreAccess(config).with(store -> store.ledger().report(id));
    if (report.isEmpty()) {
      throw new FailureException(Exit.NO, "there is no report " + id);
    }
    if (report.get().body().isEmpty()) {
      throw new FailureException(Exit.NO, "nobody got it: " + report.get().note());
    }
    AggregateReport read = StoredReports.read(report.get().body());
    if (xml) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(new String(ReportWriter.write(read), StandardCharsets.UTF_8));
      return Exit.GOOD;
    }
    reports.add(read);
    show(true);
    return Exit.GOOD;
  }

  /**
   * @param all whether nothing was said yet that explains why there is nothing
   */
  private void show(boolean all) {
    List<Sender> senders =
        Sender.of(reports).stream().filter(sender -> filter.covers(sender.domain())).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      SenderTable.json(out, senders);
    } else if (senders.isEmpty() && all) {
      spec.commandLine().getErr().println("dovetail: there are no reports of that kind");
    } else if (!senders.isEmpty()) {
      SenderTable.text(out, senders);
    }
  }
}
