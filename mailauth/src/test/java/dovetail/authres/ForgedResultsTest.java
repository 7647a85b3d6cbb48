package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of strangers that claim to be ours are seen; those of other services are left alone. */
final class ForgedResultsTest {
  private static final Set<String> OURS = Set.of("mx.example.org", "bücher.example");

  @ParameterizedTest
  @ValueSource(
      strings = {
        " mx.example.org; dkim=pass header.d=bank.example",
        "mx.example.org;dkim=pass",
        "\r\n\tmx.example.org; dkim=pass",
        "\r\n \r\n mx.example.org; dkim=pass",
        " (by) mx.example.org; dkim=pass",
        " (a (b (c) \\) d)) (e)mx.example.org; dkim=pass",
        " (elsewhere.example;)\r\n mx.example.org; dkim=pass",
        " \"mx.example.org\"; dkim=pass",
        " \"mx\\.exam\\ple.org\"; dkim=pass",
        " \"mx.example\r\n.org\"; dkim=pass",
        " MX.Example.ORG; dkim=pass",
        " mx.example.org 1; dkim=pass",
        " mx.example.org 99999999999; dkim=pass",
        " mx.example.org/1; dkim=pass",
        " mx.example.org; ((((",
        " mx.example.org; dkim=pass reason=\"unterminated",
        " mx.example.org \"; dkim=pass",
        " mx.example.org (unterminated; dkim=pass",
        " mx.example.org junk = = ;; dkim=pass",
        " bücher.example; dkim=pass",
        " xn--bcher-kva.example; dkim=pass",
        " XN--Bcher-KVA.example; dkim=pass",
        " mx.example.org.; dkim=pass",
        " mx.example.org dkim=pass",
        " mx.example.org",
        " mx.example.org(comment); dkim=pass",
        " mx.example.org\"\"; dkim=pass",
        " mx.example.org@elsewhere; dkim=pass",
        " mx.example.org:25; dkim=pass",
        " mx.example.org, dkim=pass",
        "\u000b\u000cmx.example.org; dkim=pass",
        " mx.example.org\u000b; dkim=pass",
        " \0mx.example.org; dkim=pass",
        " mx.example\u3002org; dkim=pass",
        " \uff4dx.example.org; dkim=pass",
        // Sieve decodes encoded words wherever they stand.
        " =?utf-8?q?mx.example.org?=; dkim=pass",
        " =?utf-8?b?bXguZXhhbXBsZS5vcmc=?=; dkim=pass",
        " =?utf-8?q?mx.example.org;_dkim=3Dpass?=",
        " mx.=?utf-8?q?example?=.org; dkim=pass",
        " (c) =?x?b?bXguZXhhbXBsZS5vcmc7!?= dkim=pass",
        // OpenDMARC joins words, quoted ones too, and drops backslashes and stray parentheses.
        " mx . example . org; dkim=pass",
        " mx.example.\r\n org 1; dkim=pass",
        " mx (c) . example.org; dkim=pass",
        " \"mx\".example.org; dkim=pass",
        " \"mx.exa\"mple.org; dkim=pass",
        " \"\"mx.example.org; dkim=pass",
        " m\\x.example.org; dkim=pass",
        " mx.example.org); dkim=pass",
        // SpamAssassin skips what Perl takes for a space.
        " mx.example.org\u00a0; dkim=pass",
        " mx.example.org\u3000; dkim=pass",
      })
  void isClaimedToBeOurs(String value) {
    assertThat(AuthservId.claims(Fields.field(value), OURS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " elsewhere.example; dkim=pass",
        " elsewhere.example (mx.example.org); dkim=pass",
        " (mx.example.org) elsewhere.example; dkim=pass",
        " elsewhere.example mx.example.org; dkim=pass",
        " elsewhere.example; mx.example.org; dkim=pass",
        " \"elsewhere mx.example.org\"; dkim=pass",
        " mx.example.orgs; dkim=pass",
        " amx.example.org; dkim=pass",
        " a.mx.example.org; dkim=pass",
        " mx.example; dkim=pass",
        " mx%2eexample%2eorg; dkim=pass",
        " elsewhere.example; dkim=pass reason==?utf-8?q?mx.example.org?=",
        " mx.example.org = 1; dkim=pass",
        " dkim=pass; mx.example.org",
        " spf=pass smtp.mailfrom=mx.example.org",
        " bucher.example; dkim=pass",
        " (mx.example.org; dkim=pass",
        "",
      })
  void isNotOurs(String value) {
    assertThat(AuthservId.claims(Fields.field(value), OURS)).isFalse();
  }

  @Test
  void spaceBeforeTheColonHidesNothing() {
    HeaderField field = HeaderField.of("AUTHENTICATION-results \t", " mx.example.org; dkim=pass");
    assertThat(field.is(AuthenticationResultsWriter.NAME)).isTrue();
    assertThat(AuthservId.claims(field, OURS)).isTrue();
  }

  @Test
  void ourOwnFieldsAreOurs() {
    for (String id : OURS) {
      HeaderField field =
          AuthenticationResultsWriter.write(AuthenticationResults.of(id, List.of()));
      assertThat(AuthservId.claims(field, OURS)).isTrue();
    }
  }
}
