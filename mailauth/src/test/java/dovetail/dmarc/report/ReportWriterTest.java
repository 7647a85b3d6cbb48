package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dmarc.report.AggregateReport.DkimEntry;
import dovetail.dmarc.report.AggregateReport.Evaluation;
import dovetail.dmarc.report.AggregateReport.Identifiers;
import dovetail.dmarc.report.AggregateReport.Metadata;
import dovetail.dmarc.report.AggregateReport.PublishedPolicy;
import dovetail.dmarc.report.AggregateReport.Reason;
import dovetail.dmarc.report.AggregateReport.Row;
import dovetail.dmarc.report.AggregateReport.SpfEntry;
import java.io.ByteArrayInputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what is read again. */
final class ReportWriterTest {
  private static final AggregateReport BARE =
      new AggregateReport(
          Optional.empty(),
          new Metadata(
              "r",
              "",
              Optional.empty(),
              "1",
              Instant.EPOCH,
              Instant.EPOCH,
              List.of(),
              Optional.empty()),
          new PublishedPolicy(
              "a.example",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              false,
              Optional.empty(),
              Optional.empty()),
          List.of(
              new Row(
                  InetAddress.getLoopbackAddress(),
                  0,
                  new Evaluation(
                      Disposition.UNSPECIFIED,
                      false,
                      false,
                      List.of(new Reason("other", Optional.empty()))),
                  new Identifiers(Optional.empty(), Optional.empty(), "a.example"),
                  List.of(new DkimEntry("", Optional.empty(), "none", Optional.empty())),
                  List.of(
                      new SpfEntry("", Optional.empty(), "none", Optional.empty()),
                      new SpfEntry("h.example", Optional.of("helo"), "pass", Optional.empty())))));

  @Test
  void readsWhatIsWritten() throws Exception {
    for (AggregateReport report : List.of(Reports.full(), BARE)) {
      assertThat(read(ReportWriter.write(report))).isEqualTo(report);
    }
  }

  @Test
  void isInTheOrderOfTheStandard() {
    String xml = text(ReportWriter.write(Reports.full()));
    assertThat(xml)
        .startsWith(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">\n"
                + "<version>1.0</version>\n<report_metadata><org_name>Receiver</org_name>"
                + "<email>dmarc@mx.example</email>")
        .contains(
            "<policy_published><domain>shop.example</domain>"
                + "<discovery_method>treewalk</discovery_method><p>reject</p><sp>quarantine</sp>"
                + "<np>none</np><fo>1:d:s</fo><adkim>s</adkim><aspf>r</aspf>"
                + "<testing>y</testing></policy_published>\n")
        .contains(
            "<record><row><source_ip>2001:db8:0:0:0:0:0:7</source_ip><count>5</count>"
                + "<policy_evaluated><disposition>quarantine</disposition><dkim>fail</dkim>"
                + "<spf>fail</spf><reason><type>policy_test_mode</type>"
                + "<comment>only tested</comment></reason></policy_evaluated></row><identifiers>"
                + "<header_from>news.shop.example</header_from>"
                + "<envelope_from>bounce.example</envelope_from>"
                + "<envelope_to>mx.example</envelope_to></identifiers><auth_results><dkim>"
                + "<domain>other.example</domain><selector>s1</selector>"
                + "<result>permerror</result><human_result>no key for signature</human_result>"
                + "</dkim><spf><domain>bounce.example</domain><scope>mfrom</scope>"
                + "<result>softfail</result><human_result>mechanism matched</human_result></spf>"
                + "</auth_results></record>\n")
        .contains("<disposition>pass</disposition>", "<envelope_from></envelope_from>")
        .endsWith("</record>\n</feedback>\n");
  }

