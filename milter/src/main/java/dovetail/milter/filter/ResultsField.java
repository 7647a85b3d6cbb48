package dovetail.milter.filter;

import dovetail.arc.ArcResult;
import dovetail.arc.ArcStatus;
import dovetail.authres.AuthenticationResults;
import dovetail.authres.AuthenticationResultsWriter;
import dovetail.authres.MethodResult;
import dovetail.dkim.DkimReason;
import dovetail.dkim.DkimResult;
import dovetail.dmarc.DmarcReason;
import dovetail.dmarc.DmarcResult;
import dovetail.iprev.IprevResult;
import dovetail.mail.HeaderField;
import dovetail.spf.SpfIdentity;
import dovetail.spf.SpfReason;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what the checks have found in the words of Authentication-Results (RFC 8601 2.7). */
public final class ResultsField {
  private static final String DKIM = "dkim";
  private static final String SPF = "spf";

  private ResultsField() {}

  /**
   * The field that we write above a message. What there may be many of comes last: where the field
   * would become too long, the end is left off.
   */
  public static HeaderField of(String authservId, AuthReport report) {
    List<MethodResult> results = new ArrayList<>();
    report.client().login().ifPresent(login -> results.add(auth(login)));
    report.client().iprev().ifPresent(result -> results.add(iprev(result)));
    report.client().spf().stream()
        .filter(result -> saysSomething(result) || report.client().spf().size() == 1)
        .forEach(result -> results.add(spf(result)));
    report.arc().ifPresent(result -> results.add(arc(result)));
    report.dmarc().ifPresent(result -> results.add(dmarc(result)));
    if (report.dkim().isEmpty()) {
      results.add(MethodResult.of(DKIM, AuthReport.NONE)); // RFC 8601 2.7.1: not signed
    }
    results.addAll(dkim(report.dkim()));
    return AuthenticationResultsWriter.write(AuthenticationResults.of(authservId, results));
  }

  // RFC 8601 2.7.4.
  private static MethodResult auth(String login) {
    return MethodResult.of("auth", "pass").with("smtp", "auth", login);
  }

  // RFC 8601 2.7.3.
  private static MethodResult iprev(IprevResult result) {
    MethodResult written = MethodResult.of("iprev", result.status().word());
    if (!result.detail().isEmpty()) {
      written = written.withReason(result.detail());
    }
    if (result.name().isPresent()) {
      written = written.withComment(result.name().get().ascii());
    }
    return written.with("policy", "iprev", result.address().getHostAddress());
  }

  /** Most names that clients call themselves have no record: that is not worth a line. */
  private static boolean saysSomething(SpfResult result) {
    return result.identity() == SpfIdentity.MAILFROM || result.status() != SpfStatus.NONE;
  }

  // RFC 8601 2.7.2. What its record says is its owner's words, which need not stand here.
  private static MethodResult spf(SpfResult result) {
    MethodResult written = MethodResult.of(SPF, result.status().word());
    if (result.reason() != SpfReason.MATCHED) {
      written = written.withReason(result.words());
    }
    return result.domain().isPresent()
        ? written.with("smtp", result.identity().word(), result.domain().get().ascii())
        : written;
  }

  // RFC 8617 7.1. Who has sealed it counts only where it passes.
  private static MethodResult arc(ArcResult result) {
    MethodResult written = MethodResult.of("arc", result.status().word());
    if (result.status() != ArcStatus.PASS) {
      return written.withReason(result.words());
    }
    return written.withComment(
        "i=" + result.instances() + ", sealed by " + result.sets().getLast().sealer().ascii());
  }

  // RFC 9989 9.2.
  private static MethodResult dmarc(DmarcResult result) {
    MethodResult written = MethodResult.of("dmarc", result.status().word());
    if (result.reason() != DmarcReason.ALIGNED) {
      written = written.withReason(result.words());
    }
    if (result.author().isPresent()) {
      written = written.with("header", "from", result.author().get().ascii());
    }
    return result.policy().isPresent()
        ? written.with("policy", "dmarc", result.policy().get().applicable().word())
        : written;
  }

  /** One for each signature; those that are too many share one. */
  private static List<MethodResult> dkim(List<DkimResult> all) {
    List<MethodResult> results = new ArrayList<>();
    int unread = 0;
    for (DkimResult result : all) {
      if (result.reason() == DkimReason.TOO_MANY
          || results.size() == AuthenticationResults.MAX_RESULTS / 2) {
        unread++;
      } else {
        results.add(dkim(result));
      }
    }
    if (unread > 0) {
      DkimReason reason = DkimReason.TOO_MANY;
      results.add(
          MethodResult.of(DKIM, reason.status().word())
              .withReason(reason.words() + ", " + unread + " not verified"));
    }
    return results;
  }

  private static MethodResult dkim(DkimResult result) {
    MethodResult written = MethodResult.of(DKIM, result.status().word());
    if (result.key().isPresent()) {
      written = written.withComment(comment(result.key().get()));
    }
    if (result.reason() != DkimReason.VERIFIED) {
      written = written.withReason(result.words());
    }
    DkimResult.Claims claims = result.claims();
    written = with(written, "d", claims.domain().map(Object::toString));
    written = with(written, "i", claims.identity().filter(ResultsField::isAddress));
    written = with(written, "s", claims.selector().filter(AuthReport::isName));
    written = with(written, "a", claims.algorithm().filter(AuthReport::isName));
    return with(written, "b", claims.start().filter(ResultsField::isBase64)); // RFC 6008 4
  }

  /**
   * Quotes keep a stranger's words in their place for those who read by the grammar. Many look for
   * "dkim=pass" anywhere in the field, so what is not plainly what it should be is left off.
   */
  private static boolean isAddress(String identity) {
    int at = identity.lastIndexOf('@');
    return AuthReport.isName(identity.substring(at + 1))
        && AuthReport.isName(identity.substring(0, Math.max(at, 0)).replace('+', '-'));
  }

  private static boolean isBase64(String start) {
    return AuthReport.isName(start.replace('+', '-').replace('/', '-'));
  }

  private static MethodResult with(MethodResult result, String property, Optional<String> value) {
    return value.isPresent() ? result.with("header", property, value.get()) : result;
  }

  private static String comment(DkimResult.KeyFacts key) {
    return key.bits()
        + "-bit key"
        + (key.testing() ? ", test mode" : "")
        + (key.authentic() ? ", DNSSEC" : "");
  }
}
