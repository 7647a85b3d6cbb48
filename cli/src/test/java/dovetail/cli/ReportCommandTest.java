package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dovetail report dmarc show}. */
final class ReportCommandTest {
  private static final String REPORT =
      """
      <feedback><report_metadata><org_name>r.example</org_name><report_id>7</report_id>
      <date_range><begin>1</begin><end>2</end></date_range></report_metadata>
      <policy_published><domain>a.example</domain><p>reject</p></policy_published>
      <record><row><source_ip>192.0.2.1</source_ip><count>5</count><policy_evaluated>
      <disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
      <identifiers><header_from>a.example</header_from></identifiers><auth_results>
      <dkim><domain>a.example</domain><selector>s</selector><result>pass</result></dkim>
      <spf><domain>x.example</domain><result>fail</result></spf></auth_results></record>
      </feedback>
      """;

  @TempDir Path folder;

  @Test
  void showsWhoSends() {
    Run run = Run.withInput(REPORT, "report", "dmarc", "show", "-");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "a.example",
            "source messages pass fail dkim spf filed refused as",
            "192.0.2.1 5 5 0 5 0 0 0 a.example");
    Run json = Run.withInput(REPORT, "report", "dmarc", "show", "--json", "-");
    assertThat(json.out())
        .isEqualTo(
            "[{\"domain\":\"a.example\",\"source\":\"192.0.2.1\",\"messages\":5,\"pass\":5,"
                + "\"fail\":0,\"dkim\":5,\"spf\":0,\"quarantined\":0,\"refused\":0,"
                + "\"as\":[\"a.example\"]}]\n");
  }

  @Test
  void goesOnBehindAFileThatCannotBeRead() {
    Path missing = folder.resolve("missing.xml");
    Run run = Run.withInput(REPORT, "report", "dmarc", "show", missing, "-");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("dovetail: cannot read " + missing + ": no such file\n");
    assertThat(run.out()).startsWith("a.example\n");
    Run none = Run.withInput("<html></html>", "report", "dmarc", "show", "-");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.out()).isEmpty();
    assertThat(none.err())
        .isEqualTo("dovetail: standard input: <html> where <feedback> should be\n");
  }
}