  @Test
  void alwaysHasASelector() {
    assertThat(text(ReportWriter.write(BARE))).contains("<selector></selector>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "]]></a><!-- &lt; & -->",
        "<![CDATA[",
        "&#0;",
        "\"'><record>",
        "one\r\ntwo\rthree\nfour\tfive",
        "\u0085\u2028\u00A0x",
        "\uD83D\uDE00 \uFFFD",
        "\u202Eelpmaxe"
      })
  void wordsOfStrangersStayWhereTheyAre(String hostile) throws Exception {
    AggregateReport report = Reports.full(text -> "x" + hostile + text);
    AggregateReport lower = Reports.full(text -> "x" + XmlText.lower(hostile) + text);
    byte[] xml = ReportWriter.write(report);
    AggregateReport read = read(xml);
    assertThat(read.metadata()).isEqualTo(report.metadata());
    assertThat(read.policy().domain()).isEqualTo(lower.policy().domain());
    assertThat(read.rows())
        .usingRecursiveComparison()
        .ignoringFields("dkim.domain", "spf.domain", "identifiers")
        .isEqualTo(report.rows());
    assertThat(read.rows().getFirst().identifiers())
        .isEqualTo(lower.rows().getFirst().identifiers());
    assertThat(read.rows().getFirst().dkim().getFirst().domain())
        .isEqualTo(lower.rows().getFirst().dkim().getFirst().domain());
    assertThat(text(xml).lines().count()).as("a record a line").isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\u001F", "\uFFFE", "\uFFFF", "\uD800", "\uDC00", "\u000B"})
  void replacesWhatXmlCannotCarry(String bad) throws Exception {
    AggregateReport read = read(ReportWriter.write(Reports.full(text -> text + bad + "x")));
    assertThat(read).isEqualTo(Reports.full(text -> text + "\uFFFDx"));
  }

  @Property(tries = 500, seed = "9990")
  void anyTextComesBack(@ForAll String text) throws Exception {
    UnaryOperator<String> lower = each -> "x" + XmlText.lower(XmlText.carried(text)) + each;
    assertThat(read(ReportWriter.write(Reports.full(lower)))).isEqualTo(Reports.full(lower));
    AggregateReport hostile = Reports.full(each -> "x" + text + each);
    assertThat(read(ReportWriter.write(hostile)).rows()).hasSize(2);
  }

  @Test
  void writesAddressesInOneWay() throws Exception {
    Inet6Address scoped =
        Inet6Address.getByAddress("h", InetAddress.ofLiteral("fe80::1").getAddress(), 3);
    Row row = Reports.passed();
    AggregateReport report =
        withRows(
            List.of(new Row(scoped, 1, row.evaluation(), row.identifiers(), List.of(), List.of())));
    assertThat(text(ReportWriter.write(report)))
        .contains("<source_ip>fe80:0:0:0:0:0:0:1</source_ip>");
  }

  @Test
  void equalReportsGiveEqualOctets() throws Exception {
    byte[] first = ReportWriter.compress(ReportWriter.write(Reports.full()));
    Thread.sleep(1_100); // a time stamp would have seconds
    byte[] second = ReportWriter.compress(ReportWriter.write(Reports.full()));
    assertThat(second).isEqualTo(first);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(first)).readAllBytes())
        .isEqualTo(ReportWriter.write(Reports.full()));
  }

  /** The JDK bounds references to entities, also to those that all XML has. */
  @Test
  void readsAsManyReferencesAsThereAre() throws Exception {
    AggregateReport report =
        withRows(Collections.nCopies(800, Reports.failed(text -> text + "&<\nx".repeat(50))));
    assertThat(read(ReportWriter.write(report))).isEqualTo(report);
  }

  private static AggregateReport withRows(List<Row> rows) {
    AggregateReport full = Reports.full();
    return new AggregateReport(full.version(), full.metadata(), full.policy(), rows);
  }

  private static AggregateReport read(byte[] xml) throws Exception {
    return ReportReader.read(new ByteArrayInputStream(xml));
  }

  private static String text(byte[] xml) {
    return new String(xml, StandardCharsets.UTF_8);
  }
}
