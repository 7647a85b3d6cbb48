package dovetail.srs;

import static dovetail.srs.TestHost.NOW;
import static dovetail.srs.TestHost.domain;
import static dovetail.srs.TestHost.host;
import static dovetail.srs.TestHost.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.srs.Rewriting.Rewritten;
import dovetail.srs.Rewriting.Unchanged;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

final class SrsProperties {
  private final SrsRewriter host = host();
  private final PlainSrs plain = new PlainSrs(TestHost.SECRET);

  @Property(seed = "1", tries = 3_000)
  void leadsBack(@ForAll("localParts") String localPart, @ForAll("names") String name) {
    Address sender = new Address(localPart, domain(name));
    String written = rewritten(host.forward(sender.toString()));
    assertThat(written.chars()).noneMatch(Character::isISOControl);
    assertThat(TestHost.address(written).domain()).isEqualTo(domain("srs.example"));
    assertThat(TestHost.address(written).toString()).isEqualTo(written);
    assertThat(host.reverse(written)).isEqualTo(new Rewritten(sender));
    assertThat(host.reverse(PlainSrs.inCase('A', 'Z', written)))
        .isEqualTo(new Rewritten(inCase('A', 'Z', sender)));
    assertThat(host.reverse(PlainSrs.inCase('a', 'z', written)))
        .isEqualTo(new Rewritten(inCase('a', 'z', sender)));
  }

  private static Address inCase(char from, char to, Address address) {
    return new Address(PlainSrs.inCase(from, to, address.localPart()), address.domain());
  }

  @Property(seed = "2", tries = 3_000)
  void writesWhatIsPlainlyRight(
      @ForAll("localParts") String localPart, @ForAll("names") String name) {
    Address sender = new Address(localPart, domain(name));
    String stamp = DayStamp.of(NOW);
    String hash =
        plain.hash(stamp, name, localPart).substring(0, 4).replace('+', '-').replace('/', '_');
    assertThat(TestHost.address(rewritten(host.forward(sender.toString()))).localPart())
        .isEqualTo("SRS0=" + String.join("=", hash, stamp, name, localPart));
  }

  /** One character at a time, in each place after the tag. */
  @Property(seed = "3", tries = 300)
  void takesNoOtherCharacter(
      @ForAll @AlphaChars @Chars({'=', '-', '+', '.'}) @StringLength(min = 1, max = 12) String user,
      @ForAll("names") String name,
      @ForAll @IntRange(min = '!', max = '~') int character) {
    Address sender = new Address(user, domain(name));
    String signed = TestHost.address(rewritten(host.forward(sender.toString()))).localPart();
    char c = (char) character;
    for (int place = "SRS0=".length(); place < signed.length(); place++) {
      boolean inHash = place < "SRS0=HHHH".length();
      boolean same = counts(signed.charAt(place), inHash) == counts(c, inHash);
      String changed = signed.substring(0, place) + c + signed.substring(place + 1);
      Rewriting answer = host.reverse(new Address(changed, domain("srs.example")).toString());
      if (same) {
        assertThat(rewritten(answer)).as(changed).isEqualToIgnoringCase(sender.toString());
      } else {
        assertThat(answer).as(changed).isInstanceOf(Unchanged.class);
      }
    }
  }

  /** What a character counts for: the same for any that may stand in its place. */
  private static char counts(char c, boolean inHash) {
    if (inHash && (c == '+' || c == '/')) {
      return c == '+' ? '-' : '_';
    }
    return Character.toLowerCase(c);
  }

  @Property(seed = "4", tries = 2_000)
  void leadsBackOverHosts(@ForAll("localParts") String localPart, @ForAll("names") String name) {
    Address sender = new Address(localPart, domain(name));
    SrsSettings other = SrsSettings.of(domain("other.example"), TestHost.secrets("another one"));
    String first = rewritten(host(other).forward(sender.toString()));
    String second = rewritten(host.forward(first));
    assertThat(second).contains("SRS1=").contains("=other.example=");
    assertThat(rewritten(host.reverse(second))).isEqualTo(first);
    assertThat(host(other).reverse(rewritten(host.reverse(PlainSrs.inCase('A', 'Z', second)))))
        .isEqualTo(new Rewritten(inCase('A', 'Z', sender)));
  }

  @Property(seed = "5", tries = 3_000)
  void bearsAnyText(@ForAll @StringLength(max = 120) String text) {
    check(text);
    check("SRS0=" + text + "@srs.example");
    check("SRS1=" + text + "=a.example==b@srs.example");
  }

  @Property(seed = "6", tries = 3_000)
  void bearsAnyTextOfItsOwnLetters(
      @ForAll
          @Chars({'S', 'R', 's', 'r', '0', '1', '=', '+', '-', '@', '.', '"', '\\', 'a'})
          @StringLength(max = 40)
          String text) {
    check(text);
    check("SRS1=" + text + "@a.example");
    check(text + "@srs.example");
  }

  private void check(String text) {
    if (host.forward(text) instanceof Rewritten(Address address)) {
      assertThat(Address.parse(address.toString())).contains(address);
      assertThat(host.reverse(address.toString())).isInstanceOf(Rewritten.class);
    }
    if (host.reverse(text) instanceof Rewritten(Address address)) {
      assertThat(Address.parse(address.toString())).contains(address);
      assertThat(Address.parse(text).flatMap(read -> plain.read(read.localPart()))).isPresent();
    }
  }

  @Provide
  Arbitrary<String> localParts() {
    return Arbitraries.strings()
        .withChars("ab=+-.\"\\ <>(),:;[]\u00FC\u65E5")
        .withCharRange('!', '?')
        .withCharRange('A', '~')
        .ofMaxLength(40);
  }

  /** Domains as they come out again. */
  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> label =
        Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(8);
    Arbitrary<String> idn = Arbitraries.of("xn--bcher-kva", "a_b", "x-1");
    return Arbitraries.oneOf(label, idn).map(text -> text + ".example");
  }
}
