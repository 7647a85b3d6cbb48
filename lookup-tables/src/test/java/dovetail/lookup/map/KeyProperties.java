package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Town;
import dovetail.lookup.wire.Reply;
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
}
