package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.source.ArchiveKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchiveGuardTest {
  private static final ArchiveKey KEY = ArchiveKey.random(new Random(1));
  private static final Address ARCHIVE = address("journal@archive.example");
  private static final Address OTHER = address("other@archive.example");
  private static final List<HeaderField> FIELDS =
      List.of(
          HeaderField.of("From", " joe@example.net"),
          HeaderField.of("Date", " Mon, 05 Jan 2026 10:00:00 +0000"),
          HeaderField.of("Subject", " one\r\n two"));
  private static final String BODY = "Hello.\r\nBye.\r\n";

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private static ArchiveGuard.Codes codes(ArchiveKey key, List<HeaderField> fields, String body) {
    ArchiveGuard guard = new ArchiveGuard(key);
    guard.body(ByteBuffer.wrap(body.getBytes(StandardCharsets.ISO_8859_1)));
    return guard.end(new Headers(fields));
  }

  private static List<HeaderField> with(HeaderField first, List<HeaderField> rest) {
    List<HeaderField> all = new ArrayList<>();
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private static List<HeaderField> guarded(Address... archives) {
    return with(codes(KEY, FIELDS, BODY).field(List.of(archives)), FIELDS);
  }

  @Test
  void knowsAMessageAgain() {
    assertThat(codes(KEY, FIELDS, BODY).has(ARCHIVE)).isFalse();
    assertThat(codes(KEY, guarded(ARCHIVE), BODY).has(ARCHIVE)).isTrue();
    assertThat(codes(KEY, guarded(ARCHIVE), BODY).has(address("Journal@ARCHIVE.example"))).isTrue();
    assertThat(codes(KEY, guarded(ARCHIVE), BODY).has(OTHER)).isFalse();
    assertThat(codes(KEY, guarded(OTHER, ARCHIVE), BODY).has(ARCHIVE)).isTrue();
    assertThat(codes(KEY, guarded(OTHER, ARCHIVE), BODY).has(OTHER)).isTrue();
  }

  @Test
  void anotherKeyKnowsNothingOfIt() {
    assertThat(codes(ArchiveKey.random(new Random(2)), guarded(ARCHIVE), BODY).has(ARCHIVE))
        .isFalse();
  }

  @Test
  void namesNoArchive() {
    assertThat(codes(KEY, FIELDS, BODY).field(List.of(ARCHIVE, OTHER)).toString())
        .matches("X-Dovetail-Archive: [A-Za-z0-9_-]{22}\\\\x0d\\\\x0a [A-Za-z0-9_-]{22}");
  }

  @ParameterizedTest
  @CsvSource({
    "From, ann@example.net",
    "To, ann@example.net",
    "Cc, ann@example.net",
    "Subject, two",
    "Content-Type, text/html",
    "Content-Transfer-Encoding, base64",
  })
  void isGoodForNoOtherMessage(String name, String value) {
    List<HeaderField> other = with(HeaderField.of(name, " " + value), guarded(ARCHIVE));
    assertThat(codes(KEY, other, BODY).has(ARCHIVE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Hello.\r\nBye!\r\n", "Hello.\r\nBye.\r\nP.S.\r\n"})
  void isGoodForNoOtherBody(String body) {
    assertThat(codes(KEY, guarded(ARCHIVE), body).has(ARCHIVE)).isFalse();
  }

  @Test
  void outlastsWhatFiltersAndTransportsDo() {
    List<HeaderField> later = new ArrayList<>();
    later.add(HeaderField.of("Received", " from a by b; today"));
    later.add(HeaderField.of("X-Spam-Status", " No"));
    later.add(HeaderField.of("Message-ID", " <added@example.com>"));
    for (HeaderField field : guarded(ARCHIVE)) {
      later.add(HeaderField.of(field.name().toUpperCase(Locale.ROOT), field.unfolded()));
    }
    assertThat(codes(KEY, later, "Hello. \r\nBye.\r\n\r\n").has(ARCHIVE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " x", " journal@archive.example", " \r\n\t"})
  void takesWhatIsNoneForNone(String value) {
    List<HeaderField> fields = with(HeaderField.of("X-Dovetail-Archive", value), FIELDS);
    assertThat(codes(KEY, fields, BODY).has(ARCHIVE)).isFalse();
  }
}
