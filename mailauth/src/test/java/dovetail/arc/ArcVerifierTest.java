package dovetail.arc;

import static dovetail.arc.ArcReason.BODY_CHANGED;
import static dovetail.arc.ArcReason.BROKEN_BEFORE;
import static dovetail.arc.ArcReason.NO_SETS;
import static dovetail.arc.ArcReason.SEAL_FAILED;
import static dovetail.arc.ArcReason.SIGNATURE_FAILED;
import static dovetail.arc.ArcReason.SIGNATURE_MALFORMED;
import static dovetail.arc.ArcReason.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dovetail.arc.HandSealer.Fields;
import dovetail.authres.MethodResult;
import dovetail.authres.Reading;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What chains say, and what becomes of them when something of the message changes. */
class ArcVerifierTest {
  private static final HandSealer SEALER = HandSealer.ed25519();
  private static final Checking CHECKING = Checking.with(SEALER);

  @Test
  void noChain() {
    ArcResult result = CHECKING.result(TestMail.USUAL);
    assertThat(result).isEqualTo(new ArcResult(NO_SETS, "", OptionalInt.empty(), 0, List.of()));
    assertThat(result.status()).isEqualTo(ArcStatus.NONE);
  }

  @Test
  void wholeChains() {
    for (int sets = 1; sets <= 4; sets++) {
      ArcResult result = CHECKING.result(SEALER.chain(sets));
      assertThat(result.words()).isEqualTo("chain verified");
      assertThat(result.status()).isEqualTo(ArcStatus.PASS);
      assertThat(result.instances()).isEqualTo(sets);
      assertThat(result.sets()).hasSize(sets);
      assertThat(result.place()).isEmpty();
    }
    HandSealer rsa = HandSealer.rsa(1024);
    assertThat(Checking.with(rsa).reason(rsa.chain(3))).isEqualTo(VERIFIED);
  }

  @Test
  void whatSetsSay() {
    ArcResult result = CHECKING.result(SEALER.chain(2));
    assertThat(result.sets()).extracting(ArcSet::instance).containsExactly(1, 2);
    assertThat(result.sets())
        .extracting(ArcSet::sealer)
        .extracting(Domain::ascii)
        .containsExactly("sealer1.example", "sealer2.example");
    assertThat(result.sets()).extracting(ArcSet::selector).containsOnly("k");
    assertThat(result.sets())
        .extracting(ArcSet::cv)
        .containsExactly(ChainValidation.NONE, ChainValidation.PASS);
    Reading oldest = result.sets().getFirst().results();
    if (!(oldest instanceof Reading.Parsed parsed)) {
      throw new AssertionError(oldest);
    }
    assertThat(parsed.results().authservId()).isEqualTo("mx1.example");
    assertThat(parsed.results().results())
        .extracting(MethodResult::method, MethodResult::result)
        .containsExactly(tuple("spf", "pass"), tuple("dmarc", "pass"));
    assertThat(parsed.results().results().getLast().property("header", "from"))
        .contains("author.example");
  }

  @Test
  void resultsThatCannotBeReadAreStillSealed() {
    String odd = "ARC-Authentication-Results: (a) i (b) = 01 (c) ; mx spf pass \"";
    ArcResult result = CHECKING.result(SEALER.seal(TestMail.USUAL, Fields.USUAL.withResults(odd)));
    assertThat(result.reason()).isEqualTo(VERIFIED);
    assertThat(result.sets().getFirst().results()).isInstanceOf(Reading.Malformed.class);
  }

  @Test
  void bodyChanged() {
    TestMail mail = SEALER.chain(2);
    ArcResult result = CHECKING.result(mail.withBody(mail.body() + "more\r\n"));
    assertThat(result.reason()).isEqualTo(BODY_CHANGED);
    assertThat(result.place()).hasValue(2);
    assertThat(result.sets()).hasSize(2);
    assertThat(result.words()).isEqualTo("body hash did not verify at i=2");
    String shorter = Fields.USUAL.signature().replace("; bh=", "; l=100; bh=");
    assertThat(reasonOf(Fields.USUAL.withSignature(shorter))).isEqualTo(BODY_CHANGED);
    String all =
        Fields.USUAL
            .signature()
            .replace("; bh=", "; l=" + TestMail.USUAL.body().length() + "; bh=");
    assertThat(reasonOf(Fields.USUAL.withSignature(all))).isEqualTo(VERIFIED);
    TestMail longer = SEALER.seal(TestMail.USUAL, Fields.USUAL.withSignature(all));
    ArcResult added = CHECKING.result(longer.withBody(longer.body() + "more\r\n"));
    assertThat(added.words())
        .isEqualTo("message signature failed at i=1: content behind the signed part");
  }

  @Test
  void headerChanged() {
    TestMail mail = SEALER.chain(2).map(field -> field.replace("Subject: s", "Subject: [l] s"));
    ArcResult result = CHECKING.result(mail);
    assertThat(result.words())
        .isEqualTo("message signature failed at i=2: signature did not verify");
    // RFC 8617 5.2, step 5: older ones need not verify
    assertThat(CHECKING.reason(SEALER.seal(mail))).isEqualTo(VERIFIED);
  }

  @Test
  void fromNeedNotBeSigned() {
    String signature = Fields.USUAL.signature();
    for (String names : List.of("", ":", "to::subject", "x-none", "from:from:from")) {
      String other = signature.replace("h=from:to:subject", "h=" + names);
      assertThat(reasonOf(Fields.USUAL.withSignature(other))).as(names).isEqualTo(VERIFIED);
    }
    TestMail twice = SEALER.chain(1).with("From: other@author.example");
    assertThat(CHECKING.reason(twice)).isEqualTo(VERIFIED);
  }

