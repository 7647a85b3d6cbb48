package dovetail.dmarc.report;

import dovetail.dmarc.AlignmentMode;
import dovetail.dmarc.Policy;
import dovetail.dmarc.report.AggregateReport.DkimEntry;
import dovetail.dmarc.report.AggregateReport.Evaluation;
import dovetail.dmarc.report.AggregateReport.Identifiers;
import dovetail.dmarc.report.AggregateReport.Metadata;
import dovetail.dmarc.report.AggregateReport.PublishedPolicy;
import dovetail.dmarc.report.AggregateReport.Reason;
import dovetail.dmarc.report.AggregateReport.Row;
import dovetail.dmarc.report.AggregateReport.SpfEntry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts of a report as elements, in the order that RFC 9990 demands, which the format before it
 * allows. What a stranger's report does not say is not made up, but what must be there is, if
 * empty.
 */
final class ReportElements {
  private ReportElements() {}

  /** RFC 9990 3.1.1.3. */
  static Element metadata(Metadata metadata) {
    return Element.of(
        "report_metadata",
        Stream.of(
                leaf("org_name", metadata.organization()),
                leaf("email", metadata.email()),
                leaf("extra_contact_info", metadata.contact()),
                leaf("report_id", metadata.id()),
                Stream.of(
                    Element.of(
                        "date_range",
                        Element.leaf("begin", Long.toString(metadata.begin().getEpochSecond())),
                        Element.leaf("end", Long.toString(metadata.end().getEpochSecond())))),
                metadata.errors().stream().map(error -> Element.leaf("error", error)),
                leaf("generator", metadata.generator()))
            .flatMap(each -> each));
  }

  /** RFC 9990 3.1.1.5. */
  static Element policy(PublishedPolicy policy) {
    return Element.of(
        "policy_published",
        Stream.of(
                leaf("domain", policy.domain()),
                leaf("discovery_method", policy.discovery()),
                leaf("p", policy.policy().map(Policy::word)),
                leaf("sp", policy.subdomains().map(Policy::word)),
                leaf("np", policy.missing().map(Policy::word)),
                leaf("fo", policy.failureOptions()),
                leaf("adkim", policy.dkim().map(AlignmentMode::letter)),
                leaf("aspf", policy.spf().map(AlignmentMode::letter)),
                leaf("testing", policy.testing() ? "y" : "n"))
            .flatMap(each -> each));
  }

  /** RFC 9990 3.1.1.7. */
  static Element row(Row row) {
    return Element.of(
        "record",
        Element.of(
            "row",
            Element.leaf("source_ip", address(row.source())),
            Element.leaf("count", Long.toString(row.count())),
            evaluation(row.evaluation())),
        identifiers(row.identifiers()),
        Element.of(
            "auth_results",
            Stream.concat(
                row.dkim().stream().map(ReportElements::dkim),
                row.spf().stream().map(ReportElements::spf))));
  }

  /**
   * RFC 9990 3.1.1.8: IPv6 with all of its groups, since the schema of the format before knows no
   * shorter form; without a zone.
   */
  private static String address(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress()).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has the octets of one", e);
    }
  }

  private static Element evaluation(Evaluation evaluation) {
    return Element.of(
        "policy_evaluated",
        Stream.of(
                leaf("disposition", evaluation.disposition().word()),
                leaf("dkim", passed(evaluation.dkim())),
                leaf("spf", passed(evaluation.spf())),
                evaluation.reasons().stream().map(ReportElements::reason))
            .flatMap(each -> each));
  }

  private static String passed(boolean passed) {
    return passed ? "pass" : "fail";
  }

  private static Element reason(Reason reason) {
    return Element.of(
        "reason", Stream.concat(leaf("type", reason.type()), leaf("comment", reason.comment())));
  }

  /** RFC 9990 3.1.1.10: of a null sender there is an empty element. */
  private static Element identifiers(Identifiers identifiers) {
    return Element.of(
        "identifiers",
        Stream.of(
                leaf("header_from", identifiers.author()),
                leaf("envelope_from", identifiers.sender().orElse("")),
                leaf("envelope_to", identifiers.recipient()))
            .flatMap(each -> each));
  }

  /** RFC 9990 3.1.1.12. */
  private static Element dkim(DkimEntry entry) {
    return Element.of(
        "dkim",
        Stream.of(
                leaf("domain", entry.domain()),
                leaf("selector", entry.selector().orElse("")),
                leaf("result", entry.result()),
                leaf("human_result", entry.explanation()))
            .flatMap(each -> each));
  }

  /** RFC 9990 3.1.1.13. */
  private static Element spf(SpfEntry entry) {
    return Element.of(
        "spf",
        Stream.of(
                leaf("domain", entry.domain()),
                leaf("scope", entry.scope()),
                leaf("result", entry.result()),
                leaf("human_result", entry.explanation()))
            .flatMap(each -> each));
  }

  private static Stream<Element> leaf(String name, String text) {
    return Stream.of(Element.leaf(name, text));
  }

  private static Stream<Element> leaf(String name, Optional<String> text) {
    return text.stream().map(some -> Element.leaf(name, some));
  }
}
