package dovetail.cli;

import dovetail.arc.ArcResult;
import dovetail.arc.ArcStatus;
import dovetail.dkim.DkimResult;
import dovetail.dmarc.DmarcResult;
import dovetail.iprev.IprevResult;
import dovetail.milter.filter.AuthReport;
import dovetail.milter.filter.ResultsField;
import dovetail.observe.LogText;
import dovetail.spf.SpfResult;
import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * What was found of one stored message.
 *
 * @param place where it is stored
 * @param report what the checks have found
 */
record VerifiedMail(Place place, AuthReport report) {
  /**
   * Where a message is stored.
   *
   * @param file the file
   * @param number which message of that file it is, from 1
   */
  record Place(String file, int number) {
    String printable() {
      return safe(file) + (number > 1 ? " (" + number + ")" : "");
    }
  }

  /** For people: a line for each result. */
  void print(PrintWriter out) {
    String name = place.printable();
    report
        .client()
        .iprev()
        .ifPresent(result ->
            out.println(
                name
                    + ": iprev="
                    + result.status().word()
                    + result.name().map(host -> ": " + host).orElse(": " + result.detail())));
    for (SpfResult result : report.client().spf()) {
      out.println(
          name
              + ": spf="
              + result.status().word()
              + result
                  .domain()
                  .map(domain -> " smtp." + result.identity().word() + "=" + domain)
                  .orElse("")
              + ": "
              + result.words()
              + named(" ", result.mechanism()));
      result.explanation().ifPresent(text -> out.println(name + ": explanation: " + safe(text)));
    }
    if (report.dkim().isEmpty()) {
      out.println(name + ": dkim=none");
    }
    for (DkimResult result : report.dkim()) {
      DkimResult.Claims claims = result.claims();
      out.println(
          name
              + ": dkim="
              + result.status().word()
              + named(" d=", claims.domain().map(Object::toString))
              + named(" s=", claims.selector())
              + named(" a=", claims.algorithm())
              + result.key().map(key -> " (" + key.bits() + " bits)").orElse("")
              + ": "
              + result.words());
    }
    report.arc().ifPresent(result -> printChain(out, name, result));
    report.dmarc().ifPresent(result -> printPolicy(out, name, result));
  }

  private void printChain(PrintWriter out, String name, ArcResult result) {
    out.println(
        name
            + ": arc="
            + result.status().word()
            + " i="
            + result.instances()
            + (result.status() == ArcStatus.PASS
                ? " sealed by " + result.sets().getLast().sealer()
                : "")
            + ": "
            + result.words());
  }

  private void printPolicy(PrintWriter out, String name, DmarcResult result) {
    out.println(
        name
            + ": dmarc="
            + result.status().word()
            + result.author().map(author -> " header.from=" + author).orElse("")
            + result
                .policy()
                .map(policy ->
                    " p=" + policy.applicable().word() + " (record of " + policy.domain() + ")")
                .orElse("")
            + ": "
            + result.words());
  }

  /** What a stranger has written must not reach the terminal as it is. */
  private static String named(String name, Optional<String> value) {
    return value.map(text -> name + safe(text)).orElse("");
  }

  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    LogText.append(safe, text);
    return safe.toString();
  }

  /**
   * For programs.
   *
   * @param authservId our name in Authentication-Results
   */
  void write(JsonGenerator out, String authservId) {
    out.writeStartObject();
    out.writeStringProperty("file", place.file());
    out.writeNumberProperty("message", place.number());
    report.client().iprev().ifPresent(result -> write(out, result));
    if (!report.client().spf().isEmpty()) {
      out.writeArrayPropertyStart("spf");
      report.client().spf().forEach(result -> write(out, result));
      out.writeEndArray();
    }
    out.writeArrayPropertyStart("dkim");
    report.dkim().forEach(result -> write(out, result));
    out.writeEndArray();
    report.arc().ifPresent(result -> write(out, result));
    report.dmarc().ifPresent(result -> write(out, result));
    out.writeStringProperty(
        "authentication_results", ResultsField.of(authservId, report).unfolded().strip());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, IprevResult result) {
    out.writeObjectPropertyStart("iprev");
    out.writeStringProperty("result", result.status().word());
    out.writeStringProperty("reason", result.detail());
    write(out, "name", result.name().map(Object::toString));
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, ArcResult result) {
    out.writeObjectPropertyStart("arc");
    out.writeStringProperty("result", result.status().word());
    out.writeStringProperty("reason", result.words());
    out.writeArrayPropertyStart("sealers");
    if (result.status() == ArcStatus.PASS) {
      result.sets().forEach(set -> out.writeString(set.sealer().toString()));
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, DmarcResult result) {
    out.writeObjectPropertyStart("dmarc");
    out.writeStringProperty("result", result.status().word());
    out.writeStringProperty("reason", result.words());
    write(out, "author", result.author().map(Object::toString));
    write(out, "policy_domain", result.policy().map(policy -> policy.domain().toString()));
    write(out, "policy_source", result.policy().map(policy -> policy.source().word()));
    write(out, "published", result.policy().map(policy -> policy.published().word()));
    write(out, "applicable", result.policy().map(policy -> policy.applicable().word()));
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, SpfResult result) {
    out.writeStartObject();
    out.writeStringProperty("result", result.status().word());
    out.writeStringProperty("reason", result.words());
    out.writeStringProperty("identity", result.identity().word());
    write(out, "domain", result.domain().map(Object::toString));
    write(out, "mechanism", result.mechanism());
    write(out, "explanation", result.explanation());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, DkimResult result) {
    DkimResult.Claims claims = result.claims();
    out.writeStartObject();
    out.writeStringProperty("result", result.status().word());
    out.writeStringProperty("reason", result.words());
    write(out, "domain", claims.domain().map(Object::toString));
    write(out, "selector", claims.selector());
    write(out, "identity", claims.identity());
    write(out, "algorithm", claims.algorithm());
    write(out, "signature", claims.start());
    if (result.key().isPresent()) {
      DkimResult.KeyFacts key = result.key().get();
      out.writeNumberProperty("bits", key.bits());
      out.writeBooleanProperty("testing", key.testing());
      out.writeBooleanProperty("dnssec", key.authentic());
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, Optional<String> value) {
    value.ifPresent(text -> out.writeStringProperty(name, text));
  }
}
