package dovetail.dkim;

import static dovetail.dkim.DkimReason.KEY_INAPPLICABLE;
import static dovetail.dkim.DkimReason.KEY_MALFORMED;
import static dovetail.dkim.DkimReason.KEY_REVOKED;
import static dovetail.dkim.DkimReason.NO_KEY;
import static dovetail.dkim.DkimReason.SIGNATURE_WRONG;
import static dovetail.dkim.DkimReason.TEST_FAILED;
import static dovetail.dkim.DkimReason.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One good signature, and key records of every kind. */
class KeyRecordsTest {
  private static final HandSigner SIGNER = HandSigner.rsa(1024);
  private static final HandSigner ED25519 = HandSigner.ed25519();
  private static final String KEY = Base64.getEncoder().encodeToString(SIGNER.published());
  private static final String OTHER = HandSigner.rsa(1024).record();
  private static final TestMessage MESSAGE = TestMessage.of("From: a@example.com", "x\r\n");
  private static final TestMessage SIGNED = SIGNER.sign(MESSAGE, HandSigner.USUAL);

  private static Arguments one(String text, DkimReason expected) {
    return arguments(List.of(text.replace("KEY", KEY)), expected);
  }

  private static Arguments several(DkimReason expected, String... texts) {
    return arguments(List.of(texts), expected);
  }

  static Stream<Arguments> tags() {
    return Stream.of(
        one("v=DKIM1; k=rsa; p=KEY", VERIFIED),
        one("p=KEY", VERIFIED),
        one("p=KEY;", VERIFIED),
        one(" p = KEY ; ", VERIFIED),
        one("v = DKIM1 ;p=KEY;k=rsa", VERIFIED),
        one("k=rsa; p=KEY; n=any words=here; x=1", VERIFIED),
        one("k=rsa; p=KEY; v=DKIM1", KEY_MALFORMED),
        one("v=DKIM1; p=KEY; p=KEY", KEY_MALFORMED),
        one("v=DKIM1;; p=KEY", KEY_MALFORMED),
        one("v=DKIM1; junk; p=KEY", KEY_MALFORMED),
        one("v=DKIM1; k=rsa", KEY_MALFORMED),
        one("v=DKIM2; p=KEY", NO_KEY),
        one("v=dkim1; p=KEY", NO_KEY),
        one("v=DKIM1\\; k=rsa\\; p=KEY", NO_KEY),
        one("v=spf1 -all", NO_KEY),
        one("anything", NO_KEY),
        one("", NO_KEY),
        one("v=DKIM1; p=", KEY_REVOKED),
        one("v=DKIM1; k=unknown; s=none; p= ", KEY_REVOKED),
        one("v=DKIM1; k=RSA; p=KEY", KEY_INAPPLICABLE),
        one("v=DKIM1; k=unknown; p=KEY", KEY_INAPPLICABLE),
        one("v=DKIM1; k=ed25519; p=KEY", KEY_MALFORMED),
        one("v=DKIM1; h=sha1; p=KEY", KEY_INAPPLICABLE),
        one("v=DKIM1; h=; p=KEY", KEY_INAPPLICABLE),
        one("v=DKIM1; h=sha1 : sha256; p=KEY", VERIFIED),
        one("v=DKIM1; s=*; p=KEY", VERIFIED),
        one("v=DKIM1; s=email; p=KEY", VERIFIED),
        one("v=DKIM1; s=tlsrpt:*; p=KEY", VERIFIED),
        one("v=DKIM1; s=tlsrpt; p=KEY", KEY_INAPPLICABLE),
        one("v=DKIM1; g=; p=KEY", VERIFIED),
        one("v=DKIM1; g=someone; p=KEY", VERIFIED),
        one("v=DKIM1; t=; p=KEY", VERIFIED),
        one("v=DKIM1; t=s; p=KEY", VERIFIED),
        one("v=DKIM1; t=y; p=KEY", VERIFIED),
        one("v=DKIM1; p=" + KEY.substring(0, 50) + " \r\n\t" + KEY.substring(50), VERIFIED),
        one("v=DKIM1; p=\"KEY\"", KEY_MALFORMED),
        one("v=DKIM1; p=KEY*", KEY_MALFORMED),
        one("v=DKIM1; p=AAAA", KEY_MALFORMED),
        one("v=DKIM1; p=KEY; n=" + "x".repeat(20_000), KEY_MALFORMED));
  }

  static Stream<Arguments> records() {
    String own = SIGNER.record();
    return Stream.of(
        several(VERIFIED, "v=spf1 -all", own),
        several(VERIFIED, "", "key", own),
        several(VERIFIED, ED25519.record(), own),
        several(VERIFIED, "v=DKIM1; p=", own),
        several(VERIFIED, "v=DKIM1; k=rsa", own),
        several(SIGNATURE_WRONG, OTHER),
        several(SIGNATURE_WRONG, OTHER, own), // RFC 6376 3.6.2.2: undefined; the first counts
        several(TEST_FAILED, OTHER + "; t=y:s"),
        several(KEY_INAPPLICABLE, ED25519.record()),
        several(KEY_REVOKED, "v=spf1 -all", "v=DKIM1; p="),
        several(NO_KEY, "v=spf1 -all", "verification=abc"));
  }

  @ParameterizedTest
  @MethodSource({"tags", "records"})
  void areRead(List<String> texts, DkimReason expected) {
    Verification verification =
        Verification.of("r1._domainkey.example.com", texts.toArray(String[]::new));
    assertThat(verification.reasons(SIGNED)).containsExactly(expected);
  }

  @Test
  void strictKeysAreForTheDomainItself() {
    TestMessage below =
        SIGNER.sign(MESSAGE, HandSigner.USUAL.replace("; h=", "; i=a@mail.example.com; h="));
    TestMessage same =
        SIGNER.sign(MESSAGE, HandSigner.USUAL.replace("; h=", "; i=a@example.com; h="));
    Verification strict =
        Verification.of("r1._domainkey.example.com", SIGNER.record() + "; t=y : S");
    assertThat(strict.reasons(below)).containsExactly(KEY_INAPPLICABLE);
    assertThat(strict.reasons(same)).containsExactly(VERIFIED);
    assertThat(strict.results(same).getFirst().key())
        .contains(new DkimResult.KeyFacts(1024, true, false));
  }

  @Test
  void oneNameForBothKinds() {
    TestMessage both =
        ED25519.sign(SIGNED, HandSigner.USUAL.replace("rsa-sha256", "ed25519-sha256"));
    assertThat(
            Verification.of("r1._domainkey.example.com", SIGNER.record(), ED25519.record())
                .reasons(both))
        .containsExactly(VERIFIED, VERIFIED);
  }
}
