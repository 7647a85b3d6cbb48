package dovetail.dkim;

import static dovetail.dkim.DkimReason.BODY_TOO_SHORT;
import static dovetail.dkim.DkimReason.EXPIRED;
import static dovetail.dkim.DkimReason.MALFORMED;
import static dovetail.dkim.DkimReason.NOT_YET;
import static dovetail.dkim.DkimReason.NO_KEY;
import static dovetail.dkim.DkimReason.OBSOLETE_ALGORITHM;
import static dovetail.dkim.DkimReason.SIGNATURE_WRONG;
import static dovetail.dkim.DkimReason.UNKNOWN_ALGORITHM;
import static dovetail.dkim.DkimReason.UNSIGNED_CONTENT;
import static dovetail.dkim.DkimReason.UNSIGNED_FROM;
import static dovetail.dkim.DkimReason.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dovetail.mail.HeaderField;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case is a tag list, signed as it stands, and what becomes of it. */
class DkimVerifierTest {
  private static final HandSigner SIGNER = HandSigner.rsa(2048);

  private static final TestMessage MESSAGE =
      TestMessage.of("From: a@example.com\nTo: b@example.org\nSubject: s", "one\r\ntwo  \r\n\r\n");

  private static final Verification VERIFICATION =
      Verification.of(
          Map.of(
              "r1._domainkey.example.com", List.of(SIGNER.record()),
              "a.b_c._domainkey.example.com", List.of(SIGNER.record()),
              "xn--bcher-kva._domainkey.example.com", List.of(SIGNER.record()),
              "2024._domainkey.xn--bcher-kva.example", List.of(SIGNER.record()),
              "2024._domainkey.xn--4dbrk0ce.example", List.of(SIGNER.record())));

  private static Arguments with(String change, DkimReason expected) {
    return arguments(HandSigner.USUAL.replace("; h=", "; " + change + "; h="), expected);
  }

  private static Arguments instead(String tag, String other, DkimReason expected) {
    assertThat(HandSigner.USUAL).contains(tag);
    return arguments(HandSigner.USUAL.replace(tag, other), expected);
  }

  static Stream<Arguments> form() {
    return Stream.of(
        arguments(HandSigner.USUAL, VERIFIED),
        arguments(HandSigner.USUAL + ";", VERIFIED),
        arguments(HandSigner.USUAL + " ; \t", VERIFIED),
        arguments(HandSigner.USUAL + ";;", MALFORMED),
        instead("b={b}", "b = \r\n\t{b}\r\n ", VERIFIED),
        instead("; b={b}", ";\r\n b\r\n\t=\t{b} ;", VERIFIED),
        instead(" v=1;", "b= {b} ; v=1;", MALFORMED), // twice
        arguments("b= {b} ;" + HandSigner.USUAL.replace("; b={b}", ""), VERIFIED),
        with("B=xx; xb=yy; b1=zz", VERIFIED),
        with("z=From:a@example.com|To:b=3Db; unknown=1; _x=1", MALFORMED),
        with("z=From:a@example.com|To:b=3Db; unknown_1=", VERIFIED),
        with("d=example.org", MALFORMED),
        with("b=", MALFORMED),
        instead("v=1", "v=2", MALFORMED),
        instead("v=1", "v=1.0", MALFORMED),
        instead("v=1; ", "", MALFORMED),
        instead("b={b}", "b={b}*", MALFORMED),
        instead("b={b}", "b=", MALFORMED),
        instead("bh={bh}", "bh={bh}=", MALFORMED),
        instead("bh={bh}", "bh=\r\n {bh}\t", VERIFIED),
        instead("; bh={bh}", "", MALFORMED),
        instead("a=rsa-sha256", "a=rsa-sha1", OBSOLETE_ALGORITHM),
        instead("a=rsa-sha256", "a=rsa-sha512", UNKNOWN_ALGORITHM),
        instead("a=rsa-sha256", "a=", UNKNOWN_ALGORITHM),
        instead("c=relaxed/relaxed", "c=relaxed", VERIFIED),
        instead("c=relaxed/relaxed", "c=simple", VERIFIED),
        instead("c=relaxed/relaxed; ", "", VERIFIED),
        instead("c=relaxed/relaxed", "c=simple/relaxed", VERIFIED),
        instead("c=relaxed/relaxed", "c=", MALFORMED),
        instead("c=relaxed/relaxed", "c=nofws/simple", MALFORMED),
        with("q=dns/txt", VERIFIED),
        with("q=other : dns/txt", VERIFIED),
        with("q=other", MALFORMED));
  }

