package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.dmarc.report.AggregateReport.PublishedPolicy;
import dovetail.dmarc.report.AggregateReport.Row;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept as text until a report is due. */
final class ReportTextTest {
  private static final Row FAILED = Reports.failed(text -> text);
  private static final PublishedPolicy POLICY = Reports.full().policy();

  @Test
  void readsWhatIsWritten() throws Exception {
    assertThat(ReportText.readPolicy(ReportText.policy(POLICY))).isEqualTo(POLICY);
    for (Row row : Reports.full().rows()) {
      assertThat(ReportText.readRow(ReportText.row(row))).isEqualTo(row.withCount(1));
    }
  }

  @Test
  void isOneLineWithoutDeclaration() {
    assertThat(ReportText.policy(POLICY))
        .startsWith("<policy_published><domain>shop.example</domain>")
        .endsWith("</policy_published>");
    Row row = Reports.failed(text -> text + "\r\n\n\u0085\u2028&<\0");
    assertThat(ReportText.row(row))
        .startsWith("<record><row><source_ip>")
        .endsWith("</record>")
        .doesNotContain("\n", "\r", "\0");
  }

  @Test
  void equalFactsGiveEqualText() throws Exception {
    assertThat(ReportText.row(FAILED.withCount(9))).isEqualTo(ReportText.row(FAILED));
    byte[] octets = FAILED.source().getAddress();
    Row sameClient =
        new Row(
            Inet6Address.getByAddress("some.name", octets, 2),
            FAILED.count(),
            FAILED.evaluation(),
            FAILED.identifiers(),
            FAILED.dkim(),
            FAILED.spf());
    assertThat(ReportText.row(sameClient)).isEqualTo(ReportText.row(FAILED));
    Row otherClient =
        new Row(
            InetAddress.ofLiteral("2001:db8::8"),
            FAILED.count(),
            FAILED.evaluation(),
            FAILED.identifiers(),
            FAILED.dkim(),
            FAILED.spf());
    assertThat(ReportText.row(otherClient)).isNotEqualTo(ReportText.row(FAILED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<record>",
        "<record/>",
        "<record/><record/>",
        "<policy_published/>",
        "<!DOCTYPE record><record/>",
        "\0",
        "{}"
      })
  void refusesWhatIsNoneOfOurs(String text) {
    assertThatThrownBy(() -> ReportText.readRow(text)).isInstanceOf(ReportException.class);
    assertThatThrownBy(() -> ReportText.readPolicy(text)).isInstanceOf(ReportException.class);
    assertThatThrownBy(() -> ReportText.readRow(ReportText.row(FAILED) + text + "x"))
        .isInstanceOf(ReportException.class);
  }
}
