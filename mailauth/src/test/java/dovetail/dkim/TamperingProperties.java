package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is changed on the way: if it can be seen, it does not pass. */
class TamperingProperties {
  private static final HandSigner SIGNER = HandSigner.ed25519();

  private static final Verification VERIFICATION =
      Verification.of("r1._domainkey.example.com", SIGNER.record());

  private static final TestMessage MESSAGE =
      TestMessage.of(
          "From: A  <a@example.com>\nTo:\n b@example.org,\n\tc@example.org \nSubject: s",
          "one  \r\n\r\n two\tx \r\n\r\n");

  /** One octet of the message replaced, added or taken away. */
  record Change(int at, int kind, char octet) {
    String apply(String text) {
      int index = at % text.length();
      String rest = text.substring(kind == 0 ? index : index + 1);
      return text.substring(0, index) + (kind == 2 ? "" : octet) + rest;
    }
  }

  @Property(tries = 3000, seed = "6376")
  void isSeen(
      @ForAll("changes") Change change,
      @ForAll Canonicalization header,
      @ForAll Canonicalization body,
      @ForAll boolean inBody) {
    String template =
        HandSigner.USUAL
            .replace("rsa-sha256", "ed25519-sha256")
            .replace("relaxed/relaxed", header.tag() + "/" + body.tag());
    TestMessage signed = SIGNER.sign(MESSAGE, template);
    TestMessage changed = inBody ? inBody(signed, change) : inHeader(signed, change);
    boolean same =
        NaiveCanonicalization.body(body, changed.body())
                .equals(NaiveCanonicalization.body(body, MESSAGE.body()))
            && signedPart(changed, header).equals(signedPart(MESSAGE, header));
    assertThat(VERIFICATION.results(changed).getFirst().status())
        .isEqualTo(same ? DkimStatus.PASS : DkimStatus.FAIL);
  }

  private static TestMessage inBody(TestMessage message, Change change) {
    return message.withBody(change.apply(message.body()));
  }

  private static TestMessage inHeader(TestMessage message, Change change) {
    List<HeaderField> fields = new ArrayList<>(message.headers().fields());
    int index = 1 + change.at() % (fields.size() - 1);
    HeaderField field = fields.get(index);
    fields.set(index, HeaderField.of(field.name(), change.apply(field.value())));
    return new TestMessage(new Headers(fields), message.body());
  }

  private static List<String> signedPart(TestMessage message, Canonicalization header) {
    List<String> fields = new ArrayList<>();
    for (HeaderField field : message.headers()) {
      if (field.is("From") || field.is("To")) {
        String raw = new String(field.raw(), StandardCharsets.ISO_8859_1);
        fields.add(NaiveCanonicalization.header(header, raw));
      }
    }
    return fields;
  }

  @Provide
  Arbitrary<Change> changes() {
    Arbitrary<Character> octets = Arbitraries.of(' ', '\t', '\r', '\n', 'a', '\0', '\u00e4', ';');
    return Arbitraries.integers()
        .between(0, 100)
        .flatMap(at ->
            Arbitraries.integers()
                .between(0, 2)
                .flatMap(kind -> octets.map(octet -> new Change(at, kind, octet))));
  }
}
