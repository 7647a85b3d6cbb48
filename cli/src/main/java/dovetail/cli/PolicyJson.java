package dovetail.cli;

import dovetail.policy.rule.Facts;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.Ruling;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What rules say, as JSON. */
final class PolicyJson {
  private PolicyJson() {}

  static void write(JsonGenerator out, Judgement judgement, Facts facts) {
    out.writeStartObject();
    out.writeArrayPropertyStart("rules");
    for (Judgement.Step step : judgement.steps()) {
      out.writeStartObject();
      out.writeStringProperty("name", step.rule().name());
      out.writeStringProperty("type", step.rule().type());
      out.writeStringProperty("mode", step.rule().mode().name().toLowerCase(Locale.ROOT));
      out.writeStringProperty("says", ExplainPolicyCommand.word(step.ruling()));
      if (step.ruling() instanceof Ruling.Refuses refuses) {
        out.writeStringProperty("reason", refuses.reason().word());
      }
      if (step.ruling() instanceof Ruling.Adds adds) {
        out.writeStringProperty("reason", adds.reason().word());
      }
      out.writeStringProperty("saw", step.ruling().saw());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberProperty("unknown_recipients", facts.unnamedRecipients());
    out.writeStringProperty("action", judgement.reply().action());
    out.writeEndObject();
  }
}
