package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dovetail.dmarc.AlignmentMode;
import dovetail.dmarc.Policy;
import dovetail.dmarc.report.AggregateReport.DkimEntry;
import dovetail.dmarc.report.AggregateReport.Metadata;
import dovetail.dmarc.report.AggregateReport.PublishedPolicy;
import dovetail.dmarc.report.AggregateReport.Reason;
import dovetail.dmarc.report.AggregateReport.Row;
import dovetail.dmarc.report.AggregateReport.SpfEntry;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reports and what another reader has made of them, field by field. Of the JSON only this has no
 * counterpart here:
 *
 * <ul>
 *   <li>{@code policy_published/version_published}: no element of any format; always null
 *   <li>{@code extensions}, at both levels: what others define is passed over (RFC 9990 5)
 * </ul>
 *
 * <p>In these the JSON cannot tell what is not there from what is empty, 0 or unspecified: the
 * version, the domain of the sender, alignment modes, np, the discovery method and the scope.
 */
final class ReportSamplesTest {
  private static final String UNSPECIFIED = "Unspecified";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void everyFieldReadsAsExpected(int number) throws Exception {
    Path folder = Path.of(System.getProperty("dovetail.suites", "."), "dmarc");
    assumeTrue(Files.exists(folder), () -> "no conformance cases at " + folder);
    String name = "stalwart-00" + number;
    Map<String, String> expected = Json.read(folder.resolve(name + ".json"));
    expected.keySet().removeIf(ReportSamplesTest::hasNoCounterpart);
    // Some of these files come from an older reader, which did not know these elements.
    expected.putIfAbsent("report_metadata/generator", "null");
    expected.putIfAbsent("policy_published/np", UNSPECIFIED);
    expected.putIfAbsent("policy_published/discovery_method", UNSPECIFIED);
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".xml"))) {
      AggregateReport report = ReportFile.read(in).reports().getFirst();
      assertThat(fields(report)).isEqualTo(expected);
      System.out.println("dmarc/" + name + ": " + expected.size() + " fields");
    }
  }

  private static boolean hasNoCounterpart(String path) {
    return path.equals("policy_published/version_published")
        || path.matches("(record/\\d+/)?extensions(/.*)?");
  }

  private static Map<String, String> fields(AggregateReport report) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("version", report.version().orElse("0.0"));
    metadata(fields, report.metadata());
    policy(fields, report.policy());
    for (int i = 0; i < report.rows().size(); i++) {
      row(fields, "record/" + i + "/", report.rows().get(i));
    }
    return fields;
  }

  private static void metadata(Map<String, String> fields, Metadata metadata) {
    String path = "report_metadata/";
    fields.put(path + "org_name", metadata.organization());
    fields.put(path + "email", metadata.email());
    fields.put(path + "extra_contact_info", orNull(metadata.contact()));
    fields.put(path + "report_id", metadata.id());
    fields.put(path + "date_range/begin", "" + metadata.begin().getEpochSecond());
    fields.put(path + "date_range/end", "" + metadata.end().getEpochSecond());
    fields.put(path + "generator", orNull(metadata.generator()));
    if (metadata.errors().isEmpty()) {
      fields.put(path + "error", "[]");
    }
    for (int i = 0; i < metadata.errors().size(); i++) {
      fields.put(path + "error/" + i, metadata.errors().get(i));
    }
  }

  private static void policy(Map<String, String> fields, PublishedPolicy policy) {
    String path = "policy_published/";
    fields.put(path + "domain", policy.domain());
    fields.put(path + "adkim", mode(policy.dkim()));
    fields.put(path + "aspf", mode(policy.spf()));
    fields.put(path + "p", capital(policy.policy().map(Policy::word)));
    fields.put(path + "sp", capital(policy.subdomains().map(Policy::word)));
    fields.put(path + "np", capital(policy.missing().map(Policy::word)));
    fields.put(path + "testing", "" + policy.testing());
    fields.put(path + "fo", orNull(policy.failureOptions()));
    fields.put(path + "discovery_method", capital(policy.discovery()));
  }

  private static void row(Map<String, String> fields, String path, Row row) {
    fields.put(path + "row/source_ip", row.source().getHostAddress());
    fields.put(path + "row/count", "" + row.count());
    String evaluated = path + "row/policy_evaluated/";
    fields.put(evaluated + "disposition", capital(row.evaluation().disposition().word()));
    fields.put(evaluated + "dkim", row.evaluation().dkim() ? "Pass" : "Fail");
    fields.put(evaluated + "spf", row.evaluation().spf() ? "Pass" : "Fail");
    reasons(fields, evaluated + "reason", row.evaluation().reasons());
    fields.put(path + "identifiers/envelope_to", orNull(row.identifiers().recipient()));
    fields.put(path + "identifiers/envelope_from", row.identifiers().sender().orElse(""));
    fields.put(path + "identifiers/header_from", row.identifiers().author());
    dkim(fields, path + "auth_results/dkim", row.dkim());
    spf(fields, path + "auth_results/spf", row.spf());
  }

  private static void reasons(Map<String, String> fields, String path, List<Reason> reasons) {
    if (reasons.isEmpty()) {
      fields.put(path, "[]");
    }
    for (int i = 0; i < reasons.size(); i++) {
      String words = reasons.get(i).type().replace('_', ' ');
      fields.put(path + "/" + i + "/type_", camel(words));
      fields.put(path + "/" + i + "/comment", orNull(reasons.get(i).comment()));
    }
  }

  private static void dkim(Map<String, String> fields, String path, List<DkimEntry> entries) {
    if (entries.isEmpty()) {
      fields.put(path, "[]");
    }
    for (int i = 0; i < entries.size(); i++) {
      DkimEntry entry = entries.get(i);
      fields.put(path + "/" + i + "/domain", entry.domain());
      fields.put(path + "/" + i + "/selector", entry.selector().orElse(""));
      fields.put(path + "/" + i + "/result", camel(entry.result()));
      fields.put(path + "/" + i + "/human_result", orNull(entry.explanation()));
    }
  }

  private static void spf(Map<String, String> fields, String path, List<SpfEntry> entries) {
    if (entries.isEmpty()) {
      fields.put(path, "[]");
    }
    for (int i = 0; i < entries.size(); i++) {
      SpfEntry entry = entries.get(i);
      fields.put(path + "/" + i + "/domain", entry.domain());
      String scope = entry.scope().map(word -> word.replace("mfrom", "mail from")).orElse("");
      fields.put(path + "/" + i + "/scope", scope.isEmpty() ? UNSPECIFIED : camel(scope));
      fields.put(path + "/" + i + "/result", camel(entry.result()));
      fields.put(path + "/" + i + "/human_result", orNull(entry.explanation()));
    }
  }

  private static String orNull(Optional<String> text) {
    return text.orElse("null");
  }

  private static String mode(Optional<AlignmentMode> mode) {
    return capital(mode.map(Enum::name));
  }

  private static String capital(Optional<String> word) {
    return word.map(ReportSamplesTest::camel).orElse(UNSPECIFIED);
  }

  private static String camel(String words) {
    return List.of(words.toLowerCase(Locale.ROOT).split(" ", -1)).stream()
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }
}
