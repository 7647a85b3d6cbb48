package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DkimSignerTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

  private final CryptoProvider crypto = CryptoProvider.jdk();
  private final SigningKey rsa = TestKeys.signingKey("example.com", "r1", TestKeys.rsa());
  private final SigningKey ed25519 = TestKeys.signingKey("example.com", "e1", TestKeys.ed25519());
  private final List<SigningKey> both = List.of(rsa, ed25519);
  private final TestMessage message =
      TestMessage.of(
          """
          Received: from a by b; now
          From: Someone <someone@example.com>
          To: other@example.org,
          \tthird@example.net
          Subject:
           folded   twice\t
           \u00c3\u00a4
          Date: Fri, 11 Jul 2003 21:00:37 -0700
          List-Id: <list.example.com>
          X-Not-Signed: 1\
          """,
          "Hello,  world \r\n\r\n\u00c3\u00a4 .\r\n\r\n\r\n");

  @Test
  void everyPairVerifiesWithEveryKey() throws SigningException, GeneralSecurityException {
    for (CanonicalizationPair pair : pairs()) {
      TestMessage signed = message.with(sign(both, settings(pair, Set.of())));
      assertThat(PlainVerifier.of(both).verify(signed)).as("%s", pair).containsOnly("pass");
      assertThat(PlainVerifier.of(both).verify(signed)).hasSize(2);
    }
  }

  @Test
  void tagsAreThoseOfTheKeyInTheOrderOfTheKeys() throws SigningException {
    List<HeaderField> signatures = sign(both, SignatureSettings.defaults());
    assertThat(signatures).extracting(HeaderField::name).containsOnly("DKIM-Signature");
    Map<String, String> first = PlainVerifier.tags(signatures.get(0).value());
    assertThat(first)
        .containsEntry("v", "1")
        .containsEntry("a", "rsa-sha256")
        .containsEntry("c", "relaxed/relaxed")
        .containsEntry("d", "example.com")
        .containsEntry("s", "r1")
        .containsEntry("t", "1700000000")
        .containsEntry("h", "From:From:To:Subject:Date:List-Id")
        .containsOnlyKeys("v", "a", "c", "d", "s", "t", "h", "bh", "b");
    assertThat(PlainVerifier.tags(signatures.get(1).value()))
        .containsEntry("a", "ed25519-sha256")
        .containsEntry("s", "e1");
  }

  @Test
  void everyChangeThatCountsIsFound() throws SigningException, GeneralSecurityException {
    PlainVerifier verifier = PlainVerifier.of(both);
    TestMessage signed = message.with(sign(both, SignatureSettings.defaults()));
    assertThat(verifier.verify(signed.withBody("Hello, world\r\n\r\n\u00c3\u00a4 .\r\n")))
        .containsExactly("pass", "pass");
    assertThat(verifier.verify(signed.withBody("Hello, World\r\n\r\n\u00c3\u00a4 .\r\n")))
        .containsExactly("body", "body");
    HeaderField secondFrom = HeaderField.of("From", " Evil <evil@example.com>");
    assertThat(verifier.verify(signed.with(List.of(secondFrom))))
        .containsExactly("signature", "signature");
    HeaderField listField = HeaderField.of("List-Post", " <mailto:list@example.com>");
    HeaderField received = HeaderField.of("Received", " by the next");
    assertThat(verifier.verify(signed.with(List.of(listField, received))))
        .containsExactly("pass", "pass");
  }

  @Test
  void repeatedFieldsAreSignedFromBelowAndOversignedOnceMore()
      throws SigningException, GeneralSecurityException {
    TestMessage repeated =
        TestMessage.of("To: first@example.org\nFrom: a@example.com\nTo: second@example.org", "");
    SignatureSettings settings =
        settings(CanonicalizationPair.RELAXED, Set.of("to", "CC", "Reply-To"));
    List<HeaderField> signatures = repeated.signatures(both, settings, crypto, TIME);
    assertThat(PlainVerifier.tags(signatures.getFirst().value()))
        .containsEntry("h", "From:From:Reply-To:To:To:To:Cc");
    TestMessage signed = repeated.with(signatures);
    assertThat(PlainVerifier.of(both).verify(signed)).containsExactly("pass", "pass");
    for (String added : List.of("To", "Cc", "Reply-To", "From")) {
      HeaderField field = HeaderField.of(added, " x@example.com");
      assertThat(PlainVerifier.of(both).verify(signed.with(List.of(field))))
          .as(added)
          .containsExactly("signature", "signature");
    }
  }

  @Test
  void expiryAndIdentity() throws SigningException {
    SignatureSettings settings =
        new SignatureSettings(
            CanonicalizationPair.RELAXED,
            List.of("From"),
            Set.of(),
            Optional.of(Duration.ofDays(5)),
            Optional.of(new Identity("some;one=", TestKeys.domain("mail.example.com"))));
    SigningKey foreign = TestKeys.signingKey("example.net", "x", TestKeys.ed25519());
    List<HeaderField> signatures =
        message.signatures(List.of(rsa, foreign), settings, crypto, TIME);
    assertThat(PlainVerifier.tags(signatures.get(0).value()))
        .containsEntry("x", "1700432000")
        .containsEntry("i", "some=3Bone=3D@mail.example.com");
    assertThat(PlainVerifier.tags(signatures.get(1).value())).doesNotContainKey("i");
  }

  @Test
  void linesAreShortAndEndWithoutSpaces() throws SigningException {
    SigningKey wide =
        TestKeys.signingKey("a-very-long-label.".repeat(8) + "example.com", "s.t", TestKeys.rsa());
    SignatureSettings all =
        settings(CanonicalizationPair.RELAXED, Set.of("To", "Cc", "Subject", "Date", "Message-ID"));
    for (HeaderField signature : sign(List.of(rsa, ed25519, wide), all)) {
      assertThat(signature.value()).startsWith(" v=1; a=");
      String[] lines = ("DKIM-Signature:" + signature.value()).split("\r\n", -1);
      for (String line : lines) {
        assertThat(line).doesNotContain("\r", "\n").doesNotEndWith(" ");
        assertThat(line.length()).isLessThanOrEqualTo(line.startsWith(" d=") ? 253 + 4 : 78);
      }
      for (int i = 1; i < lines.length; i++) {
        assertThat(lines[i]).matches(" [^ \t].*");
      }
    }
  }

  /** RFC 6376 3.5: A-labels wherever a name was given as U-labels. */
  @Test
  void internationalDomains() throws SigningException, GeneralSecurityException {
    SigningKey key = TestKeys.signingKey("b\u00fccher.example", "Sch\u00f6n", TestKeys.ed25519());
    SignatureSettings settings =
        new SignatureSettings(
            CanonicalizationPair.RELAXED,
            List.of("From"),
            Set.of(),
            Optional.empty(),
            Optional.of(new Identity("j\u00f6rg", key.domain())));
    List<HeaderField> signatures = message.signatures(List.of(key), settings, crypto, TIME);
    assertThat(PlainVerifier.tags(signatures.getFirst().value()))
        .containsEntry("d", "xn--bcher-kva.example")
        .containsEntry("s", "xn--schn-7qa")
        .containsEntry("i", "j=C3=B6rg@xn--bcher-kva.example");
    assertThat(PlainVerifier.of(List.of(key)).verify(message.with(signatures)))
        .containsExactly("pass");
  }

  @Test
  void whatCannotBeSignedIsAnError() {
    TestMessage nobody = TestMessage.of("To: a@example.org\nFrom-Whom: b@example.com", "");
    assertThatThrownBy(() -> nobody.signatures(both, SignatureSettings.defaults(), crypto, TIME))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("no From field");
    List<HeaderField> many = new ArrayList<>(message.headers().fields());
    for (int i = 0; i < SignedFields.MAX_FIELDS; i++) {
      many.add(HeaderField.of("To", " a@example.org"));
    }
    TestMessage crowded = new TestMessage(new Headers(many), "");
    assertThatThrownBy(() -> crowded.signatures(both, SignatureSettings.defaults(), crypto, TIME))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("1000");
  }

  @Test
  void noKeysAreAMistakeNotAnUnsignedMessage() {
    assertThatThrownBy(() -> new DkimSigner(List.of(), SignatureSettings.defaults(), crypto))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The milter protocol carries folds as LF; Postfix turns them back. */
  @Test
  void lineEndsMayBeTurnedAround() throws SigningException {
    for (HeaderField signature : sign(both, SignatureSettings.defaults())) {
      String carried = signature.value().replace("\r\n", "\n");
      assertThat(HeaderField.of("DKIM-Signature", carried)).isEqualTo(signature);
    }
  }

  @Test
  void oneSignerForOneMessage() throws SigningException {
    DkimSigner signer = new DkimSigner(both, SignatureSettings.defaults(), crypto);
    assertThat(signer.finish(message.headers(), TIME)).hasSize(2);
    assertThatThrownBy(() -> signer.finish(message.headers(), TIME))
        .isInstanceOf(IllegalStateException.class);
    ByteBuffer more = ByteBuffer.allocate(1);
    assertThatThrownBy(() -> signer.body(more)).isInstanceOf(IllegalStateException.class);
  }

  private List<HeaderField> sign(List<SigningKey> keys, SignatureSettings settings)
      throws SigningException {
    return message.signatures(keys, settings, crypto, TIME);
  }

  static List<CanonicalizationPair> pairs() {
    List<CanonicalizationPair> pairs = new ArrayList<>();
    for (Canonicalization header : Canonicalization.values()) {
      for (Canonicalization body : Canonicalization.values()) {
        pairs.add(new CanonicalizationPair(header, body));
      }
    }
    return pairs;
  }

  static SignatureSettings settings(CanonicalizationPair pair, Set<String> oversigned) {
    return new SignatureSettings(
        pair, SignatureSettings.SIGNED, oversigned, Optional.empty(), Optional.empty());
  }
}
