package dovetail.dkim;

import static dovetail.dkim.DkimReason.KEY_UNAVAILABLE;
import static dovetail.dkim.DkimReason.MALFORMED;
import static dovetail.dkim.DkimReason.NO_KEY;
import static dovetail.dkim.DkimReason.TOO_MANY;
import static dovetail.dkim.DkimReason.UNSIGNED_CONTENT;
import static dovetail.dkim.DkimReason.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MapResolver;
import dovetail.dns.Questions;
import dovetail.dns.Resolver;
import dovetail.dns.TxtResolver;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many signatures, slow DNS, large bodies, and several signatures beside each other. */
class DkimVerifierLimitsTest {
  private static final HandSigner SIGNER = HandSigner.rsa(1024);
  private static final TestMessage MESSAGE =
      TestMessage.of("From: a@example.com\nTo: b@example.org", "one  \r\n\r\n two\tx \r\n\r\n");

  private static final Verification VERIFICATION =
      Verification.of("r1._domainkey.example.com", SIGNER.record());

  private static String withLength(int length) {
    return HandSigner.USUAL.replace("; h=", "; l=" + length + "; h=");
  }

  @Test
  @Timeout(20)
  void oneOfAThousandSignatures() {
    List<HeaderField> signatures = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String other = HandSigner.USUAL.replace("s=r1", "s=s" + i).replace("{b}", "AAAA");
      signatures.add(HeaderField.of("DKIM-Signature", other.replace("{bh}", "AAAA")));
      signatures.add(HeaderField.of("DKIM-Signature", " v=1; v=" + i));
    }
    Queue<Domain> asked = new ConcurrentLinkedQueue<>();
    Resolver resolver =
        new TxtResolver(name -> {
          asked.add(name);
          return new Answer.NoSuchName<>();
        });
    Verification verification = new Verification(resolver, Verification.NOW, 10);
    List<DkimResult> results =
        verification.results(MESSAGE.with(signatures), CryptoProvider.jdk(), 100);
    assertThat(results).hasSize(1000);
    assertThat(results).filteredOn(result -> result.reason() == NO_KEY).hasSize(10);
    assertThat(results).filteredOn(result -> result.reason() == TOO_MANY).hasSize(490);
    assertThat(results).filteredOn(result -> result.reason() == MALFORMED).hasSize(500);
    assertThat(asked).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void sameSignatureTwice() {
    HeaderField signature = SIGNER.field(MESSAGE, HandSigner.USUAL);
    HeaderField copy = HeaderField.of("DKIM-Signature", signature.value());
    assertThat(VERIFICATION.reasons(MESSAGE.with(List.of(signature, copy))))
        .containsExactly(VERIFIED, VERIFIED);
  }

  /** A signature may name those that were there before it, and not one that came later. */
  @Test
  void signaturesOfSignatures() {
    String naming = HandSigner.USUAL.replace("h=from", "h=dkim-signature:dkim-signature:from");
    TestMessage once = SIGNER.sign(MESSAGE, naming);
    TestMessage twice = SIGNER.sign(once, naming);
    assertThat(VERIFICATION.reasons(once)).containsExactly(VERIFIED);
    assertThat(VERIFICATION.reasons(twice)).containsExactly(VERIFIED, DkimReason.SIGNATURE_WRONG);
    TestMessage doubled = once.with(List.of(HeaderField.of("DKIM-Signature", " copy")));
    assertThat(VERIFICATION.reasons(doubled))
        .containsExactly(MALFORMED, DkimReason.SIGNATURE_WRONG);
  }

  @Test
  void severalLengthsInChunksOfAnySize() {
    TestMessage message = MESSAGE;
    int canonical = NaiveCanonicalization.body(Canonicalization.RELAXED, MESSAGE.body()).length();
    List<DkimReason> expected = new ArrayList<>();
    for (int length = 0; length <= canonical; length++) {
      message = SIGNER.sign(message, withLength(length));
      expected.addFirst(length == canonical ? VERIFIED : UNSIGNED_CONTENT);
    }
    message = SIGNER.sign(message, HandSigner.USUAL.replace("relaxed/relaxed", "simple"));
    expected.addFirst(VERIFIED);
    for (int chunk = 1; chunk <= MESSAGE.body().length(); chunk++) {
      assertThat(VERIFICATION.results(message, CryptoProvider.jdk(), chunk))
          .extracting(DkimResult::reason)
          .as("chunks of " + chunk)
          .isEqualTo(expected);
    }
  }

