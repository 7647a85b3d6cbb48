package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Domain;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvelopeDomainsTest {
  @ParameterizedTest
  @CsvSource({
    "ann@example.com, example.com",
    "ann@EXAMPLE.com, example.com",
    "ann@example.com., example.com",
    "ann@bücher.example, xn--bcher-kva.example",
    "\"a b\"@example.com, example.com",
    "ann%example.com@example.net, example.com example.net",
    "ann%example.com%x.example@example.net, example.com x.example example.net",
    "example.com!ann@example.net, example.com example.net",
    "\"ann@example.com\"@example.net, example.com example.net",
    "\"an\\n%ex\\ample.com\"@example.net, example.com example.net",
    "ann@b\u00c3\u00bccher.example, xn--b14cher-xwa2143e.example xn--bcher-kva.example",
    "'@a.example,@b.example:ann@example.com', a.example b.example example.com",
    "ann, ''",
    "ann@[192.0.2.1], ''",
    "'', ''",
    "@, ''",
  })
  void findsAllThatAnAddressMayLeadTo(String path, String domains) {
    assertThat(
            EnvelopeDomains.of(path).stream().map(Domain::ascii).collect(Collectors.joining(" ")))
        .isEqualTo(domains);
  }
}
