package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class DkimSignerProperties {
  private final List<SigningKey> keys =
      List.of(TestKeys.signingKey("example.com", "e", TestKeys.ed25519()));

  @Property(tries = 2000, seed = "6376")
  void headerFieldsBecomeWhatTheReferenceSays(
      @ForAll("names") String name,
      @ForAll("values") String value,
      @ForAll Canonicalization canonicalization) {
    HeaderField field = HeaderField.of(name, value);
    String raw = new String(field.raw(), StandardCharsets.ISO_8859_1);
    assertThat(new String(canonicalization.header(field), StandardCharsets.ISO_8859_1))
        .isEqualTo(NaiveCanonicalization.header(canonicalization, raw));
  }

  @Property(tries = 400, seed = "6376")
  void whateverIsSignedVerifies(
      @ForAll @Size(max = 6) List<@From("fields") HeaderField> fields,
      @ForAll("values") String body,
      @ForAll Canonicalization header,
      @ForAll Canonicalization bodyKind)
      throws SigningException, GeneralSecurityException {
    List<HeaderField> all = new ArrayList<>(fields);
    all.add(HeaderField.of("from", " a@example.com"));
    TestMessage message = new TestMessage(new Headers(all), body);
    SignatureSettings settings =
        DkimSignerTest.settings(
            new CanonicalizationPair(header, bodyKind), Set.of("To", "Subject", "Reply-To"));
    TestMessage signed =
        message.with(message.signatures(keys, settings, CryptoProvider.jdk(), Instant.EPOCH));
    assertThat(PlainVerifier.of(keys).verify(signed)).containsExactly("pass");
    assertThat(Verification.of(keys).reasons(signed)).containsExactly(DkimReason.VERIFIED);
    HeaderField added = HeaderField.of("Subject", " added");
    assertThat(PlainVerifier.of(keys).verify(signed.with(List.of(added))))
        .containsExactly("signature");
    assertThat(Verification.of(keys).reasons(signed.with(List.of(added))))
        .containsExactly(DkimReason.SIGNATURE_WRONG);
  }

  @Provide
  Arbitrary<HeaderField> fields() {
    return names().flatMap(name -> values().map(value -> HeaderField.of(name, value)));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("From", "To", "to", "Subject ", "SUBJECT", "X-Other", "List-Id\t");
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of("\r\n ", "\n\t", "\r", " ", "\t", "  ", "a", ":", "\u00e9", "\0")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }
}
