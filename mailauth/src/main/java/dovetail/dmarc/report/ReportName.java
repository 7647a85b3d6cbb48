package dovetail.dmarc.report;

import dovetail.mail.Domain;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one report is called in each place where it has a name (RFC 9990 3.1.4): always the same for
 * the same report, so that what is sent again is known for that.
 *
 * @param receiver who reports
 * @param policyDomain about whom
 * @param begin of the period, from 1970 on
 * @param end of the period, not before its begin
 * @param unique tells reports of several nodes apart: 1 to 64 letters and digits of ASCII
 */
public record ReportName(
    Domain receiver, Domain policyDomain, Instant begin, Instant end, String unique) {
  private static final Pattern ID =
      Pattern.compile("(\\d{1,12})-(\\d{1,12})\\.([A-Za-z0-9]{1,64})\\.([^@]+)@([^@]+)");

  private static final Pattern UNIQUE = Pattern.compile("[A-Za-z0-9]{1,64}");

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one of them is not as it must be
   */
  public ReportName {
    if (!UNIQUE.matcher(unique).matches()) {
      throw new IllegalArgumentException("no unique id of letters and digits");
    }
    if (begin.getEpochSecond() < 0 || end.isBefore(begin)) {
      throw new IllegalArgumentException("no period");
    }
  }

  /** The name whose {@link #id} that is; nothing if it is none of ours. */
  public static Optional<ReportName> parse(String id) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<Domain> policyDomain = Domain.parse(parts.group(4));
    Optional<Domain> receiver = Domain.parse(parts.group(5));
    return policyDomain.isEmpty() || receiver.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReportName(
                receiver.get(),
                policyDomain.get(),
                Instant.ofEpochSecond(Long.parseLong(parts.group(1))),
                Instant.ofEpochSecond(Long.parseLong(parts.group(2))),
                parts.group(3)));
  }

  /** The Report-ID (RFC 9990 3.5.1), without angle brackets; fit for a Message-ID. */
  public String id() {
    return begin.getEpochSecond()
        + "-"
        + end.getEpochSecond()
        + "."
        + unique
        + "."
        + policyDomain.ascii()
        + "@"
        + receiver.ascii();
  }

  /** The Subject of the mail (RFC 9990 3.5.2), not folded; each of its spaces may be. */
  public String subject() {
    return "Report Domain: "
        + policyDomain.ascii()
        + " Submitter: "
        + receiver.ascii()
        + " Report-ID: <"
        + id()
        + ">";
  }

  /** The name of the file, compressed (RFC 9990 3.5.2). */
  public String file() {
    return String.join(
            "!",
            receiver.ascii(),
            policyDomain.ascii(),
            Long.toString(begin.getEpochSecond()),
            Long.toString(end.getEpochSecond()),
            unique)
        + ".xml.gz";
  }
}
