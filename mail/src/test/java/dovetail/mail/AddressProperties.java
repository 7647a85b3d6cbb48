package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

final class AddressProperties {
  @Property(seed = "1", tries = 2_000)
  void comesBackFromItsText(@ForAll("localParts") String localPart) {
    Address address = new Address(localPart, Domain.parse("a.example").orElseThrow());
    String text = address.toString();
    assertThat(text.chars()).noneMatch(Character::isISOControl);
    assertThat(Address.parse(text)).contains(address);
    assertThat(new AddressParser(("X <" + text + ">").getBytes(StandardCharsets.UTF_8)).parse())
        .isInstanceOfSatisfying(
            AddressList.Parsed.class,
            list ->
                assertThat(list.mailboxes())
                    .containsExactly(new AddressList.Mailbox("X", address)));
  }

  @Property(seed = "2", tries = 2_000)
  void domainsComeBackFromEitherForm(@ForAll("labels") String label) {
    var parsed = Domain.parse(label + ".example");
    Assume.that(parsed.isPresent());
    Domain domain = parsed.orElseThrow();
    assertThat(domain.ascii()).matches("[a-z0-9_-]+\\.example");
    assertThat(Domain.parse(domain.ascii())).contains(domain);
    assertThat(Domain.parse(domain.unicode())).contains(domain);
    assertThat(domain.isSpelled(domain.unicode())).isTrue();
    assertThat(domain.isSpelled(domain.ascii())).isTrue();
  }

  @Property(seed = "3", tries = 2_000)
  void readsAnyText(@ForAll @StringLength(max = 80) String text) {
    Domain.parse(text)
        .ifPresent(domain -> assertThat(Domain.parse(domain.ascii())).contains(domain));
    Address.parse(text)
        .ifPresent(address -> assertThat(Address.parse(address.toString())).contains(address));
    assertThat(EncodedWord.reveal(text).length()).isLessThanOrEqualTo(3 * text.length());
  }

  @Provide
  Arbitrary<String> localParts() {
    return Arbitraries.strings()
        .withChars("ab.@\"\\ <>(),:;[]\u00FC\u65E5=?")
        .withCharRange('!', '~')
        .ofMaxLength(64);
  }

  @Provide
  Arbitrary<String> labels() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("09-_\u00FC\u00DF\u00C4\u65E5\u672C\uFF41\u00AD")
        .ofMinLength(1)
        .ofMaxLength(20);
  }
}
