package dovetail.dmarc.report;

import dovetail.dmarc.AlignmentMode;
import dovetail.dmarc.Policy;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a receiver tells about the mail of one domain (RFC 9990 3.1). All text is as the sender of
 * the report wrote it, without the space around it: it is a stranger's.
 *
 * @param version of the format, as written
 */
public record AggregateReport(
    Optional<String> version, Metadata metadata, PublishedPolicy policy, List<Row> rows) {
  public AggregateReport {
    rows = List.copyOf(rows);
  }

  /**
   * Who reports, and about when.
   *
   * @param id with the organization the name of the report
   * @param errors what went wrong there
   */
  public record Metadata(
      String organization,
      String email,
      Optional<String> contact,
      String id,
      Instant begin,
      Instant end,
      List<String> errors,
      Optional<String> generator) {
    public Metadata {
      errors = List.copyOf(errors);
    }
  }

  /**
   * The policy that the receiver found.
   *
   * @param testing whether it said t=y
   */
  public record PublishedPolicy(
      String domain,
      Optional<AlignmentMode> dkim,
      Optional<AlignmentMode> spf,
      Optional<Policy> policy,
      Optional<Policy> subdomains,
      Optional<Policy> missing,
      boolean testing,
      Optional<String> failureOptions,
      Optional<String> discovery) {}

  /**
   * Messages from one address that are alike.
   *
   * @param count at least 0
   */
  public record Row(
      InetAddress source,
      long count,
      Evaluation evaluation,
      Identifiers identifiers,
      List<DkimEntry> dkim,
      List<SpfEntry> spf) {
    public Row {
      dkim = List.copyOf(dkim);
      spf = List.copyOf(spf);
    }

    /** The same for so many messages. */
    Row withCount(long messages) {
      return new Row(source, messages, evaluation, identifiers, dkim, spf);
    }

    /** Whether the author's domain stood behind them. */
    public boolean passed() {
      return evaluation.dkim() || evaluation.spf();
    }
  }

  /**
   * What came out of it.
   *
   * @param dkim whether a signature passed and was aligned
   * @param spf the same of SPF
   */
  public record Evaluation(
      Disposition disposition, boolean dkim, boolean spf, List<Reason> reasons) {
    public Evaluation {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Why something else was done than the policy asks for (RFC 9990 3.1.6).
   *
   * @param type in lower case; {@code other} for what RFC 9990 does not know
   */
  public record Reason(String type, Optional<String> comment) {}

  /** Of the messages: domains, in lower case. */
  public record Identifiers(Optional<String> recipient, Optional<String> sender, String author) {}

  /**
   * A signature that was looked at.
   *
   * @param result in lower case
   * @param explanation the result in words, for people
   */
  public record DkimEntry(
      String domain, Optional<String> selector, String result, Optional<String> explanation) {}

  /**
   * What SPF said.
   *
   * @param scope {@code mfrom}; of the format before RFC 9990 also {@code helo}
   * @param result in lower case
   * @param explanation the result in words, for people
   */
  public record SpfEntry(
      String domain, Optional<String> scope, String result, Optional<String> explanation) {}
}
