package dovetail.cli;

import dovetail.counter.Use;
import dovetail.counter.quota.Quota;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What somebody may send by one rule, and has.
 *
 * @param parts its own limit, and that of its domain
 */
record LimitUse(String rule, String subject, List<Part> parts, boolean bulk) {
  /**
   * One limit.
   *
   * @param whose empty if it is the subject's own
   * @param uses of each window
   */
  record Part(String whose, Quota quota, List<Use> uses) {}

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(subject + " by rule " + rule + (bulk ? ", bulk sender:" : ":"));
    for (Part part : parts) {
      String whose = part.whose().isEmpty() ? "" : part.whose() + ": ";
      lines.add("  " + whose + part.quota());
      part.uses().forEach(use -> lines.add("    " + line(use)));
    }
    return lines;
  }

  private static String line(Use use) {
    String used = use.used() + " of " + use.window() + " used";
    return use.used() == 0 ? used : used + ", all free at " + use.reset();
  }

  static void write(JsonGenerator out, List<LimitUse> all) {
    out.writeStartArray();
    for (LimitUse one : all) {
      out.writeStartObject();
      out.writeStringProperty("subject", one.subject());
      out.writeStringProperty("rule", one.rule());
      out.writeBooleanProperty("bulk", one.bulk());
      out.writeArrayPropertyStart("limits");
      for (Part part : one.parts()) {
        out.writeStartObject();
        out.writeStringProperty("whose", part.whose());
        out.writeStringProperty("limit", part.quota().toString());
        out.writeArrayPropertyStart("windows");
        for (Use use : part.uses()) {
          out.writeStartObject();
          out.writeStringProperty("window", use.window().toString());
          out.writeNumberProperty("used", use.used());
          out.writeStringProperty("reset", use.reset().toString());
          out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
