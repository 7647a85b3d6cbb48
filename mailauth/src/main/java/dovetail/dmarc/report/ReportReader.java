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
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;

/**
 * Reads the XML of an aggregate report: of RFC 9990, and of the format before it, which most
 * receivers still write. Reporters take liberties with order, namespaces and what may be left out:
 * only what a row cannot be understood without is asked for, and elements that are not known are
 * passed over.
 */
final class ReportReader {
  private static final int MAX_ROWS = 100_000;

  /** Of each kind in a row; RFC 9990 3.1.3 has no more than 100 signatures. */
  private static final int MAX_ENTRIES = 500;

  /** RFC 9990 3.1.6. */
  private static final Set<String> REASONS =
      Set.of("local_policy", "mailing_list", "other", "policy_test_mode", "trusted_forwarder");

  private Optional<String> version = Optional.empty();
  private Optional<Metadata> metadata = Optional.empty();
  private Optional<PublishedPolicy> policy = Optional.empty();
  private final List<Row> rows = new ArrayList<>();

  private ReportReader() {}

  /**
   * Reads one report.
   *
   * @throws ReportException if it is none
   */
  static AggregateReport read(InputStream in) throws IOException, ReportException {
    try {
      return new ReportReader().feedback(ElementReader.open(in, "feedback"));
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException cause && !isFault(cause)) {
        throw cause;
      }
      int line = Optional.ofNullable(e.getLocation()).map(Location::getLineNumber).orElse(1);
      throw new ReportException("no XML that can be read: line " + line, e);
    }
  }

  /** Whether it is what was read, and not the reading, that is bad. */
  private static boolean isFault(IOException cause) {
    return cause instanceof CharConversionException
        || cause instanceof UnsupportedEncodingException;
  }

  private AggregateReport feedback(ElementReader xml) throws XMLStreamException, ReportException {
    for (Optional<Element> child = xml.next(); child.isPresent(); child = xml.next()) {
      add(child.get());
    }
    return new AggregateReport(
        version,
        metadata.orElseThrow(() -> new ReportException("no <report_metadata>")),
        policy.orElseThrow(() -> new ReportException("no <policy_published>")),
        rows);
  }

  private void add(Element child) throws ReportException {
    switch (child.name()) {
      case "version" -> version = Optional.of(child.text());
      case "report_metadata" -> metadata = Optional.of(metadata(child));
      case "policy_published" -> policy = Optional.of(policy(child));
      case "record" -> {
        if (rows.size() == MAX_ROWS) {
          throw new ReportException("more than " + MAX_ROWS + " records");
        }
        try {
          rows.add(row(child));
        } catch (ReportException e) {
          throw new ReportException("record " + (rows.size() + 1) + ": " + e.getMessage(), e);
        }
      }
      default -> {}
    }
  }

  private static Metadata metadata(Element from) throws ReportException {
    Element range = from.one("date_range");
    return new Metadata(
        from.text("org_name"),
        from.value("email").orElse(""),
        from.value("extra_contact_info"),
        from.text("report_id"),
        instant(range, "begin"),
        instant(range, "end"),
        few(from, "error").map(Element::text).toList(),
        from.value("generator"));
  }

  private static Instant instant(Element range, String name) throws ReportException {
    long seconds = range.number(name);
    if (seconds > Instant.MAX.getEpochSecond()) {
      throw new ReportException("no time in <" + name + ">");
    }
    return Instant.ofEpochSecond(seconds);
  }

  /** Of {@code <policy_published>}. */
  static PublishedPolicy policy(Element from) throws ReportException {
    // RFC 9990 3.1.1.5 names it testing; there are schemas that have the tag's own name.
    String testing = from.word("testing").or(() -> from.word("t")).orElse("n");
    return new PublishedPolicy(
        XmlText.lower(from.text("domain")),
        from.value("adkim").flatMap(AlignmentMode::of),
        from.value("aspf").flatMap(AlignmentMode::of),
        from.value("p").flatMap(Policy::of),
        from.value("sp").flatMap(Policy::of),
        from.value("np").flatMap(Policy::of),
        testing.equals("y"),
        from.value("fo"),
        from.word("discovery_method"));
  }

  /** Of {@code <record>}. */
  static Row row(Element from) throws ReportException {
    Element row = from.one("row");
    Element identifiers = from.one("identifiers");
    Element results = from.first("auth_results").orElse(Element.of("auth_results"));
    return new Row(
        address(row.text("source_ip")),
        row.number("count"),
        evaluation(row.one("policy_evaluated")),
        new Identifiers(
            identifiers.word("envelope_to"),
            identifiers.word("envelope_from"),
            XmlText.lower(identifiers.text("header_from"))),
        few(results, "dkim").map(ReportReader::dkim).toList(),
        few(results, "spf").map(ReportReader::spf).toList());
  }

  private static InetAddress address(String text) throws ReportException {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new ReportException("no address in <source_ip>", e);
    }
  }

  private static Evaluation evaluation(Element from) throws ReportException {
    return new Evaluation(
        from.value("disposition").map(Disposition::of).orElse(Disposition.UNSPECIFIED),
        passed(from, "dkim"),
        passed(from, "spf"),
        few(from, "reason").map(ReportReader::reason).toList());
  }

  private static boolean passed(Element from, String name) {
    return from.word(name).filter("pass"::equals).isPresent();
  }

  private static Reason reason(Element from) {
    String type = from.word("type").filter(REASONS::contains).orElse("other");
    return new Reason(type, from.value("comment"));
  }

  private static DkimEntry dkim(Element from) {
    return new DkimEntry(
        from.word("domain").orElse(""),
        from.value("selector"),
        from.word("result").orElse("none"),
        from.value("human_result"));
  }

  private static SpfEntry spf(Element from) {
    return new SpfEntry(
        from.word("domain").orElse(""),
        from.word("scope"),
        from.word("result").orElse("none"),
        from.value("human_result"));
  }

  /** Few children of a name: no row has hundreds of signatures, nor any report of errors. */
  private static Stream<Element> few(Element from, String name) throws ReportException {
    if (from.all(name).count() > MAX_ENTRIES) {
      throw new ReportException("more than " + MAX_ENTRIES + " <" + name + ">");
    }
    return from.all(name);
  }
}
