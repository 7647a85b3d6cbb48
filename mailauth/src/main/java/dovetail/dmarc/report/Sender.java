package dovetail.dmarc.report;

import dovetail.dmarc.report.AggregateReport.Row;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who sends in the name of a domain, as reports tell.
 *
 * @param domain the author's
 * @param messages all of them
 * @param passed those that the domain stood behind: by DKIM, SPF or both
 * @param dkim those with an aligned signature
 * @param spf those with aligned SPF
 * @param quarantined what receivers put aside
 * @param refused what receivers refused
 * @param names the domains that did pass DKIM or SPF, aligned or not: who it may be
 */
public record Sender(
    String domain,
    InetAddress source,
    long messages,
    long passed,
    long dkim,
    long spf,
    long quarantined,
    long refused,
    SortedSet<String> names) {
  public Sender {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /** Those that nobody stood behind. */
  public long failed() {
    return messages - passed;
  }

  /**
   * Sums up reports; one that is there twice, by organization, domain, time and identifier, counts
   * once (RFC 9990 3.5.4).
   *
   * @return domain by domain, who sends most first
   */
  public static List<Sender> of(List<AggregateReport> reports) {
    Set<List<?>> seen = new HashSet<>();
    return reports.stream()
        .filter(report ->
            seen.add(
                List.of(
                    report.metadata().organization(),
                    report.policy().domain(),
                    report.metadata().begin(),
                    report.metadata().id())))
        .flatMap(report -> report.rows().stream())
        .collect(Collectors.groupingBy(row -> new Key(row.identifiers().author(), row.source())))
        .entrySet()
        .stream()
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(Sender::domain)
                .thenComparing(Comparator.comparingLong(Sender::messages).reversed())
                .thenComparing(sender -> sender.source().getAddress(), Arrays::compareUnsigned))
        .toList();
  }

  private record Key(String domain, InetAddress source) {}

  private static Sender of(Key key, List<Row> rows) {
    SortedSet<String> names = new TreeSet<>();
    for (Row row : rows) {
      row.dkim().stream()
          .filter(entry -> entry.result().equals("pass"))
          .forEach(entry -> names.add(entry.domain()));
      row.spf().stream()
          .filter(entry -> entry.result().equals("pass"))
          .forEach(entry -> names.add(entry.domain()));
    }
    names.remove("");
    return new Sender(
        key.domain(),
        key.source(),
        count(rows, _ -> true),
        count(rows, Row::passed),
        count(rows, row -> row.evaluation().dkim()),
        count(rows, row -> row.evaluation().spf()),
        count(rows, row -> row.evaluation().disposition() == Disposition.QUARANTINE),
        count(rows, row -> row.evaluation().disposition() == Disposition.REJECT),
        names);
  }

  /** A stranger's numbers: their sum stays at the largest and never turns negative. */
  private static long count(List<Row> rows, Predicate<Row> which) {
    long sum = 0;
    for (Row row : rows) {
      if (which.test(row)) {
        long more = sum + row.count();
        sum = more < 0 ? Long.MAX_VALUE : more;
      }
    }
    return sum;
  }
}
