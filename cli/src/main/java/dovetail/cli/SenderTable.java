package dovetail.cli;

import dovetail.dmarc.report.Sender;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Who sends in the name of a domain, for people and for programs. */
final class SenderTable {
  /** More would make a line nobody reads; JSON has all. */
  private static final int MAX_NAMES = 3;

  private static final String FORM = "%-39s %9s %9s %9s %9s %9s %9s %9s  %s%n";

  private SenderTable() {}

  static void text(PrintWriter out, List<Sender> senders) {
    String domain = "";
    for (Sender sender : senders) {
      if (!sender.domain().equals(domain)) {
        out.print(domain.isEmpty() ? "" : System.lineSeparator());
        domain = sender.domain();
        out.println(VerifiedMail.safe(domain));
        out.printf(
            FORM, "source", "messages", "pass", "fail", "dkim", "spf", "filed", "refused", "as");
      }
      out.printf(
          FORM,
          sender.source().getHostAddress(),
          sender.messages(),
          sender.passed(),
          sender.failed(),
          sender.dkim(),
          sender.spf(),
          sender.quarantined(),
          sender.refused(),
          VerifiedMail.safe(names(sender)));
    }
  }

  private static String names(Sender sender) {
    List<String> names = new ArrayList<>(sender.names());
    if (names.size() <= MAX_NAMES) {
      return names.isEmpty() ? "-" : String.join(", ", names);
    }
    int more = names.size() - MAX_NAMES;
    return String.join(", ", names.subList(0, MAX_NAMES)) + " and " + more + " more";
  }

  static void json(PrintWriter out, List<Sender> senders) {
    JsonOutput.write(
        out,
        generator -> {
          generator.writeStartArray();
          for (Sender sender : senders) {
            generator.writeStartObject();
            generator.writeStringProperty("domain", sender.domain());
            generator.writeStringProperty("source", sender.source().getHostAddress());
            generator.writeNumberProperty("messages", sender.messages());
            generator.writeNumberProperty("pass", sender.passed());
            generator.writeNumberProperty("fail", sender.failed());
            generator.writeNumberProperty("dkim", sender.dkim());
            generator.writeNumberProperty("spf", sender.spf());
            generator.writeNumberProperty("quarantined", sender.quarantined());
            generator.writeNumberProperty("refused", sender.refused());
            JsonOutput.strings(generator, "as", List.copyOf(sender.names()));
            generator.writeEndObject();
          }
          generator.writeEndArray();
        });
  }
}
