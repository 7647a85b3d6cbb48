package dovetail.directory.search;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Town;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private Reach reach(String name) {
    Expansions expansions = new Expansions(Town.of(town));
    AddressKey key = AddressKey.parse(name + "@example.com").orElseThrow();
    return expansions.of(key) instanceof Expansion.To to
        ? expansions.behind(key, to)
        : new Reach.Ends(List.of(key), false);
  }

  /** What is wrong, in a word; nothing if that is nothing. */
  private String fault(String name) {
    return switch (reach(name)) {
      case Reach.Ends _ -> "";
      case Reach.Endless(Reach.Fault fault, _) -> fault.name().toLowerCase(Locale.ROOT);
      case Reach.Unknown(String why) -> why;
    };
  }

  private void expectEnds(String name, int ends, boolean isCut) {
    assertThat(reach(name))
        .isInstanceOfSatisfying(
            Reach.Ends.class,
            reach -> {
              assertThat(reach.ends()).doesNotHaveDuplicates().hasSize(ends);
              assertThat(reach.cut()).isEqualTo(isCut);
            });
  }

  @ParameterizedTest
  @CsvSource({"1000, ''", "1001, too_many_targets", "10000, too_many_targets"})
  void anAliasHasAMostOfTargets(int count, String fault) {
    alias("list", many("member", count, "example.org"));
    assertThat(fault("list")).isEqualTo(fault);
  }

  @Test
  void saysHowMany() {
    alias("list", many("member", 10_000, "example.org"));
    assertThat(reach("list"))
        .isEqualTo(
            new Reach.Endless(
                Reach.Fault.TOO_MANY_TARGETS,
                "list@example.com leads to more than 1000 addresses"));
  }

  /** Twenty lists of fifty are a thousand; one more member is too many. */
  @ParameterizedTest
  @CsvSource({"50, ''", "51, too_many_targets"})
  void targetsOfTargetsCount(int last, String fault) {
    alias("all", many("list", 20, "example.com"));
    for (int i = 0; i < 20; i++) {
      alias("list" + i, many("member" + i + "x", i == 19 ? last : 50, "example.org"));
    }
    assertThat(fault("all")).isEqualTo(fault);
  }

  /** Postfix counts what it has twice twice. */
  @Test
  void duplicatesCount() {
    alias("one", many("member", 500, "example.org"));
    alias("two", "one@example.com;x@example.org");
    alias("three", "one@example.com;two@example.com");
    expectEnds("two", 501, false);
    assertThat(fault("three")).isEqualTo("too_many_targets");
  }

  /** 2 to the power of 60 targets are counted in no time. */
  @Test
  void whatDoublesAtEachStepEndsEarly() {
    for (int i = 0; i < 60; i++) {
      alias("x" + i, "x%d@example.com;y%d@example.com".formatted(i + 1, i + 1));
      alias("y" + i, "x%d@example.com;y%d@example.com".formatted(i + 1, i + 1));
    }
    assertThat(fault("x0")).isEqualTo("too_many_targets");
    assertThat(fault("x52")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"100, ''", "101, too_deep", "5000, too_deep"})
  void aChainHasAMostOfLinks(int links, String fault) {
    for (int i = 0; i < links; i++) {
      alias("c" + i, "c%d@example.com".formatted(i + 1));
    }
    assertThat(fault("c0")).isEqualTo(fault);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 100})
  void circlesOfEachLength(int length) {
    for (int i = 0; i < length; i++) {
      alias("c" + i, "c%d@example.com;ann@example.org".formatted((i + 1) % length));
    }
    assertThat(fault("c0")).isEqualTo(length == 1 ? "" : "circle");
  }

  /** A circle among the members of a list of which one does not even know. */
  @Test
  void findsACircleBehindManyTargets() {
    alias("all", many("member", 800, "example.org") + ";bad@example.com");
    alias("bad", "worse@example.com");
    alias("worse", "bad@example.com");
    assertThat(fault("all")).isEqualTo("circle");
  }

  /** What is more than can be looked through is left to Postfix, which has limits of its own. */
  @Test
  void leavesTheRestToPostfix() {
    alias("all", many("list", 700, "example.com"));
    for (int i = 0; i < 700; i++) {
      alias("list" + i, "member%d@example.com".formatted(i));
      alias("member" + i, "end%d@example.org".formatted(i));
    }
    expectEnds("all", 333, true);
  }

  @Test
  void aListThatNamesItselfCountsOnce() {
    town.add("mailbox list@example.com");
    alias("list", "list@example.com;" + many("member", 999, "example.org"));
    alias("outer", "list@example.com");
    expectEnds("list", 1000, false);
    expectEnds("outer", 999, true);
    alias("more", "list@example.com;x@example.org");
    assertThat(fault("more")).isEqualTo("too_many_targets");
  }
}
