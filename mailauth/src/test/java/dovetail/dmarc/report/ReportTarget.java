package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * Any file has reports or is refused with a reason, what is read stays within its bounds, and what
 * is written of it is read again as the same, whole and row by row.
 */
public final class ReportTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
          "<?xml version=\"1.1\"?>",
          "<?xml version='1.0' encoding='iso-8859-1'?>",
          "<!DOCTYPE feedback [<!ENTITY a \"b\">]>",
          "<!-- ",
          " -->",
          "<![CDATA[",
          "]]>",
          "&amp;",
          "&lt;",
          "&#10;",
          "&#13;",
          "&#1;",
          "&#xD800;",
          "&#x1F600;",
          "&a;",
          "<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">",
          "<feedback>",
          "</feedback>",
          "<version>1.0</version>",
          "<report_metadata>",
          "</report_metadata>",
          "<org_name>r</org_name>",
          "<email>",
          "<report_id>7</report_id>",
          "<date_range><begin>1</begin><end>2</end></date_range>",
          "<error>e</error>",
          "<generator>g</generator>",
          "<policy_published>",
          "</policy_published>",
          "<domain>a.example</domain>",
          "<discovery_method>treewalk</discovery_method>",
          "<p>reject</p>",
          "<np>none</np>",
          "<testing>y</testing>",
          "<record>",
          "</record>",
          "<row>",
          "</row>",
          "<source_ip>2001:db8::1</source_ip>",
          "::ffff:192.0.2.1",
          "fe80::1%1",
          "<count>5</count>",
          "9223372036854775807",
          "-1",
          "<policy_evaluated>",
          "</policy_evaluated>",
          "<disposition>pass</disposition>",
          "<dkim>pass</dkim>",
          "<spf>fail</spf>",
          "<reason><type>other</type><comment>c</comment></reason>",
          "<identifiers>",
          "</identifiers>",
          "<header_from>a.example</header_from>",
          "<envelope_from/>",
          "<auth_results>",
          "</auth_results>",
          "<dkim><domain>D</domain><selector>s</selector><result>pass</result></dkim>",
          "<spf><domain>D</domain><scope>mfrom</scope><result>none</result></spf>",
          "<human_result>h</human_result>",
          "<ext:x xmlns:ext=\"urn:x\" a=\"b\"/>",
          "\u00C4\u00B0",
          "\u00C2\u0085",
          "\r\n",
          "\t",
          "\0",
          "\u00FF\u00FE",
          "From x\n",
          "Content-Type: text/xml\n\n",
          "PK\u0003\u0004",
          "\u001F\u008B\u0008");

  @Override
  public String name() {
    return "dmarcreport";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws Exception {
    ReportFile.Contents contents;
    try {
      contents = ReportFile.read(new ByteArrayInputStream(input));
    } catch (ReportException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1_200);
      return "refused";
    }
    assertThat(contents.reports().size() + contents.faults().size()).isPositive();
    for (AggregateReport report : contents.reports()) {
      check(report);
    }
    int rows = contents.reports().stream().mapToInt(report -> report.rows().size()).sum();
    return contents.reports().isEmpty() ? "faults" : rows == 0 ? "no rows" : "rows";
  }

  private static void check(AggregateReport report) throws IOException, ReportException {
    byte[] xml = ReportWriter.write(report);
    assertThat(ReportReader.read(new ByteArrayInputStream(xml))).isEqualTo(report);
    assertThat(ReportFile.read(new ByteArrayInputStream(ReportWriter.compress(xml))).reports())
        .containsExactly(report);
    String policy = ReportText.policy(report.policy());
    assertThat(policy).doesNotContain("\n", "\r");
    assertThat(ReportText.readPolicy(policy)).isEqualTo(report.policy());
    for (AggregateReport.Row row : report.rows()) {
      String text = ReportText.row(row);
      assertThat(text).doesNotContain("\n", "\r");
      assertThat(ReportText.readRow(text)).isEqualTo(row.withCount(1));
      assertThat(ReportText.row(ReportText.readRow(text))).isEqualTo(text);
    }
    assertThat(Sender.of(List.of(report)))
        .allSatisfy(sender -> assertThat(sender.failed()).isNotNegative());
  }
}
