package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Directory;
import dovetail.directory.Faulty;
import dovetail.directory.Town;
import dovetail.lookup.wire.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkTransportMapTest {
  private static final String MAP = "sender_dependent_default_transport_maps";

  private final Directory town =
      Town.of(
          """
          domain example.com mailbox
          domain alias.example alias-of example.com
          mailbox news@example.com
          bulk news@example.com
          bulk lists.example
          bulk row@example.com
          row sender_dependent_default_transport_maps row@example.com smtp:[there]
          """);

  private static Finding find(Directory directory, String key) {
    return MapRegistry.of(directory)
        .withBulkTransport(directory, "slow:")
        .find(MAP, Optional.of(key), false);
  }

  @ParameterizedTest
  @CsvSource({
    "news@example.com, slow:",
    "NEWS@Example.COM, slow:",
    "news+x@example.com, slow:",
    "any@lists.example, slow:",
    "row@example.com, smtp:[there]",
    "ann@example.com, ''",
    "news@other.example, ''",
    "any@sub.lists.example, ''",
    "<>, ''",
    "news, ''"
  })
  void findsTheTransport(String sender, String transport) {
    assertThat(find(town, sender).reply())
        .isEqualTo(transport.isEmpty() ? new Reply.NotFound() : new Reply.Ok(transport));
  }

  @Test
  void doesNotKnowWhatTheDatabaseDoesNotSay() {
    Directory away = new Faulty(town).failing(_ -> true);
    assertThat(find(away, "news@example.com").reply()).isInstanceOf(Reply.Temp.class);
  }

  @Test
  void withoutATransportNobodyHasOne() {
    assertThat(MapRegistry.of(town).find(MAP, Optional.of("news@example.com"), false).reply())
        .isEqualTo(new Reply.NotFound());
  }
}
