package dovetail.dmarc.report;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

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
    names = new TreeSet<>(names);
  }

  /** Those that nobody stood behind. */
  public long failed() {
    return messages - passed;
  }

  /**
   * Sums up reports; one that is there twice, by its organization and identifier, counts once (RFC
   * 9990 3.1.1.3).
   *
   * @return domain by domain, who sends most first
   */
  public static List<Sender> of(List<AggregateReport> reports) {
    Set<List<String>> seen = new HashSet<>();
    Map<List<Object>, Sender> senders = new LinkedHashMap<>();
    for (AggregateReport report : reports) {
      if (seen.add(List.of(report.metadata().organization(), report.metadata().id()))) {
        for (AggregateReport.Row row : report.rows()) {
          senders.merge(List.of(row.identifiers().author(), row.source()), of(row), Sender::plus);
        }
      }
    }
    List<Sender> sorted = new ArrayList<>(senders.values());
    sorted.sort(
        Comparator.comparing(Sender::domain)
            .thenComparing(Comparator.comparingLong(Sender::messages).reversed())
            .thenComparing(sender -> sender.source().getAddress(), Arrays::compareUnsigned));
    return List.copyOf(sorted);
  }

  private static Sender of(AggregateReport.Row row) {
    AggregateReport.Evaluation evaluation = row.evaluation();
    long count = row.count();
    return new Sender(
        row.identifiers().author(),
        row.source(),
        count,
        row.passed() ? count : 0,
        evaluation.dkim() ? count : 0,
        evaluation.spf() ? count : 0,
        evaluation.disposition() == Disposition.QUARANTINE ? count : 0,
        evaluation.disposition() == Disposition.REJECT ? count : 0,
        names(row));
  }

  private static SortedSet<String> names(AggregateReport.Row row) {
    SortedSet<String> names = new TreeSet<>();
    row.dkim().stream()
        .filter(entry -> entry.result().equals("pass"))
        .forEach(entry -> names.add(entry.domain()));
    row.spf().stream()
        .filter(entry -> entry.result().equals("pass"))
        .forEach(entry -> names.add(entry.domain()));
    names.remove("");
    return names;
  }

  private Sender plus(Sender other) {
    SortedSet<String> both = new TreeSet<>(names);
    both.addAll(other.names);
    return new Sender(
        domain,
        source,
        sum(messages, other.messages),
        sum(passed, other.passed),
        sum(dkim, other.dkim),
        sum(spf, other.spf),
        sum(quarantined, other.quarantined),
        sum(refused, other.refused),
        both);
  }

  /** A stranger's numbers: they stay at the largest and never turn negative. */
  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
