package dovetail.dmarc.report;

import dovetail.dmarc.report.AggregateReport.Metadata;
import dovetail.dmarc.report.AggregateReport.PublishedPolicy;
import dovetail.dmarc.report.AggregateReport.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what was counted for one policy domain in one period. Bounded: of rows beyond a number
 * only the count is kept. For one thread.
 */
public final class Aggregation {
  /** Rows that are held for each one that is reported, to find those of the most messages. */
  private static final int HELD = 4;

  /** Of all rows that are held; a report of them takes several times that while it is made. */
  private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

  private final int maxRows;
  private final Map<String, Long> counts = new HashMap<>();
  private Optional<Policy> policy = Optional.empty();
  private long messages;
  private long characters;
  private long unheldRows;

  private record Policy(String text, PublishedPolicy published) {}

  /**
   * One that is empty.
   *
   * @param maxRows in the report, at least 1
   */
  public Aggregation(int maxRows) {
    if (maxRows < 1 || maxRows > Integer.MAX_VALUE / HELD) {
      throw new IllegalArgumentException("a report has rows, and not without end");
    }
    this.maxRows = maxRows;
  }

  /**
   * Adds messages that are alike. The policy that is added last is the one that the report has (RFC
   * 9990 3.1).
   *
   * @param policyText as {@link ReportText#policy} has it
   * @param rowText as {@link ReportText#row} has it
   * @param count at least 1
   * @throws ReportException if a text cannot be read, or the policy is of another domain than those
   *     before; then nothing is added
   */
  public void add(String policyText, String rowText, long count) throws ReportException {
    if (count < 1) {
      throw new IllegalArgumentException("no messages");
    }
    Policy read = policy(policyText);
    boolean known = counts.containsKey(rowText);
    if (!known) {
      ReportText.readRow(rowText); // that it can be read is found out now
    }
    policy = Optional.of(read);
    messages = sum(messages, count);
    boolean fits =
        counts.size() < HELD * maxRows && characters + rowText.length() <= MAX_CHARACTERS;
    if (known || fits) {
      characters += known ? 0 : rowText.length();
      counts.merge(rowText, count, Aggregation::sum);
    } else {
      unheldRows++;
    }
  }

  private Policy policy(String text) throws ReportException {
    if (policy.isPresent() && policy.get().text().equals(text)) {
      return policy.get();
    }
    PublishedPolicy published = ReportText.readPolicy(text);
    if (policy.isPresent() && !policy.get().published().domain().equals(published.domain())) {
      throw new ReportException("policies of several domains");
    }
    return new Policy(text, published);
  }

  /** Stays at the largest number and never turns negative. */
  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** How many were added. */
  public long messages() {
    return messages;
  }

  /**
   * The report: the rows of the most messages first. What is left off is said in its error.
   *
   * @throws IllegalStateException if nothing was added, since there is no report without rows
   */
  public AggregateReport report(Metadata metadata) {
    return report(metadata, maxRows);
  }

  /** The same with fewer rows, where all of them do not fit. */
  public AggregateReport report(Metadata metadata, int rowsAtMost) {
    PublishedPolicy published =
        policy.orElseThrow(() -> new IllegalStateException("nothing was added")).published();
    List<Map.Entry<String, Long>> reported =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(Math.min(rowsAtMost, maxRows))
            .toList();
    List<Row> rows = new ArrayList<>();
    long left = messages;
    for (Map.Entry<String, Long> each : reported) {
      rows.add(row(each.getKey(), each.getValue()));
      left -= each.getValue();
    }
    return new AggregateReport(
        Optional.of("1.0"), leftOff(metadata, counts.size() - rows.size(), left), published, rows);
  }

  private static Row row(String text, long count) {
    try {
      return ReportText.readRow(text).withCount(count);
    } catch (ReportException e) {
      throw new IllegalStateException("what could be read cannot be read again", e);
    }
  }

  /** RFC 9990 3.1.1.3: there is one error at most. */
  private Metadata leftOff(Metadata metadata, long heldRows, long left) {
    if (left <= 0) {
      return metadata;
    }
    List<String> errors = new ArrayList<>(metadata.errors());
    // A row that was not held may have been added again and again.
    String rows = (unheldRows == 0 ? "" : "up to ") + sum(heldRows, unheldRows);
    errors.add(left + " messages in " + rows + " rows are left off");
    return new Metadata(
        metadata.organization(),
        metadata.email(),
        metadata.contact(),
        metadata.id(),
        metadata.begin(),
        metadata.end(),
        List.of(String.join("; ", errors)),
        metadata.generator());
  }
}