  @Test
  void bodiesWithLittleInThem() {
    for (String body :
        new String[] {
          "", "\r\n", "\r\n\r\n", " ", " \r\n\t", "x", "x\r\n", "\r", "\n", "\0\u00ff"
        }) {
      for (CanonicalizationPair pair : DkimSignerTest.pairs()) {
        String template = HandSigner.USUAL.replace("relaxed/relaxed", pair.tag());
        TestMessage signed = SIGNER.sign(MESSAGE.withBody(body), template);
        assertThat(VERIFICATION.reasons(signed)).as(pair.tag()).containsExactly(VERIFIED);
      }
    }
    TestMessage empty = SIGNER.sign(MESSAGE.withBody(" \r\n"), withLength(0));
    assertThat(VERIFICATION.reasons(empty)).containsExactly(VERIFIED);
    assertThat(VERIFICATION.reasons(empty.withBody("x"))).containsExactly(UNSIGNED_CONTENT);
  }

  @Test
  void whatTheDnsSays() {
    TestMessage signed = SIGNER.sign(MESSAGE, HandSigner.USUAL);
    Domain name = Verification.keyName("r1._domainkey.example.com");
    assertThat(reason(signed, Map.of())).isEqualTo(NO_KEY);
    assertThat(reason(signed, Map.of(name, new Answer.NoData<>()))).isEqualTo(NO_KEY);
    for (Failure failure : Failure.values()) {
      assertThat(reason(signed, Map.of(name, new Answer.Failed<>(failure))))
          .isEqualTo(KEY_UNAVAILABLE);
    }
  }

  private static DkimReason reason(TestMessage signed, Map<Domain, Answer<String>> dns) {
    return Verification.of(new MapResolver(dns)).reasons(signed).getFirst();
  }

  @Test
  @Timeout(20)
  void slowDnsCostsTheBudgetOnce() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Resolver resolver =
        new TxtResolver(_ -> {
          awaitQuietly(never);
          return new Answer.NoData<>();
        });
    Questions questions = new Questions(resolver, Duration.ofMillis(300), System::nanoTime);
    DkimVerifier.Tools tools = new DkimVerifier.Tools(CryptoProvider.jdk(), new PublicKeys());
    DkimVerifier verifier = new DkimVerifier(tools, questions, 20);
    for (int i = 0; i < 20; i++) {
      verifier.signature(SIGNER.field(MESSAGE, HandSigner.USUAL.replace("s=r1", "s=s" + i)));
    }
    long began = System.nanoTime();
    List<DkimResult> results = verifier.finish(MESSAGE.headers(), Verification.NOW);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    assertThat(results).hasSize(20).allMatch(result -> result.reason() == KEY_UNAVAILABLE);
    never.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void largeBodiesAreNotKept() {
    DkimVerifier verifier = VERIFICATION.verifier(CryptoProvider.jdk());
    HeaderField signature = SIGNER.field(MESSAGE, HandSigner.USUAL);
    verifier.signature(signature);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuffer chunk = ByteBuffer.wrap(TestMessage.bytes(" a line\t of  text\r\n".repeat(3000)));
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int octets = 0; octets < 100_000_000; octets += chunk.capacity()) {
      verifier.body(chunk.rewind());
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_000_000);
    assertThat(chunk.hasRemaining()).isFalse();
    assertThat(verifier.finish(MESSAGE.headers(), Verification.NOW))
        .extracting(DkimResult::reason)
        .containsExactly(DkimReason.BODY_CHANGED);
  }

  @Test
  void isForOneMessage() {
    DkimVerifier verifier = VERIFICATION.verifier(CryptoProvider.jdk());
    Headers headers = new Headers(List.of());
    verifier.body(ByteBuffer.allocate(1));
    HeaderField late = HeaderField.of("DKIM-Signature", "");
    assertThatThrownBy(() -> verifier.signature(late)).isInstanceOf(IllegalStateException.class);
    assertThat(verifier.finish(headers, Verification.NOW)).isEmpty();
    assertThatThrownBy(() -> verifier.finish(headers, Verification.NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> verifier.body(ByteBuffer.allocate(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