  @Test
  void newestSignature() {
    String signature = Fields.USUAL.signature();
    assertThat(signature(signature.replace("from:to", "from:arc-seal:to")))
        .isEqualTo(SIGNATURE_MALFORMED);
    assertThat(signature(signature.replace("from:to", "from: ARC-SEAL :to")))
        .isEqualTo(SIGNATURE_MALFORMED);
    assertThat(signature(signature.replace("; bh={bh}", ""))).isEqualTo(SIGNATURE_MALFORMED);
    assertThat(signature(signature.replace("; s=k", "; s=k; v=2"))).isEqualTo(VERIFIED);
    assertThat(signature(signature.replace("; s=k", "; s=k; x=1699999999; t=1")))
        .isEqualTo(SIGNATURE_FAILED);
    assertThat(signature(signature.replace("; s=k", "; s=k; x=1700000001"))).isEqualTo(VERIFIED);
    assertThat(signature(signature.replace("c=relaxed/relaxed; ", ""))).isEqualTo(VERIFIED);
    assertThat(signature(signature.replace("c=relaxed/relaxed", "c=")))
        .isEqualTo(SIGNATURE_MALFORMED);
    assertThat(signature(signature.replace("a={a}", "a=rsa-sha1"))).isEqualTo(SIGNATURE_FAILED);
    assertThat(signature(signature.replace("a={a}", "a=x"))).isEqualTo(SIGNATURE_FAILED);
  }

  private static ArcReason signature(String template) {
    return reasonOf(Fields.USUAL.withSignature(template));
  }

  private static ArcReason reasonOf(Fields templates) {
    return CHECKING.reason(SEALER.seal(SEALER.chain(1), templates));
  }

  @Test
  void oldestSealSpoiled() {
    TestMail spoiled =
        SEALER.seal(TestMail.USUAL, Fields.USUAL.withSeal(HandSealer.SEAL.replace("{b}", "AAAA")));
    TestMail sealedAgain = SEALER.seal(SEALER.seal(spoiled));
    ArcResult result = CHECKING.result(sealedAgain);
    assertThat(result.words()).isEqualTo("seal failed at i=1: signature did not verify");
    assertThat(result.instances()).isEqualTo(3);
    assertThat(result.place()).hasValue(1);
  }

  @Test
  void sealsCoverAllOlderFields() {
    for (String name : PlainChain.NAMES) {
      for (int instance = 1; instance <= 3; instance++) {
        int at = instance;
        TestMail mail =
            SEALER
                .chain(3)
                .map(field ->
                    TestMail.part(name, at).test(field)
                        ? field.replaceFirst("example", "EXAMPLE")
                        : field);
        ArcResult result = CHECKING.result(mail);
        boolean newestSignature = at == 3 && name.equals("arc-message-signature");
        assertThat(result.reason())
            .as(name + at)
            .isEqualTo(newestSignature ? SIGNATURE_FAILED : SEAL_FAILED);
        assertThat(result.place()).hasValue(3);
      }
    }
  }

  @Test
  void whiteSpaceAndCaseOfNamesMayChange() {
    TestMail mail =
        SEALER
            .chain(2)
            .map(field ->
                field.replace("ARC-", "arc-").replace(": i=", ":  i=").replace(" b=", " \t b="));
    assertThat(CHECKING.reason(mail)).isEqualTo(VERIFIED);
  }

  @Test
  void brokenBefore() {
    TestMail broken = SEALER.chain(2).without(TestMail.part("ARC-Seal", 1));
    String seal = HandSealer.SEAL.replace("{cv}", "fail").replace("{b}", "AAAA");
    Fields third =
        new Fields(
            HandSealer.RESULTS.replace("{i}", "3"),
            HandSealer.SIGNATURE.replace("{i}", "3").replace("{b}", "AAAA"),
            seal.replace("{i}", "3"));
    ArcResult result = CHECKING.result(SEALER.seal(broken, third));
    assertThat(result.reason()).isEqualTo(BROKEN_BEFORE);
    assertThat(result.place()).hasValue(3);
    assertThat(result.instances()).isEqualTo(3);
    assertThat(result.sets()).isEmpty();
    assertThat(CHECKING.reason(SEALER.seal(TestMail.USUAL, Fields.USUAL.withSeal(seal))))
        .isEqualTo(BROKEN_BEFORE);
  }

  @Test
  void chunksOfAnySize() {
    TestMail mail = SEALER.chain(2);
    for (int chunk = 1; chunk <= mail.body().length(); chunk++) {
      assertThat(CHECKING.result(mail, chunk).reason()).isEqualTo(VERIFIED);
    }
    TestMail empty = SEALER.seal(new TestMail(TestMail.USUAL.fields(), ""));
    assertThat(CHECKING.reason(empty)).isEqualTo(VERIFIED);
  }

  @Test
  void isForOneMessage() {
    Headers headers = new Headers(List.of());
    HeaderField late = HeaderField.of("ARC-Seal", "");
    ArcVerifier verifier = CHECKING.verifier();
    ByteBuffer body = ByteBuffer.allocate(3);
    verifier.endOfHeader();
    verifier.endOfHeader();
    verifier.body(body);
    assertThat(body.hasRemaining()).isFalse();
    assertThatThrownBy(() -> verifier.field(late)).isInstanceOf(IllegalStateException.class);
    assertThat(verifier.finish(headers, Checking.NOW).reason()).isEqualTo(NO_SETS);
    assertThatThrownBy(() -> verifier.finish(headers, Checking.NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> verifier.body(ByteBuffer.allocate(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
