package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.lookup.wire.Reply;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeyProperties {
  private static final MapRegistry MAPS =
      MapRegistry.of(
          Town.of(
              """
              domain a.b mailbox catchall=@c
              domain d alias-of a.b
              mailbox x@a.b
              alias y@a.b x@a.b;z@e
              grant * x@a.b
              row canonical_maps @a.b @f
              row transport_maps .b t:
              row check_client_access 1.2 OK
              relayhost * [h]
              """));

  /** Nothing that a key holds breaks a map, and what is found is never empty. */
  @Property(seed = "31", tries = 2_000)
  void noKeyBreaksAMap(@ForAll("keys") String key) {
    for (String map : MAPS.names()) {
      Reply reply = MAPS.find(map, Optional.of(key), true).reply();
      assertThat(reply).as(map).isInstanceOfAny(Reply.Ok.class, Reply.NotFound.class);
      if (reply instanceof Reply.Ok(String value)) {
        assertThat(value).isNotBlank();
      }
    }
  }

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
  Arbitrary<String> keys() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.of(
                "x", "y", "@", ".", "a.b", "b", "d", "+", "\"", "\\", " ", "1.2.3.4", "::1", "[",
                "]", ":25", "<>", "*", "\0", "\u00FC", "\u3002", "xn--", "\uD800")
            .list()
            .ofMaxSize(8)
            .map(parts -> String.join("", parts)));
  }

  @Provide
  Arbitrary<String> localParts() {
    return Arbitraries.strings()
        .withChars("aA+-=.@ \u00FC\u00DC")
        .withCharRange('!', '~')
        .ofMaxLength(30);
  }
}
