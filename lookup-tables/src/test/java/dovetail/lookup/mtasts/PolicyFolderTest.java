package dovetail.lookup.mtasts;

import static dovetail.lookup.mtasts.World.DOMAIN;
import static dovetail.lookup.mtasts.World.START;
import static dovetail.lookup.mtasts.World.domain;
import static dovetail.lookup.mtasts.World.enforce;
import static dovetail.lookup.mtasts.World.policy;
import static dovetail.lookup.mtasts.World.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    return folder(100);
  }

  private PolicyFolder folder(int most) {
    return new PolicyFolder(path(), most, complaints::add);
  }

  /** What a folder that is opened then has. */
  private Map<Domain, HeldPolicy> load(Instant now) {
    PolicyFolder folder = folder();
    Map<Domain, HeldPolicy> all = new HashMap<>();
    for (Domain domain : folder.open(now)) {
      folder.find(domain, now).ifPresent(held -> all.put(domain, held));
    }
    return all;
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
    assertThat(load(START))
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
    assertThat(load(HELD.end().minusNanos(1))).hasSize(1);
    assertThat(load(HELD.end())).isEmpty();
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
    Files.writeString(path().resolve("h.example"), good.replace("1795867200", "999999999999"));
    assertThat(load(START)).containsOnlyKeys(DOMAIN);
    assertThat(complaints).hasSize(9).allMatch(line -> line.contains(" is ignored: "));
    // Nor do they count.
    assertThat(folder(1).open(START)).containsExactly(DOMAIN);
    assertThat(files()).hasSize(10);
  }

  @Test
  void readsEveryTruncation() throws Exception {
    folder().put(DOMAIN, HELD);
    String whole = Files.readString(path().resolve("a.example"));
    for (int end = 0; end < whole.length() - "604800\n".length(); end++) {
      Files.writeString(path().resolve("a.example"), whole.substring(0, end));
      assertThat(load(START)).isEmpty();
    }
  }

  /** As long as the clock shows a time before that of the file, it holds as if fetched now. */
  @Test
  void takesTheTimeOfAClockThatWasWrongForNow() throws Exception {
    HeldPolicy later = new HeldPolicy("1a", START.plus(Duration.ofDays(999)), HELD.policy());
    folder().put(DOMAIN, later);
    assertThat(load(START)).containsEntry(DOMAIN, later.found(START));
    assertThat(later.found(START).isOver(START.plus(WEEK).minusNanos(1))).isFalse();
    assertThat(later.found(START).isOver(START.plus(WEEK))).isTrue();
    assertThat(later.found(START).isOver(later.fetched())).isFalse();
    assertThat(later.found(START).isOver(later.end())).isTrue();
    assertThat(files()).containsExactly("a.example");
  }

  /** A host whose clock begins in the past, and is set then. */
  @Test
  void losesNothingByAClockThatIsSet() throws Exception {
    folder().put(DOMAIN, HELD);
    World world = new World();
    world.failDns();
    world.now.set(START.minus(Duration.ofDays(2_000)));
    Policies policies = world.policies(Optional.of(path()), 10);
    assertThat(settled(policies)).isPresent();
    world.now.set(START.plus(Duration.ofDays(1)));
    assertThat(settled(policies)).map(HeldPolicy::fetched).contains(START);
    assertThat(files()).containsExactly("a.example");
    world.now.set(HELD.end());
    assertThat(policies.of(DOMAIN)).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void keepsTheFileAlthoughAWrongClockRunsLong() throws Exception {
    folder().put(DOMAIN, HELD);
    World world = new World();
    world.failDns();
    world.now.set(START.minus(Duration.ofDays(2_000)));
    Policies policies = world.policies(Optional.of(path()), 10);
    world.pass(WEEK);
    policies.refresh();
    assertThat(settled(policies)).isEmpty();
    assertThat(files()).containsExactly("a.example");
    world.now.set(START.plus(Duration.ofDays(1)));
    assertThat(settled(policies)).isPresent();
  }

  @Test
  void keepsThoseThatWereFetchedLast() throws Exception {
    for (int i = 0; i < 9; i++) {
      int day = (i * 5) % 9; // in another order than that of names and of writing
      folder()
          .put(
              domain("n" + day + ".example"),
              new HeldPolicy("1", START.plus(Duration.ofDays(day)), HELD.policy()));
    }
    // n0 and n1 are over, and take nobody's place.
    assertThat(folder(4).open(START.plus(Duration.ofDays(8))))
        .containsExactly(
            domain("n8.example"), domain("n7.example"), domain("n6.example"), domain("n5.example"));
    assertThat(files()).containsExactly("n5.example", "n6.example", "n7.example", "n8.example");
  }

  @Test
  void hasTheNewestInMemory() throws Exception {
    World world = new World();
    Policies first = world.policies(Optional.of(path()), 1_000);
    for (int i = 0; i < 9; i++) {
      assertThat(first.of(world.publish("n" + i + ".example", 250))).isPresent();
      world.pass(Duration.ofMinutes(1));
    }
    world.records.clear();
    Policies second = world.policies(Optional.of(path()), 50);
    assertThat(second.size()).isEqualTo(2);
    for (String file : files()) {
      Files.delete(path().resolve(file));
    }
    for (int i = 0; i < 9; i++) {
      assertThat(second.of(domain("n" + i + ".example")).isPresent()).isEqualTo(i >= 7);
    }
  }

  /** Strangers with long policies put others out of memory, but of nothing else. */
  @Test
  void losesNothingThatHasToLeaveMemory() throws Exception {
    World world = new World();
    Policies small = world.policies(Optional.of(path()), 100);
    List<Domain> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Domain each = world.publish("n" + i + ".example", i < 20 ? 1 : 250);
      assertThat(small.of(each)).isPresent();
      all.add(each);
    }
    assertThat(small.size()).isLessThan(25);
    assertThat(files()).hasSize(30);
    world.records.clear();
    for (Domain each : all) {
      assertThat(small.of(each)).isPresent();
    }
    assertThat(files()).hasSize(30);
  }

  @Test
  void readsTheLongestThatItWrites() throws Exception {
    StringBuilder text = new StringBuilder("version: STSv1\nmode: enforce\nmax_age: 31557600\n");
    for (int i = 100; i < 350; i++) {
      String name = "h" + i + ("." + "x".repeat(48)).repeat(5) + ".yyy";
      assertThat(name).hasSize(253); // a name cannot be longer
      text.append("mx:*.").append(name).append('\n');
    }
    Policy policy = PolicyParser.parse(text.toString());
    assertThat(policy.mx()).hasSize(250);
    HeldPolicy longest = new HeldPolicy("i".repeat(32), START, policy);
    folder().put(DOMAIN, longest);
    assertThat(Files.size(path().resolve("a.example"))).isGreaterThan(64_900);
    assertThat(load(START)).containsEntry(DOMAIN, longest);
    assertThat(complaints).isEmpty();
  }

  @Test
  void saysThatItCannotBeWritten() throws Exception {
    Files.writeString(path(), "no folder");
    folder().put(DOMAIN, HELD);
    assertThat(load(START)).isEmpty();
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
  void hasNoMoreFilesThanItMay() throws Exception {
    World world = new World();
    Policies small = world.policies(Optional.of(path()), 5);
    for (int i = 10; i < 40; i++) {
      assertThat(small.of(world.publish("n" + i + ".example", 1))).isPresent();
    }
    assertThat(files())
        .containsExactly("n35.example", "n36.example", "n37.example", "n38.example", "n39.example");
  }
}
