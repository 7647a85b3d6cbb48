package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainTest {
  private static final String LABEL_63 = "a".repeat(63);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.org            | example.org",
        "EXAMPLE.Org            | example.org",
        "example.org.           | example.org",
        "localhost              | localhost",
        "_dmarc.example.org     | _dmarc.example.org",
        "r3---sn.example.org    | r3---sn.example.org",
        "1.0.0.127.in-addr.arpa | 1.0.0.127.in-addr.arpa",
        "4.example              | 4.example",
        "Bücher.example         | xn--bcher-kva.example",
        "XN--BCHER-KVA.example  | xn--bcher-kva.example",
        "bücher.example.        | xn--bcher-kva.example",
        "faß.de                 | xn--fa-hia.de",
        "例え.テスト               | xn--r8jz45g.xn--zckzah",
        "bücher。example         | xn--bcher-kva.example",
        "example．org            | example.org",
        "example｡org            | example.org",
        "ｅｘａｍｐｌｅ.org          | example.org",
        "_dmarc.bücher.example  | _dmarc.xn--bcher-kva.example",
      })
  void readsAndMaps(String text, String ascii) {
    assertThat(Domain.parse(text)).map(Domain::ascii).contains(ascii);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".example.org",
        "example..org",
        "example.org..",
        "exa mple.org",
        " example.org",
        "example.org\n",
        "example\0.org",
        "exam\\ple.org",
        "a@example.org",
        "[192.0.2.1]",
        "192.0.2.1",
        "192.0.2.1.",
        "2130706433",
        "[IPv6:2001:db8::1]",
        "-example.org",
        "example-.org",
        "xn--.org",
        "xn--a.org",
        "xn--abc-.org",
        "xn--bücher.example",
        "xn--BCHER-kva!.example",
        "a℀b.example",
        "a＠b.example",
        "⒈example.org",
        "a\u202Eb.example",
        "a\u200Db.example",
        "\uD800.example",
        "אa.example",
        "。",
      })
  void refuses(String text) {
    assertThat(Domain.parse(text)).isEmpty();
  }

  @Test
  void keepsTheLimitsOfLength() {
    assertThat(Domain.parse(LABEL_63 + ".org")).isPresent();
    assertThat(Domain.parse(LABEL_63 + "a.org")).isEmpty();
    String name249 = (LABEL_63 + ".").repeat(3) + "a".repeat(57);
    assertThat(Domain.parse(name249 + ".org")).map(d -> d.ascii().length()).contains(253);
    assertThat(Domain.parse(name249 + ".org.")).isPresent();
    assertThat(Domain.parse(name249 + "a.org")).isEmpty();
    assertThat(Domain.parse("ü".repeat(63) + ".org")).isEmpty();
    assertThat(Domain.parse("a.".repeat(100_000))).isEmpty();
    assertThat(Domain.parse("ü.".repeat(100_000))).isEmpty();
  }

  @Test
  void showsUnicode() {
    assertThat(domain("xn--bcher-kva.example").unicode()).isEqualTo("bücher.example");
    assertThat(domain("example.org").unicode()).isEqualTo("example.org");
  }

  @Test
  void equalsByWhatTheDnsSees() {
    assertThat(domain("Bücher.example"))
        .isEqualTo(domain("xn--bcher-kva.EXAMPLE."))
        .hasSameHashCodeAs(domain("xn--bcher-kva.example"))
        .hasToString("xn--bcher-kva.example");
    assertThat(domain("faß.de")).isNotEqualTo(domain("fass.de"));
  }

  /** ICU costs memory and time at start: names of plain ASCII must do without it. */
  @Test
  void needsNoIcuForAscii() throws Exception {
    URL classes = Domain.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader withoutIcu =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Method parse = withoutIcu.loadClass(Domain.class.getName()).getMethod("parse", String.class);
      assertThat(parse.invoke(null, "_dmarc.Example.org."))
          .hasToString("Optional[_dmarc.example.org]");
      assertThatThrownBy(() -> parse.invoke(null, "bücher.example"))
          .hasCauseInstanceOf(NoClassDefFoundError.class);
    }
  }

  @Test
  void namesWhatStandsBelow() {
    assertThat(domain("Example.org").below("_DMARC")).contains(domain("_dmarc.example.org"));
    assertThat(domain("example.org").below("b\u00fccher.2024"))
        .contains(domain("xn--bcher-kva.2024.example.org"));
    assertThat(domain("\u05d9\u05e9\u05e8\u05d0\u05dc.xn--4dbrk0ce").below("_domainkey"))
        .map(Domain::ascii)
        .contains("_domainkey.xn--4dbrk0ce.xn--4dbrk0ce");
    for (String none : List.of("", ".", "a.", ".a", "a..b", "-a", "a b", "x".repeat(64))) {
      assertThat(domain("example.org").below(none)).as(none).isEmpty();
    }
    assertThat(domain("a.".repeat(125) + "org").below("b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a.example.org, example.org, true",
    "a.b.example.org, example.org, true",
    "example.org, example.org, false",
    "badexample.org, example.org, false",
    "org, example.org, false",
    "xample.org, example.org, false",
  })
  void tellsSubdomains(String lower, String upper, boolean expected) {
    assertThat(domain(lower).isSubdomainOf(domain(upper))).isEqualTo(expected);
  }

  /** Each of these characters is mapped to eighteen, and ICU throws at a thousand. */
  @ParameterizedTest
  @ValueSource(ints = {40, 56, 300})
  void takesNoNameThatGrowsByMapping(int count) {
    String label = "\uFDFA".repeat(count);
    assertThat(Domain.parse(label + ".example")).isEmpty();
    assertThat(domain("example").below(label)).isEmpty();
  }

  @Test
  void walksUp() {
    assertThat(domain("a.example.org").parent()).contains(domain("example.org"));
    assertThat(domain("org").parent()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, true",
    "Example.ORG, true",
    "bücher.example, true",
    "BÜCHER.example, true",
    "xn--bcher-kva.example, true",
    "XN--BCHER-kva.example, true",
    "example．org, false",
    "ｅxample.org, false",
    "exam\u00ADple.org, false",
    "\u212Aelvin.example, false",
    "bu\u0308cher.example, false",
  })
  void tellsWhetherReadersMustMap(String text, boolean expected) {
    assertThat(domain(text).isSpelled(text)).isEqualTo(expected);
  }

  @Test
  void namesThatAreOnlyAskedForMayHoldMore() {
    assertThat(Domain.asked("Foo:bar/b a+z.Example")).isPresent();
    assertThat(Domain.asked("MAIL.example")).contains(domain("mail.example"));
    assertThat(Domain.asked("")).isEmpty();
    assertThat(Domain.asked("a..example")).isEmpty();
    assertThat(Domain.asked("a\\.example")).isEmpty();
    assertThat(Domain.asked("a\u0000.example")).isEmpty();
    assertThat(Domain.asked("\u00fc.example")).isEmpty();
    assertThat(Domain.asked("a".repeat(63) + ".example")).isPresent();
    assertThat(Domain.asked("a".repeat(64) + ".example")).isEmpty();
    assertThat(Domain.asked("a.".repeat(126) + "a")).isPresent();
    assertThat(Domain.asked("a.".repeat(127) + "a")).isEmpty();
  }

  private static Domain domain(String text) {
    return Domain.parse(text).orElseThrow();
  }
}
