package dovetail.directory.search;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AddressKeyProperties {
  /** An address is found under any of its spellings. */
  @Property(seed = "32", tries = 1_000)
  void spellingsAreOne(@ForAll("localParts") String localPart) {
    Address address = new Address(localPart, Domain.parse("a.b").orElseThrow());
    AddressKey key = AddressKey.of(address);
    String text = address.toString();
    assertThat(AddressKey.parse(text)).contains(key);
    assertThat(AddressKey.parse(text.substring(0, text.length() - 3) + "A.B")).contains(key);
    if (!localPart.isEmpty() && !localPart.contains("\"") && !localPart.contains("\\")) {
      assertThat(AddressKey.parse(localPart + "@a.b")).contains(key);
    }
    assertThat(key.canonical().canonical()).isEqualTo(key.canonical());
  }

  /** What is cut off and put back is what was there. */
  @Property(seed = "33", tries = 1_000)
  void extensionsComeBack(@ForAll("localParts") String localPart) {
    Domain domain = Domain.parse("a.b").orElseThrow();
    for (String delimiters : List.of("", "+", "-", "+-=")) {
      Address written = new Address(localPart, domain);
      List<Place> places = Place.of(AddressKey.of(written), domain, delimiters);
      assertThat(places.getFirst().address()).isEqualTo(written.canonical());
      for (Place place : places) {
        assertThat(place.whole().canonical()).isEqualTo(written.canonical());
      }
      if (places.size() > 1) {
        String base = places.getLast().address().localPart();
        assertThat(base).isNotEmpty();
        assertThat(base.chars()).noneMatch(c -> delimiters.indexOf(c) >= 0);
      }
    }
  }

  @Provide
  Arbitrary<String> localParts() {
    return Arbitraries.strings()
        .withChars("aA+-=.@ \u00FC\u00DC")
        .withCharRange('!', '~')
        .ofMaxLength(30);
  }
}
