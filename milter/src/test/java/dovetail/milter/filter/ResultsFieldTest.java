package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Domain;
import dovetail.spf.SpfIdentity;
import dovetail.spf.SpfReason;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** SPF in Authentication-Results; DKIM is seen in whole conversations. */
final class ResultsFieldTest {
  private static final String FORGED = "include:x.example\r\nX-Forged: dkim=pass";

  private static String written(SpfResult... results) {
    return ResultsField.of(
            "mx.example.com",
            new AuthReport(
                new ClientReport(
                    Optional.empty(), Optional.empty(), Optional.empty(), List.of(results)),
                List.of(),
                Optional.empty(),
                Optional.empty()))
        .unfolded()
        .strip();
  }

  private static SpfResult result(
      SpfIdentity identity, String domain, SpfStatus status, SpfReason reason, String detail) {
    return new SpfResult(
        identity,
        Domain.parse(domain),
        status,
        reason,
        detail,
        Optional.of(FORGED),
        Optional.of(FORGED));
  }

  @Test
  void eachNameHasItsResultAndNoWordsOfStrangers() {
    assertThat(
            written(
                result(SpfIdentity.MAILFROM, "example.org", SpfStatus.PASS, SpfReason.MATCHED, ""),
                result(
                    SpfIdentity.HELO,
                    "mail.example.org",
                    SpfStatus.TEMPERROR,
                    SpfReason.DNS_FAILURE,
                    "timeout")))
        .isEqualTo(
            "mx.example.com; spf=pass smtp.mailfrom=example.org;"
                + " spf=temperror reason=\"DNS lookup failed: timeout\""
                + " smtp.helo=mail.example.org; dkim=none");
  }

  @Test
  void whatIsNoDomainIsNotWritten() {
    assertThat(
            written(
                result(SpfIdentity.HELO, "[192.0.2.1]", SpfStatus.NONE, SpfReason.NO_DOMAIN, "")))
        .isEqualTo("mx.example.com; spf=none reason=\"no domain name\"; dkim=none");
  }
}