  static Stream<Arguments> names() {
    return Stream.of(
        instead("d=example.com", "d=EXAMPLE.com", VERIFIED),
        instead("d=example.com", "d=exam ple.com", MALFORMED),
        instead("d=example.com", "d=", MALFORMED),
        instead("d=example.com", "d=other.example", NO_KEY),
        instead("d=example.com; s=r1", "d=b\u00c3\u00bccher.example; s=2024", VERIFIED),
        instead("d=example.com; s=r1", "d=xn--bcher-kva.example; s=2024", VERIFIED),
        instead("d=example.com; s=r1", "d=xn--4dbrk0ce.example; s=2024", VERIFIED),
        instead("s=r1", "s=A.b_c", VERIFIED),
        instead("s=r1", "s=b\u00c3\u00bccher", VERIFIED),
        instead("s=r1", "s=r2", NO_KEY),
        instead("s=r1", "s=", MALFORMED),
        instead("s=r1", "s=r1.", MALFORMED),
        instead("s=r1", "s=-r1", MALFORMED),
        instead("s=r1", "s=" + "x".repeat(64), MALFORMED),
        instead("s=r1", "s=" + "a.".repeat(120) + "a", MALFORMED),
        with("i=@example.com", VERIFIED),
        with("i=a@Mail.Example.com", VERIFIED),
        with("i=a=20b=40c@example.com", VERIFIED),
        with("i=\"a@other.example\"@example.com", VERIFIED),
        with("i=\u00c3\u00a4@example.com", VERIFIED),
        with("i=a@other.example", MALFORMED),
        with("i=a@badexample.com", MALFORMED),
        with("i=a@com", MALFORMED),
        with("i=example.com", MALFORMED),
        with("i=", MALFORMED),
        with("i=a=4@example.com", MALFORMED),
        with("i=a=", MALFORMED));
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        instead("h=from:to", "h=FROM : To \r\n\t: Subject", VERIFIED),
        instead("h=from:to", "h=from:from:from:to:to:x-absent", VERIFIED),
        instead("h=from:to", "h=to", MALFORMED),
        instead("h=from:to", "h=", MALFORMED),
        instead("h=from:to", "h=from::to", MALFORMED),
        instead("h=from:to", "h=from:to:", MALFORMED),
        instead("h=from:to", "h=from:dkim-signature:dkim-signature", VERIFIED),
        instead("h=from:to", "h=from" + ":x".repeat(SignatureParser.MAX_NAMES - 1), VERIFIED),
        instead("h=from:to", "h=from" + ":x".repeat(SignatureParser.MAX_NAMES), MALFORMED));
  }

  static Stream<Arguments> limits() {
    String many = "9".repeat(76);
    return Stream.of(
        with("x=1700000000", VERIFIED),
        with("x=1699999999", EXPIRED),
        with("x=" + "0".repeat(30) + "5", EXPIRED),
        with("x=0", EXPIRED),
        with("x=" + many, VERIFIED),
        with("x=-1", MALFORMED),
        with("x=1e9", MALFORMED),
        with("x=", MALFORMED),
        with("t=1700000300", VERIFIED),
        with("t=1700000301", NOT_YET),
        with("t=" + many, NOT_YET),
        with("t=0", VERIFIED),
        with("t=5; x=5", MALFORMED),
        with("t=1699999998; x=1699999999", EXPIRED),
        with("l=10", VERIFIED),
        with("l=0010", VERIFIED),
        with("l=9", UNSIGNED_CONTENT),
        with("l=4", UNSIGNED_CONTENT),
        with("l=0", UNSIGNED_CONTENT),
        with("l=11", BODY_TOO_SHORT),
        with("l=" + many, BODY_TOO_SHORT),
        with("l=ten", MALFORMED),
        with("l=", MALFORMED));
  }

  @ParameterizedTest
  @MethodSource({"form", "names", "fields", "limits"})
  void verifies(String template, DkimReason expected) {
    assertThat(VERIFICATION.reasons(SIGNER.sign(MESSAGE, template))).containsExactly(expected);
  }

  /** Readers differ on which of two From fields they show. */
  @Test
  void passesNoFromFieldThatIsNotSigned() {
    HeaderField other = HeaderField.of("From", " ceo@bank.example");
    TestMessage signed = SIGNER.sign(MESSAGE, HandSigner.USUAL).with(List.of(other));
    assertThat(VERIFICATION.reasons(signed)).containsExactly(UNSIGNED_FROM);
    TestMessage both = MESSAGE.with(List.of(other));
    String names = HandSigner.USUAL.replace("h=from", "h=from:from");
    assertThat(VERIFICATION.reasons(SIGNER.sign(both, names))).containsExactly(VERIFIED);
    assertThat(VERIFICATION.reasons(SIGNER.sign(MESSAGE, names).with(List.of(other))))
        .containsExactly(SIGNATURE_WRONG);
  }
}
