package dovetail.milter.source;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AllArchivesTest {
  private static final Domain ONE = domain("one.example");
  private static final Domain TWO = domain("two.example");
  private static final Address FIRST = address("first@archive.example");
  private static final Address SECOND = address("second@archive.example");

  private final AtomicLong nanos = new AtomicLong();
  private final StoredArchives stored = new StoredArchives(Duration.ZERO, nanos::get);

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private AllArchives all(Map<Domain, Address> rows) {
    return new AllArchives(ArchiveTable.of(rows), Optional.of(stored));
  }

  @Test
  void rowsOfTheConfigurationHoldWhateverIsInTheDatabase() {
    AllArchives archives = all(Map.of(ONE, FIRST));
    stored.replace(Map.of(ONE, SECOND, TWO, SECOND));
    assertThat(archives.find(ONE)).contains(FIRST);
    assertThat(archives.find(TWO)).contains(SECOND);
    assertThat(archives.isArchive(FIRST)).isTrue();
    assertThat(archives.isArchive(SECOND)).isTrue();
    assertThat(archives.isArchive(address("third@archive.example"))).isFalse();
    stored.replace(Map.of());
    assertThat(archives.find(TWO)).isEmpty();
    assertThat(archives.isKnown(TWO)).isTrue();
  }

  @Test
  void nothingIsKnownOfOthersBeforeTheDatabaseHasAnswered() {
    AllArchives archives = all(Map.of(ONE, FIRST));
    assertThat(archives.isKnown(ONE)).isTrue();
    assertThat(archives.isKnown(TWO)).isFalse();
    assertThat(archives.find(TWO)).isEmpty();
    assertThat(all(Map.of()).isEmpty()).isFalse();
    stored.replace(Map.of());
    assertThat(archives.isKnown(TWO)).isTrue();
    assertThat(archives.isEmpty()).isFalse();
    assertThat(all(Map.of()).isEmpty()).isTrue();
  }

  @Test
  void withoutADatabaseAllIsKnown() {
    AllArchives archives = new AllArchives(ArchiveTable.EMPTY, Optional.empty());
    assertThat(archives.isKnown(ONE)).isTrue();
    assertThat(archives.isEmpty()).isTrue();
  }

  @Test
  void anAddressThatNotAnyMtaTakesIsNone() {
    stored.replace(Map.of(ONE, address("jö@archive.example"), TWO, SECOND));
    AllArchives archives = all(Map.of());
    assertThat(archives.find(ONE)).isEmpty();
    assertThat(archives.find(TWO)).contains(SECOND);
  }

  @Test
  void rightAfterTheStartTheDatabaseIsWaitedFor() throws Exception {
    StoredArchives starting = new StoredArchives(Duration.ofMinutes(1), nanos::get);
    AllArchives archives = new AllArchives(ArchiveTable.EMPTY, Optional.of(starting));
    CompletableFuture<Optional<Address>> found =
        CompletableFuture.supplyAsync(() -> archives.find(ONE));
    starting.replace(Map.of(ONE, FIRST));
    assertThat(found.get(30, TimeUnit.SECONDS)).contains(FIRST);
  }

  @Test
  void butNotForEver() {
    StoredArchives starting = new StoredArchives(Duration.ofMinutes(1), nanos::get);
    nanos.set(Duration.ofMinutes(1).toNanos());
    assertThat(starting.table()).isEmpty();
  }
}
