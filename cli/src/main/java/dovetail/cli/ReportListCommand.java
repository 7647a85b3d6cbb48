package dovetail.cli;

import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.Delivery;
import dovetail.ledger.ForeignReport;
import dovetail.ledger.Ledger;
import dovetail.ledger.OwnReport;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail report dmarc list}. */
@Command(
    name = "list",
    description =
        "Lists reports: those that were made here, with what became of each, and those that were"
            + " imported.")
final class ReportListCommand implements Callable<Integer> {
  private static final String OWN = "%-10s  %-30s %9s  %-8s %s%n";
  private static final String FOREIGN = "%-10s  %-30s %9s  %s%n";

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;
  @Mixin ReportFilter filter;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  /** One that was made here, with what became of it. */
  private record Made(OwnReport report, List<Delivery> deliveries) {}

  private record All(List<Made> made, List<ForeignReport> received) {}

  @Override
  public Integer call() throws Exception {
    Instant since = filter.since();
    All all = new StoreAccess(config).with(store -> all(store.ledger(), since));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      json(out, all);
    } else if (all.made().isEmpty() && all.received().isEmpty()) {
      spec.commandLine().getErr().println("dovetail: there are no reports of that kind");
    } else {
      text(out, all);
    }
    return Exit.GOOD.status();
  }

  private All all(Ledger ledger, Instant since) throws UnavailableException {
    List<Made> made = new ArrayList<>();
    for (OwnReport report : ledger.reports(since)) {
      if (filter.covers(report.day().domain().ascii())) {
        made.add(new Made(report, ledger.deliveries(report.id())));
      }
    }
    List<ForeignReport> received =
        ledger.received(since).stream().filter(each -> filter.covers(each.domain())).toList();
    return new All(made, received);
  }

  private static void text(PrintWriter out, All all) {
    if (!all.made().isEmpty()) {
      out.printf(OWN, "made for", "domain", "messages", "state", "recipient and report");
      all.made().forEach(made -> text(out, made));
    }
    if (!all.received().isEmpty()) {
      out.print(all.made().isEmpty() ? "" : System.lineSeparator());
      out.printf(FOREIGN, "received", "domain", "messages", "from");
      for (ForeignReport report : all.received()) {
        out.printf(
            FOREIGN,
            day(report.begin()),
            VerifiedMail.safe(report.domain()),
            report.messages(),
            VerifiedMail.safe(report.organization() + " " + report.id()));
      }
    }
  }

  private static void text(PrintWriter out, Made made) {
    OwnReport report = made.report();
    String day = report.day().day().toString();
    String domain = report.day().domain().toString();
    if (made.deliveries().isEmpty()) {
      out.printf(OWN, day, domain, report.messages(), "dropped", VerifiedMail.safe(report.note()));
    }
    for (Delivery delivery : made.deliveries()) {
      String what = delivery.recipient() + " " + report.id();
      String why = delivery.state() == Delivery.State.SENT ? "" : ": " + delivery.detail();
      out.printf(
          OWN,
          day,
          domain,
          report.messages(),
          delivery.state().word(),
          VerifiedMail.safe(what + why));
    }
  }

  private static String day(Instant moment) {
    return DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(moment);
  }

  private static void json(PrintWriter out, All all) {
    JsonOutput.write(
        out,
        generator -> {
          generator.writeStartObject();
          generator.writeArrayPropertyStart("made");
          all.made().forEach(made -> json(generator, made));
          generator.writeEndArray();
          generator.writeArrayPropertyStart("received");
          all.received().forEach(report -> json(generator, report));
          generator.writeEndArray();
          generator.writeEndObject();
        });
  }

  private static void json(JsonGenerator out, Made made) {
    out.writeStartObject();
    out.writeStringProperty("id", made.report().id());
    out.writeStringProperty("domain", made.report().day().domain().ascii());
    out.writeStringProperty("day", made.report().day().day().toString());
    out.writeNumberProperty("messages", made.report().messages());
    out.writeStringProperty("made", made.report().made().toString());
    out.writeStringProperty("left_out", made.report().note());
    out.writeArrayPropertyStart("deliveries");
    for (Delivery delivery : made.deliveries()) {
      out.writeStartObject();
      out.writeStringProperty("to", delivery.recipient());
      out.writeStringProperty("state", delivery.state().word());
      out.writeNumberProperty("tries", delivery.tries());
      out.writeStringProperty("time", delivery.next().toString());
      out.writeStringProperty("answer", delivery.detail());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void json(JsonGenerator out, ForeignReport report) {
    out.writeStartObject();
    out.writeStringProperty("organization", report.organization());
    out.writeStringProperty("id", report.id());
    out.writeStringProperty("domain", report.domain());
    out.writeStringProperty("begin", report.begin().toString());
    out.writeStringProperty("end", report.end().toString());
    out.writeNumberProperty("messages", report.messages());
    out.writeStringProperty("imported", report.imported().toString());
    out.writeEndObject();
  }
}
