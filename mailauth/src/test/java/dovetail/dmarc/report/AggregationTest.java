package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.dmarc.report.AggregateReport.Metadata;
import dovetail.dmarc.report.AggregateReport.Row;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was counted becomes a report. */
final class AggregationTest {
  private static final Metadata METADATA = Reports.metadata(text -> text);
  private static final Metadata FLAWLESS =
      new Metadata(
          METADATA.organization(),
          METADATA.email(),
          METADATA.contact(),
          METADATA.id(),
          METADATA.begin(),
          METADATA.end(),
          List.of(),
          METADATA.generator());
  private static final String POLICY = ReportText.policy(Reports.full().policy());

  @Test
  void mergesEqualRowsAndPutsTheMostFirst() throws Exception {
    Aggregation aggregation = new Aggregation(10);
    aggregation.add(POLICY, row(1), 3);
    aggregation.add(POLICY, row(2), 4);
    aggregation.add(POLICY, row(1), 2);
    AggregateReport report = aggregation.report(FLAWLESS);
    assertThat(aggregation.messages()).isEqualTo(9);
    assertThat(report.rows())
        .extracting(row -> row.source().getHostAddress() + " " + row.count())
        .containsExactly("192.0.2.1 5", "192.0.2.2 4");
    assertThat(report.metadata()).isEqualTo(FLAWLESS);
    assertThat(report.version()).contains("1.0");
  }

  @Test
  void doesNotDependOnTheOrder() throws Exception {
    Aggregation one = new Aggregation(3);
    Aggregation other = new Aggregation(3);
    for (int host = 1; host <= 5; host++) {
      one.add(POLICY, row(host), 1);
      other.add(POLICY, row(6 - host), 1);
    }
    assertThat(ReportWriter.write(one.report(FLAWLESS)))
        .isEqualTo(ReportWriter.write(other.report(FLAWLESS)));
  }

  @Test
  void publishesThePolicyThatCameLast() throws Exception {
    Aggregation aggregation = new Aggregation(10);
    String later = POLICY.replace("<p>reject</p>", "<p>none</p>");
    aggregation.add(POLICY, row(1), 1);
    aggregation.add(later, row(1), 1);
    assertThat(ReportText.policy(aggregation.report(FLAWLESS).policy())).isEqualTo(later);
  }

  @Test
  void saysWhatIsLeftOff() throws Exception {
    Aggregation aggregation = new Aggregation(2);
    for (int host = 1; host <= 5; host++) {
      aggregation.add(POLICY, row(host), host);
    }
    AggregateReport report = aggregation.report(FLAWLESS);
    assertThat(report.rows()).extracting(Row::count).containsExactly(5L, 4L);
    assertThat(report.metadata().errors()).containsExactly("6 messages in 3 rows are left off");
    assertThat(aggregation.report(METADATA).metadata().errors())
        .as("one error")
        .containsExactly("3 rows left off; 6 messages in 3 rows are left off");
  }

  @Test
  void holdsNoMoreThanItMust() throws Exception {
    Aggregation aggregation = new Aggregation(2);
    for (int host = 1; host <= 8; host++) {
      aggregation.add(POLICY, row(host), 1);
    }
    aggregation.add(POLICY, row(9), 100);
    aggregation.add(POLICY, row(9), 100);
    aggregation.add(POLICY, row(8), 1);
    AggregateReport report = aggregation.report(FLAWLESS);
    assertThat(report.rows()).extracting(Row::count).containsExactly(2L, 1L);
    assertThat(report.metadata().errors())
        .containsExactly("206 messages in up to 8 rows are left off");
    assertThat(aggregation.messages()).isEqualTo(209);
  }

  @Test
  void sumsStayPositive() throws Exception {
    Aggregation aggregation = new Aggregation(2);
    aggregation.add(POLICY, row(1), Long.MAX_VALUE);
    aggregation.add(POLICY, row(1), Long.MAX_VALUE);
    aggregation.add(POLICY, row(2), Long.MAX_VALUE);
    AggregateReport report = aggregation.report(FLAWLESS);
    assertThat(report.rows()).extracting(Row::count).containsOnly(Long.MAX_VALUE);
    assertThat(aggregation.messages()).isEqualTo(Long.MAX_VALUE);
    assertThat(report.metadata().errors()).isEmpty();
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    Aggregation aggregation = new Aggregation(2);
    assertThatThrownBy(() -> aggregation.add("<x/>", row(1), 1))
        .isInstanceOf(ReportException.class);
    assertThatThrownBy(() -> aggregation.add(POLICY, "<x/>", 1))
        .isInstanceOf(ReportException.class);
    assertThatThrownBy(() -> aggregation.add(POLICY, row(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(aggregation.messages()).isZero();
    assertThatThrownBy(() -> aggregation.report(FLAWLESS))
        .isInstanceOf(IllegalStateException.class);
    aggregation.add(POLICY, row(1), 1);
    assertThatThrownBy(
            () -> aggregation.add(POLICY.replace("shop.example", "other.example"), row(1), 1))
        .isInstanceOf(ReportException.class)
        .hasMessage("policies of several domains");
    assertThat(aggregation.messages()).isEqualTo(1);
    assertThatThrownBy(() -> new Aggregation(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String row(int host) {
    Row row = Reports.passed();
    return ReportText.row(
        new Row(
            InetAddress.ofLiteral("192.0.2." + host),
            1,
            row.evaluation(),
            row.identifiers(),
            row.dkim(),
            row.spf()));
  }
}
