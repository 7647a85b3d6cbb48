package dovetail.cli;

import dovetail.counter.Suspension;
import dovetail.observe.LogText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * All that is known of what somebody may send.
 *
 * @param bulk whether it is known to send to many
 * @param uses by each rule that is meant; none where no rule counts
 */
record LimitStanding(
    String subject, boolean bulk, Optional<Suspension> suspension, List<LimitUse> uses) {
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (uses.isEmpty()) {
      lines.add(plain(subject) + (bulk ? ", bulk sender" : "") + ": no rule counts by login");
    }
    uses.forEach(use -> lines.addAll(use.lines()));
    suspension.ifPresent(
        one -> lines.add("  suspended until " + one.until() + ": " + plain(one.detail())));
    return lines;
  }

  /** A stranger may have chosen it. */
  private static String plain(String text) {
    StringBuilder line = new StringBuilder();
    LogText.append(line, text);
    return line.toString();
  }

  void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("subject", subject);
    out.writeBooleanProperty("bulk", bulk);
    suspension.ifPresent(one -> {
      out.writeObjectPropertyStart("suspension");
      out.writeStringProperty("since", one.since().toString());
      out.writeStringProperty("until", one.until().toString());
      out.writeStringProperty("cause", one.cause());
      out.writeStringProperty("detail", one.detail());
      out.writeEndObject();
    });
    out.writeName("rules");
    LimitUse.write(out, uses);
    out.writeEndObject();
  }
}
