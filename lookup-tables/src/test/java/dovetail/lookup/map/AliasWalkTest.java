package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.lookup.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far aliases are followed. */
@Timeout(30)
class AliasWalkTest {
  private final List<String> town = new ArrayList<>(List.of("domain example.com mailbox"));

  private void alias(String name, String targets) {
    town.add("alias " + name + "@example.com " + targets);
  }

  /** So many addresses that begin with a word. */
  private static String many(String word, int count, String domain) {
    return IntStream.range(0, count)
        .mapToObj(i -> word + i + "@" + domain)
        .collect(Collectors.joining(";"));
  }

  private Finding find(String name) {
    return MapRegistry.of(Town.of(town))
        .find("virtual_alias_maps", Optional.of(name + "@example.com"), false);
  }

  private void expectFound(String name, int targets) {
    assertThat(find(name).reply())
        .isInstanceOfSatisfying(
            Reply.Ok.class, ok -> assertThat(ok.value().split(",")).hasSize(targets));
  }

  @ParameterizedTest
  @CsvSource({"1000, alias", "1001, too-many-targets", "10000, too-many-targets"})
  void anAliasHasAMostOfTargets(int count, String reason) {
    alias("list", many("member", count, "example.org"));
    assertThat(find("list").reason().word()).isEqualTo(reason);
  }

  @Test
  void saysHowMany() {
    alias("list", many("member", 10_000, "example.org"));
    assertThat(find("list").reply())
        .isEqualTo(new Reply.Perm("list@example.com leads to more than 1000 addresses"));
  }

  /** Twenty lists of fifty are a thousand; one more member is too many. */
  @ParameterizedTest
  @CsvSource({"50, alias", "51, too-many-targets"})
  void targetsOfTargetsCount(int last, String reason) {
    alias("all", many("list", 20, "example.com"));
    for (int i = 0; i < 20; i++) {
      alias("list" + i, many("member" + i + "x", i == 19 ? last : 50, "example.org"));
    }
    assertThat(find("all").reason().word()).isEqualTo(reason);
  }

  /** Postfix counts what it has twice twice. */
  @Test
  void duplicatesCount() {
    alias("one", many("member", 500, "example.org"));
    alias("two", "one@example.com;x@example.org");
    alias("three", "one@example.com;two@example.com");
    expectFound("two", 2);
    assertThat(find("three").reason()).isEqualTo(Reason.TOO_MANY_TARGETS);
  }

  /** 2 to the power of 60 targets are counted in no time. */
  @Test
  void whatDoublesAtEachStepEndsEarly() {
    for (int i = 0; i < 60; i++) {
      alias("x" + i, "x%d@example.com;y%d@example.com".formatted(i + 1, i + 1));
      alias("y" + i, "x%d@example.com;y%d@example.com".formatted(i + 1, i + 1));
    }
    assertThat(find("x0").reason()).isEqualTo(Reason.TOO_MANY_TARGETS);
    assertThat(find("x52").reason()).isEqualTo(Reason.ALIAS);
  }

  @ParameterizedTest
  @CsvSource({"100, alias", "101, too-deep", "5000, too-deep"})
  void aChainHasAMostOfLinks(int links, String reason) {
    for (int i = 0; i < links; i++) {
      alias("c" + i, "c%d@example.com".formatted(i + 1));
    }
    assertThat(find("c0").reason().word()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 100})
  void circlesOfEachLength(int length) {
    for (int i = 0; i < length; i++) {
      alias("c" + i, "c%d@example.com;ann@example.org".formatted((i + 1) % length));
    }
    assertThat(find("c0").reason()).isEqualTo(length == 1 ? Reason.ALIAS : Reason.CIRCLE);
  }

  /** A circle among the members of a list of which one does not even know. */
  @Test
  void findsACircleBehindManyTargets() {
    alias("all", many("member", 800, "example.org") + ";bad@example.com");
    alias("bad", "worse@example.com");
    alias("worse", "bad@example.com");
    assertThat(find("all").reason()).isEqualTo(Reason.CIRCLE);
  }

  /** What is more than can be looked through is left to Postfix, which has limits of its own. */
  @Test
  void leavesTheRestToPostfix() {
    alias("all", many("list", 700, "example.com"));
    for (int i = 0; i < 700; i++) {
      alias("list" + i, "member%d@example.com".formatted(i));
      alias("member" + i, "end%d@example.org".formatted(i));
    }
    expectFound("all", 700);
  }

  @Test
  void aListThatNamesItselfCountsOnce() {
    town.add("mailbox list@example.com");
    alias("list", "list@example.com;" + many("member", 999, "example.org"));
    alias("outer", "list@example.com");
    expectFound("list", 1000);
    expectFound("outer", 1);
    alias("more", "list@example.com;x@example.org");
    assertThat(find("more").reason()).isEqualTo(Reason.TOO_MANY_TARGETS);
  }

  /** An extension that does not fit is left out, not an answer that nobody can read. */
  @Test
  void dropsAnExtensionThatDoesNotFit() {
    alias("a", "b".repeat(500) + "@example.org;c@example.org");
    Finding finding = find("a+" + "x".repeat(400));
    assertThat(finding.reply())
        .isEqualTo(
            new Reply.Ok("b".repeat(500) + "@example.org,c+" + "x".repeat(400) + "@example.org"));
  }
}
