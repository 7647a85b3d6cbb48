package dovetail.milter.filter;

import dovetail.arc.ArcReason;
import dovetail.arc.ArcResult;
import dovetail.dkim.DkimReason;
import dovetail.dkim.DkimResult;
import dovetail.dkim.DkimStatus;
import dovetail.dmarc.DmarcReason;
import dovetail.dmarc.DmarcResult;
import dovetail.iprev.IprevResult;
import dovetail.mail.Domain;
import dovetail.spf.SpfReason;
import dovetail.spf.SpfResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What the checks of one incoming message have found.
 *
 * @param client what is known of the client that brought it
 * @param dkim a result for each signature, in the order of the header; none without a signature
 * @param arc what its chain says, if it has any field of one
 * @param dmarc whether its author's domain stands behind it, if that was asked
 */
public record AuthReport(
    ClientReport client,
    List<DkimResult> dkim,
    Optional<ArcResult> arc,
    Optional<DmarcResult> dmarc) {
  /** The word for the result of a message without a signature (RFC 8601 2.7.1). */
  public static final String NONE = "none";

  /** Signatures that a line of the log names. */
  private static final int NAMED = 10;

  /** No name in the DNS is longer. */
  private static final int MAX_NAME = 253;

  /** Takes a copy of the list. */
  public AuthReport {
    dkim = List.copyOf(dkim);
  }

  /** Whether there is a signature with that result. */
  public boolean has(DkimStatus status) {
    return dkim.stream().anyMatch(result -> result.status() == status);
  }

  /**
   * The results in few words, by the names of the checks: {@code pass:example.com} of spf, {@code
   * pass:example.com/s1,permerror(no-key):example.net/s2} of dkim.
   */
  public SequencedMap<String, String> words() {
    SequencedMap<String, String> words = new LinkedHashMap<>();
    client.origin().ifPresent(address -> words.put("origin", address));
    client.iprev().ifPresent(result -> words.put("iprev", words(result)));
    for (SpfResult result : client.spf()) {
      words.put(
          switch (result.identity()) {
            case MAILFROM -> "spf";
            case HELO -> "spf_helo";
          },
          words(result));
    }
    words.put("dkim", dkimWords());
    arc.ifPresent(result -> words.put("arc", words(result)));
    dmarc.ifPresent(result -> words.put("dmarc", words(result)));
    return words;
  }

  private static String words(IprevResult result) {
    return result.status().word() + result.name().map(name -> ":" + name.ascii()).orElse("");
  }

  private static String words(SpfResult result) {
    return result.status().word()
        + (result.reason() == SpfReason.MATCHED ? "" : "(" + result.reason().word() + ")")
        + result.domain().map(domain -> ":" + domain.ascii()).orElse("");
  }

  private String dkimWords() {
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

  private static String words(ArcResult result) {
    ArcReason reason = result.reason();
    return result.status().word()
        + (reason == ArcReason.VERIFIED ? "" : "(" + reason.word() + ")")
        + ":"
        + result.instances();
  }

  private static String words(DmarcResult result) {
    DmarcReason reason = result.reason();
    return result.status().word()
        + (reason == DmarcReason.ALIGNED ? "" : "(" + reason.word() + ")")
        + result.author().map(author -> ":" + author.ascii()).orElse("")
        + result.policy().map(policy -> "/" + policy.applicable().word()).orElse("");
  }

  /** Whether it reads as a name and as nothing else, such as another result. */
  static boolean isName(String text) {
    return text.length() <= MAX_NAME
        && text.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0);
  }
}
