package dovetail.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in rua= and ruf= (RFC 9989 4.6, 4.8). */
class ReportUriTest {
  @ParameterizedTest
  @CsvSource({
    "mailto:a@example.com, mailto:a@example.com, a@example.com",
    "MAILTO:a@Example.COM, MAILTO:a@Example.COM, a@example.com",
    "mailto:a+b@example.com!10m, mailto:a+b@example.com, a+b@example.com",
    "mailto:a@example.com!5, mailto:a@example.com, a@example.com",
    "mailto:a%21b@example.com, mailto:a%21b@example.com, a!b@example.com",
    "mailto:a@example.com?subject=x%2Cy, mailto:a@example.com?subject=x%2Cy, a@example.com",
    "mailto:a%40b@example.com, '', ''",
  })
  void mailboxes(String item, String text, String address) {
    String read = ReportUri.parse(item).map(ReportUri::text).orElse("");
    assertThat(read).isEqualTo(text);
    assertThat(ReportUri.parse(item).flatMap(ReportUri::mailbox).map(Address::toString).orElse(""))
        .isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com/dmarc", "ftp://h/", "urn:x", "https://h/!1k"})
  void otherPlaces(String item) {
    assertThat(ReportUri.parse(item)).isPresent();
    assertThat(ReportUri.parse(item).flatMap(ReportUri::mailbox)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "a@example.com",
        "//example.com/x",
        "mailto:",
        "mailto:0",
        "mailto:?subject=x",
        "mailto:a@",
        "mailto:@example.com",
        "mailto:a@[192.0.2.1]",
        "mailto:a b@example.com",
        "mailto:a%20b@example.com",
        "mailto:a%0Ab@example.com",
        "mailto:a%0@example.com",
        "mailto:a@b.example%2Cc@d.example",
        "mailto:a@exam!ple.com",
        "mailto:\u00fc@example.com",
        "mailto:a@example.com!10x",
        "1ttp://example.com",
        ":x",
      })
  void isNone(String item) {
    assertThat(ReportUri.parse(item)).isEmpty();
  }

  @Test
  void aLongOneIsNone() {
    assertThat(ReportUri.parse("https://example.com/" + "a".repeat(1_100))).isEmpty();
  }

  @Test
  void listsKeepTheirOrderAndAnEnd() {
    String many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "mailto:" + i + "@example.com")
            .collect(Collectors.joining(" , "));
    DmarcRecord record =
        DmarcRecord.parse("v=DMARC1; p=none; rua=" + many.substring(0, 15_000)).orElseThrow();
    List<ReportUri> uris = record.reporting().aggregate();
    assertThat(uris).hasSize(RecordParser.MAX_URIS);
    assertThat(uris.getFirst().text()).isEqualTo("mailto:0@example.com");
    assertThat(uris.getLast().text()).isEqualTo("mailto:19@example.com");
    assertThat(record.notes())
        .containsExactly(new DmarcRecord.Note(DmarcRecord.Note.Kind.OVERSIZED, "rua"));
  }
}
