package dovetail.arc;

import static dovetail.arc.ArcReason.FIELD_MISSING;
import static dovetail.arc.ArcReason.FIELD_REPEATED;
import static dovetail.arc.ArcReason.RESULTS_MALFORMED;
import static dovetail.arc.ArcReason.SEAL_FAILED;
import static dovetail.arc.ArcReason.SEAL_MALFORMED;
import static dovetail.arc.ArcReason.SIGNATURE_MALFORMED;
import static dovetail.arc.ArcReason.TOO_LONG;
import static dovetail.arc.ArcReason.TOO_MANY_SETS;
import static dovetail.arc.ArcReason.VERIFIED;
import static dovetail.arc.ArcReason.WRONG_CV;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.arc.HandSealer.Fields;
import dovetail.dns.TxtResolver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chains that are none, for which nobody is asked and nothing is computed. */
class ChainReaderTest {
  private static final HandSealer SEALER = HandSealer.ed25519();

  private static final Checking UNASKED =
      Checking.of(
          new TxtResolver(name -> {
            throw new AssertionError("asked for " + name);
          }));

  private static ArcResult broken(TestMail mail) {
    ArcResult result = UNASKED.result(mail);
    assertThat(result.status()).isEqualTo(ArcStatus.FAIL);
    assertThat(result.sets()).isEmpty();
    return result;
  }

  @Test
  void gaps() {
    for (String name : PlainChain.NAMES) {
      for (int instance = 1; instance <= 3; instance++) {
        ArcResult result = broken(SEALER.chain(3).without(TestMail.part(name, instance)));
        assertThat(result.reason()).isEqualTo(FIELD_MISSING);
        assertThat(result.detail()).isEqualToIgnoringCase(name);
        assertThat(result.place()).hasValue(instance);
        assertThat(result.instances()).isEqualTo(3);
      }
    }
    for (int instance = 1; instance <= 2; instance++) {
      TestMail mail = SEALER.chain(3);
      for (String name : PlainChain.NAMES) {
        mail = mail.without(TestMail.part(name, instance));
      }
      ArcResult result = broken(mail);
      assertThat(result.reason()).isEqualTo(FIELD_MISSING);
      assertThat(result.place()).hasValue(instance);
    }
  }

  @Test
  void repeatedFields() {
    for (String name : PlainChain.NAMES) {
      TestMail mail = SEALER.chain(2);
      ArcResult result = broken(mail.with(PlainChain.part(mail.fields(), name, 1)));
      assertThat(result.reason()).isEqualTo(FIELD_REPEATED);
      assertThat(result.detail()).isEqualToIgnoringCase(name);
      assertThat(result.place()).hasValue(1);
    }
  }

  @Test
  @Timeout(60)
  void fiftySets() {
    TestMail fifty = SEALER.chain(50);
    assertThat(Checking.with(SEALER).reason(fifty)).isEqualTo(VERIFIED);
    ArcResult more = broken(SEALER.seal(fifty));
    assertThat(more.reason()).isEqualTo(TOO_MANY_SETS);
    for (String name : PlainChain.NAMES) {
      ArcResult beyond = broken(SEALER.chain(1).with(name + ": i=51; a=rsa-sha256; cv=pass"));
      assertThat(beyond.reason()).isIn(TOO_MANY_SETS, SEAL_MALFORMED);
      assertThat(beyond.instances()).isEqualTo(51);
    }
  }

  @Test
  void fewerSetsByOurOwnLimit() {
    Checking limited = Checking.with(SEALER).limitedTo(2);
    assertThat(limited.reason(SEALER.chain(2))).isEqualTo(VERIFIED);
    assertThat(limited.reason(SEALER.chain(3))).isEqualTo(TOO_MANY_SETS);
    assertThat(limited.limitedTo(0).reason(SEALER.chain(1))).isEqualTo(TOO_MANY_SETS);
    assertThat(limited.limitedTo(0).reason(TestMail.USUAL)).isEqualTo(ArcReason.NO_SETS);
    assertThat(limited.limitedTo(1000).reason(SEALER.seal(SEALER.chain(50))))
        .isEqualTo(TOO_MANY_SETS);
  }

