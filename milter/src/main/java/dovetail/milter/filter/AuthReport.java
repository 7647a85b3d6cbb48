package dovetail.milter.filter;

import dovetail.dkim.DkimReason;
import dovetail.dkim.DkimResult;
import dovetail.dkim.DkimStatus;
import dovetail.mail.Domain;
import dovetail.spf.SpfResult;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the checks of one incoming message have found.
 *
 * @param spf a result for each name in which the client came, as far as it was asked about them
 * @param dkim a result for each signature, in the order of the header; none without a signature
 */
public record AuthReport(List<SpfResult> spf, List<DkimResult> dkim) {
  /** The word for the result of a message without a signature (RFC 8601 2.7.1). */
  public static final String NONE = "none";

  /** Signatures that a line of the log names. */
  private static final int NAMED = 10;

  /** No name in the DNS is longer. */
  private static final int MAX_NAME = 253;

  /** Takes copies of the lists. */
  public AuthReport {
    spf = List.copyOf(spf);
    dkim = List.copyOf(dkim);
  }

  /** Whether there is a signature with that result. */
  public boolean has(DkimStatus status) {
    return dkim.stream().anyMatch(result -> result.status() == status);
  }

  /** The results in few words: {@code pass:example.com/s1,permerror(no-key):example.net/s2}. */
  public String words() {
    if (dkim.isEmpty()) {
      return NONE;
    }
    String named =
        dkim.stream().limit(NAMED).map(AuthReport::words).collect(Collectors.joining(","));
    return dkim.size() > NAMED ? named + ",+" + (dkim.size() - NAMED) : named;
  }

  private static String words(DkimResult result) {
    DkimReason reason = result.reason();
    return result.status().word()
        + (reason == DkimReason.VERIFIED ? "" : "(" + reason.word() + ")")
        + ":"
        + result.claims().domain().map(Domain::ascii).orElse("-")
        + "/"
        + result.claims().selector().filter(AuthReport::isName).orElse("-");
  }

  /** Whether it reads as a name and as nothing else, such as another result. */
  static boolean isName(String text) {
    return text.length() <= MAX_NAME
        && text.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0);
  }
}
