package dovetail.arc;

import static dovetail.arc.ArcReason.KEY_UNAVAILABLE;
import static dovetail.arc.ArcReason.SEAL_FAILED;
import static dovetail.arc.ArcReason.SIGNATURE_FAILED;
import static dovetail.arc.ArcReason.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.arc.HandSealer.Fields;
import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.Resolver;
import dovetail.dns.TxtResolver;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the DNS says of keys, and how much it is asked. */
class ArcKeysTest {
  private static final HandSealer SEALER = HandSealer.ed25519();
  private static final Answer<String> KEY = records(SEALER.record());

  /** The newest signature has a key of its own. */
  private static final TestMail MAIL =
      SEALER.seal(
          SEALER.chain(2),
          Fields.USUAL.withSignature(HandSealer.SIGNATURE.replace("; s=k", "; s=other")));

  private static final String SIGNATURE_KEY = "other._domainkey.sealer3.example";

  private static Answer<String> records(String... texts) {
    return new Answer.Records<>(List.of(texts), false);
  }

  private static String sealKey(int instance) {
    return "k._domainkey.sealer" + instance + ".example";
  }

  /** The usual key everywhere, but that answer at those names. */
  private static ArcResult result(Answer<String> answer, String... names) {
    Set<String> others = Set.of(names);
    Resolver resolver = new TxtResolver(name -> others.contains(name.ascii()) ? answer : KEY);
    return Checking.of(resolver).result(MAIL);
  }

  @Test
  void allAreThere() {
    assertThat(result(KEY).reason()).isEqualTo(VERIFIED);
    assertThat(result(records("v=spf1 -all", SEALER.record()), sealKey(2)).reason())
        .isEqualTo(VERIFIED);
  }

  @Test
  void noKey() {
    for (Answer<String> none :
        List.<Answer<String>>of(new Answer.NoSuchName<>(), new Answer.NoData<>())) {
      assertThat(result(none, SIGNATURE_KEY).words())
          .isEqualTo("message signature failed at i=3: no key for signature");
      for (int instance = 1; instance <= 3; instance++) {
        assertThat(result(none, sealKey(instance)).words())
            .isEqualTo("seal failed at i=" + instance + ": no key for signature");
      }
    }
  }

  @Test
  void keysThatAreNone() {
    String small = HandSealer.rsa(512).record();
    for (String text :
        List.of("v=DKIM1; p=", "v=DKIM1; p=*", small, HandSealer.rsa(1024).record(), "x")) {
      assertThat(result(records(text), SIGNATURE_KEY).reason()).isEqualTo(SIGNATURE_FAILED);
      assertThat(result(records(text), sealKey(1)).reason()).isEqualTo(SEAL_FAILED);
    }
    String other = HandSealer.ed25519().record();
    assertThat(result(records(other), SIGNATURE_KEY).reason()).isEqualTo(SIGNATURE_FAILED);
    assertThat(result(records(other + "; t=y"), SIGNATURE_KEY).reason())
        .isEqualTo(SIGNATURE_FAILED);
    assertThat(result(records(other + "; t=y"), sealKey(2)).reason()).isEqualTo(SEAL_FAILED);
    assertThat(result(records(SEALER.record() + "; t=y:s"), sealKey(2)).reason())
        .isEqualTo(VERIFIED);
  }

  @Test
  void failingDns() {
    for (Failure failure : Failure.values()) {
      Answer<String> failed = new Answer.Failed<>(failure);
      for (String name : List.of(SIGNATURE_KEY, sealKey(1), sealKey(2), sealKey(3))) {
        ArcResult result = result(failed, name);
        assertThat(result.status()).isEqualTo(ArcStatus.TEMPERROR);
        assertThat(result.reason()).isEqualTo(KEY_UNAVAILABLE);
        assertThat(result.detail()).isEqualTo(failure.words());
        assertThat(result.sets()).hasSize(3);
      }
    }
    ArcResult two = result(new Answer.Failed<>(Failure.TIMEOUT), sealKey(1), sealKey(2));
    assertThat(two.place()).hasValue(2);
  }

  @Test
  void whatIsWrongForGoodGoesFirst() {
    Resolver resolver =
        new TxtResolver(name -> {
          if (name.ascii().equals(sealKey(1))) {
            return new Answer.NoData<>();
          }
          return name.ascii().equals(sealKey(2)) ? KEY : new Answer.Failed<>(Failure.TIMEOUT);
        });
    ArcResult result = Checking.of(resolver).result(MAIL);
    assertThat(result.reason()).isEqualTo(SEAL_FAILED);
    assertThat(result.place()).hasValue(1);
  }

  @Test
  @Timeout(60)
  void oneQuestionForEachKey() {
    TestMail mail = SEALER.chain(49);
    mail =
        SEALER.seal(
            mail, Fields.USUAL.withSignature(HandSealer.SIGNATURE.replace("; s=k", "; s=other")));
    Queue<Domain> asked = new ConcurrentLinkedQueue<>();
    Resolver resolver =
        new TxtResolver(name -> {
          asked.add(name);
          return KEY;
        });
    assertThat(Checking.of(resolver).reason(mail)).isEqualTo(VERIFIED);
    assertThat(asked).hasSize(51).doesNotHaveDuplicates();
    asked.clear();
    TestMail same = mail.map(field -> field.replaceAll("sealer\\d+\\.", "sealer."));
    assertThat(Checking.of(resolver).reason(same)).isEqualTo(SIGNATURE_FAILED);
    assertThat(asked).hasSizeBetween(1, 2);
  }
}
