package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Town;
import dovetail.lookup.wire.Reply;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VirtualAliasMapTest {
  private static Finding find(String alias, String name) {
    return MapRegistry.of(Town.of("domain example.com mailbox\nalias " + alias))
        .find("virtual_alias_maps", Optional.of(name + "@example.com"), false);
  }

  private static String many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "member" + i + "@example.org")
        .collect(Collectors.joining(";"));
  }

  @Test
  void answersAsManyTargetsAsPostfixTakes() {
    assertThat(find("list@example.com " + many(1000), "list").reply())
        .isInstanceOfSatisfying(
            Reply.Ok.class, ok -> assertThat(ok.value().split(",")).hasSize(1000));
  }

  @Test
  void refusesMoreAndSaysHowMany() {
    Finding finding = find("list@example.com " + many(1001), "list");
    assertThat(finding.reason()).isEqualTo(Reason.TOO_MANY_TARGETS);
    assertThat(finding.reply())
        .isEqualTo(new Reply.Perm("list@example.com leads to more than 1000 addresses"));
  }

  /** An extension that does not fit is left out, not an answer that nobody can read. */
  @Test
  void dropsAnExtensionThatDoesNotFit() {
    Finding finding =
        find(
            "a@example.com " + "b".repeat(500) + "@example.org;c@example.org",
            "a+" + "x".repeat(400));
    assertThat(finding.reply())
        .isEqualTo(
            new Reply.Ok("b".repeat(500) + "@example.org,c+" + "x".repeat(400) + "@example.org"));
  }
}
