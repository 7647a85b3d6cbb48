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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reports for tests. */
final class Reports {
  private Reports() {}

  /** One that uses all there is, each text of it made by that. */
  static AggregateReport full(UnaryOperator<String> text) {
    return new AggregateReport(
        Optional.of("1.0"),
        metadata(text),
        new PublishedPolicy(
            text.apply("shop.example"),
            Optional.of(AlignmentMode.STRICT),
            Optional.of(AlignmentMode.RELAXED),
            Optional.of(Policy.REJECT),
            Optional.of(Policy.QUARANTINE),
            Optional.of(Policy.NONE),
            true,
            Optional.of(text.apply("1:d:s")),
            Optional.of("treewalk")),
        List.of(failed(text), passed()));
  }

  static AggregateReport full() {
    return full(UnaryOperator.identity());
  }

  static Metadata metadata(UnaryOperator<String> text) {
    return new Metadata(
        text.apply("Receiver"),
        text.apply("dmarc@mx.example"),
        Optional.of(text.apply("https://mx.example/dmarc")),
        text.apply("1-2.a.shop.example@mx.example"),
        Instant.ofEpochSecond(1_700_006_400),
        Instant.ofEpochSecond(1_700_092_799),
        List.of(text.apply("3 rows left off")),
        Optional.of(text.apply("Dovetail 0.1")));
  }

  static Row failed(UnaryOperator<String> text) {
    return new Row(
        InetAddress.ofLiteral("2001:db8::7"),
        5,
        new Evaluation(
            Disposition.QUARANTINE,
            false,
            false,
            List.of(new Reason("policy_test_mode", Optional.of(text.apply("only tested"))))),
        new Identifiers(
            Optional.of(text.apply("mx.example")),
            Optional.of(text.apply("bounce.example")),
            text.apply("news.shop.example")),
        List.of(
            new DkimEntry(
                text.apply("other.example"),
                Optional.of(text.apply("s1")),
                "permerror",
                Optional.of(text.apply("no key for signature")))),
        List.of(
            new SpfEntry(
                text.apply("bounce.example"),
                Optional.of("mfrom"),
                "softfail",
                Optional.of(text.apply("mechanism matched")))));
  }

  static Row passed() {
    return new Row(
        InetAddress.ofLiteral("192.0.2.1"),
        7,
        new Evaluation(Disposition.PASS, true, false, List.of()),
        new Identifiers(Optional.empty(), Optional.empty(), "shop.example"),
        List.of(new DkimEntry("shop.example", Optional.of("s2"), "pass", Optional.empty())),
        List.of());
  }
}