  @Test
  void chainValidation() {
    assertThat(cv("pass", "pass")).isEqualTo(WRONG_CV);
    assertThat(cv("none", "none")).isEqualTo(WRONG_CV);
    assertThat(cv("pass", "none")).isEqualTo(WRONG_CV);
    assertThat(cv("fail", "pass")).isEqualTo(WRONG_CV);
    assertThat(cv("none", "fail")).isEqualTo(ArcReason.BROKEN_BEFORE);
    assertThat(cv("none", "Pass")).isEqualTo(SEAL_MALFORMED);
    assertThat(cv("none", "")).isEqualTo(SEAL_MALFORMED);
  }

  private static ArcReason cv(String first, String second) {
    TestMail mail =
        SEALER.seal(TestMail.USUAL, Fields.USUAL.withSeal(HandSealer.SEAL.replace("{cv}", first)));
    mail = SEALER.seal(mail, Fields.USUAL.withSeal(HandSealer.SEAL.replace("{cv}", second)));
    return broken(mail).reason();
  }

  @Test
  void sealsThatBreakTheGrammar() {
    for (String wrong :
        List.of(
            "i=1; i=1;",
            "i=0;",
            "i=;",
            "i=001;",
            "i=1a;",
            "i=-1;",
            "I=1;",
            "i=1; h=from;",
            "i=1; h=;",
            "i=1; t=;",
            "i=1; t=soon;",
            "i=1; =;",
            "i=1;;")) {
      String seal = HandSealer.SEAL.replace("i={i};", wrong).replace("{b}", "AAAA");
      ArcResult result = broken(SEALER.seal(TestMail.USUAL, Fields.USUAL.withSeal(seal)));
      assertThat(result.reason()).as(wrong).isEqualTo(SEAL_MALFORMED);
    }
    for (String tag : List.of("i={i}", "a={a}", "cv={cv}", "d=sealer{i}.example", "s=k", "b={b}")) {
      String name = tag.substring(0, tag.indexOf('='));
      for (String other : List.of("x" + tag, name + "=", name + "=*..*")) {
        String seal = HandSealer.SEAL.replace(tag, other).replace("{b}", "AAAA");
        ArcResult result = broken(SEALER.seal(TestMail.USUAL, Fields.USUAL.withSeal(seal)));
        assertThat(result.reason()).as(other).isEqualTo(SEAL_MALFORMED);
      }
    }
  }

  @Test
  void otherFieldsWithoutAnInstance() {
    for (String wrong : List.of("", "i=0;", "i=;", "i=100;", "I=1;", "mx; i=1;", "i=1", "1;")) {
      TestMail mail = SEALER.chain(1).without(TestMail.part("ARC-Authentication-Results", 1));
      assertThat(broken(mail.with("ARC-Authentication-Results: " + wrong)).reason())
          .as(wrong)
          .isEqualTo(RESULTS_MALFORMED);
    }
    for (String wrong : List.of("", "i=0;", "i=;", "i=100;", "I=1;", "i=1; i=1;", "i;", "1;")) {
      TestMail mail = SEALER.chain(1).without(TestMail.part("ARC-Message-Signature", 1));
      assertThat(broken(mail.with("ARC-Message-Signature: " + wrong)).reason())
          .as(wrong)
          .isEqualTo(SIGNATURE_MALFORMED);
    }
  }

  @Test
  @Timeout(20)
  void longFields() {
    String filling = "x".repeat(200_000);
    TestMail mail = TestMail.USUAL;
    for (int i = 0; i < 6; i++) {
      mail = SEALER.seal(mail, Fields.USUAL.withResults(HandSealer.RESULTS + filling));
      if (i == 4) {
        assertThat(Checking.with(SEALER).reason(mail)).isEqualTo(VERIFIED);
      }
    }
    assertThat(broken(mail).reason()).isEqualTo(TOO_LONG);
  }

  @Test
  void unknownTagsAndTrailingSemicolon() {
    String seal = HandSealer.SEAL.replace("cv={cv}", "v=7; bh=AAAA; x=1; cv={cv}") + ";";
    TestMail mail = SEALER.seal(TestMail.USUAL, Fields.USUAL.withSeal(seal));
    assertThat(Checking.with(SEALER).reason(mail)).isEqualTo(VERIFIED);
    TestMail spoiled = mail.map(field -> field.replace("v=7", "v=8"));
    assertThat(Checking.with(SEALER).reason(spoiled)).isEqualTo(SEAL_FAILED);
  }
}
