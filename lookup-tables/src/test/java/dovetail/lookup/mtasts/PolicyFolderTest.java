package dovetail.lookup.mtasts;

import static dovetail.lookup.mtasts.World.DOMAIN;
import static dovetail.lookup.mtasts.World.START;
import static dovetail.lookup.mtasts.World.domain;
import static dovetail.lookup.mtasts.World.enforce;
import static dovetail.lookup.mtasts.World.policy;
import static dovetail.lookup.mtasts.World.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyFolderTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final HeldPolicy HELD = new HeldPolicy("1a", START, enforce(WEEK));

  @TempDir Path scratch;
  private final List<String> complaints = new ArrayList<>();

  private Path path() {
    return scratch.resolve("mta-sts");
  }

  private PolicyFolder folder() {
    return new PolicyFolder(path(), complaints::add);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(path())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAndReads() throws Exception {
    HeldPolicy none = new HeldPolicy("b", START, policy(Policy.Mode.NONE, WEEK));
    folder().put(DOMAIN, none);
    folder().put(domain("b.example"), none);
    folder().put(DOMAIN, HELD);
    assertThat(folder().load(START, 10))
        .hasSize(2)
        .containsEntry(DOMAIN, HELD)
        .containsEntry(domain("b.example"), none);
    assertThat(Files.readString(path().resolve("a.example")))
        .isEqualTo(
            """
            dovetail mta-sts 1
            id: 1a
            fetched: 1795867200
            version: STSv1
            mode: enforce
            mx: mx.a.example
            mx: *.b.example
            max_age: 604800
            """);
    assertThat(files()).containsExactly("a.example", "b.example");
    assertThat(complaints).isEmpty();
  }

  @Test
  void isForItsOwnerAlone() throws Exception {
    folder().put(DOMAIN, HELD);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path().resolve("a.example"))))
        .isEqualTo("rw-------");
  }

  @Test
  void removesWhatIsOverAndWhatWasNotFinished() throws Exception {
    folder().put(DOMAIN, HELD);
    Files.writeString(path().resolve(".new-123"), "dovetail");
    assertThat(folder().load(HELD.end().minusNanos(1), 10)).hasSize(1);
    assertThat(folder().load(HELD.end(), 10)).isEmpty();
    assertThat(files()).isEmpty();
    assertThat(complaints).isEmpty();
  }

  @Test
  void ignoresWhatItHasNotWritten() throws Exception {
    folder().put(DOMAIN, HELD);
    String good = Files.readString(path().resolve("a.example"));
    Files.writeString(path().resolve("b.example"), "");
    Files.writeString(path().resolve("c.example"), good.replace("1795867200", "soon"));
    Files.writeString(path().resolve("d.example"), good.replace("enforce", "nonsense"));
    Files.writeString(path().resolve("e.example"), good.replace("id: 1a\n", ""));
    Files.writeString(path().resolve("f.example"), good + "x: " + "y".repeat(70_000));
    Files.writeString(path().resolve("not a domain"), good);
    Files.writeString(path().resolve("Upper.Example"), good);
    Files.createDirectory(path().resolve("g.example"));
    assertThat(folder().load(START, 100)).containsOnlyKeys(DOMAIN);
    assertThat(complaints).hasSize(8).allMatch(line -> line.contains(" is ignored: "));
    assertThat(folder().load(START, 1)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void readsEveryTruncation() throws Exception {
    folder().put(DOMAIN, HELD);
    String whole = Files.readString(path().resolve("a.example"));
    for (int end = 0; end < whole.length() - "604800\n".length(); end++) {
      Files.writeString(path().resolve("a.example"), whole.substring(0, end));
      assertThat(folder().load(START, 10)).isEmpty();
    }
  }

  @Test
  void takesTheTimeOfAClockThatWasWrongForNow() {
    folder().put(DOMAIN, new HeldPolicy("1a", START.plus(Duration.ofDays(999)), HELD.policy()));
    assertThat(folder().load(START, 10)).containsEntry(DOMAIN, HELD);
  }

  @Test
  void saysThatItCannotBeWritten() throws Exception {
    Files.writeString(path(), "no folder");
    folder().put(DOMAIN, HELD);
    assertThat(folder().load(START, 10)).isEmpty();
    folder().remove(DOMAIN);
    assertThat(complaints)
        .isNotEmpty()
        .first()
        .asString()
        .startsWith("policies are lost at the next restart, since " + path());
  }

  @Test
  void keepsPoliciesOverARestart() {
    World world = new World();
    world.publish("1", enforce(WEEK));
    assertThat(world.policies(Optional.of(path()), 10).of(DOMAIN)).isPresent();
    world.failDns();
    Policies again = world.policies(Optional.of(path()), 10);
    assertThat(again.size()).isOne();
    assertThat(settled(again)).map(HeldPolicy::id).contains("1");
    world.pass(WEEK);
    assertThat(again.of(DOMAIN)).isEmpty();
    assertThat(world.policies(Optional.of(path()), 10).size()).isZero();
    assertThat(world.seen.events()).noneMatch(event -> event.startsWith("folder"));
  }

  @Test
  void hasNoMoreFilesThanPolicies() throws Exception {
    World world = new World();
    Policies small = world.policies(Optional.of(path()), 5);
    for (int i = 0; i < 30; i++) {
      var name = domain("n" + i + ".example");
      world.records.put(
          name.below("_mta-sts").orElseThrow(),
          new Answer.Records<>(List.of("v=STSv1; id=1"), false));
      world.hosts.put(name, new FetchResult.Fetched(enforce(WEEK)));
      assertThat(small.of(name)).isPresent();
    }
    assertThat(files()).hasSize((int) small.size());
  }
}
