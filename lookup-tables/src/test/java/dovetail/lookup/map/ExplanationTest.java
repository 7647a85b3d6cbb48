package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Faulty;
import dovetail.directory.Town;
import dovetail.lookup.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExplanationTest {
  private static String explained(String town, String address) {
    List<String> lines = new ArrayList<>();
    print(Explanation.of(MapRegistry.of(Town.of(town)), address), "", lines);
    return String.join("\n", lines) + "\n";
  }

  private static void print(Explanation explanation, String indent, List<String> lines) {
    lines.add(indent + explanation.address() + (explanation.cut() ? " (cut)" : ""));
    for (Explanation.Step step : explanation.steps()) {
      String answer =
          switch (step.finding().reply()) {
            case Reply.Ok(String value) -> value;
            case Reply.NotFound() -> "-";
            case Reply.Temp(String reason) -> "TEMP " + reason;
            case Reply.Perm(String reason) -> "PERM " + reason;
          };
      String reason = step.finding().reason().word();
      lines.add(indent + "  %s %s: %s (%s)".formatted(step.map(), step.key(), answer, reason));
    }
    explanation.targets().forEach(target -> print(target, indent + "    ", lines));
  }

  @Test
  void followsEachTargetToItsEnd() {
    assertThat(
            explained(
                """
                domain example.com mailbox catchall=all@example.com
                domain example.net alias-of example.com
                mailbox ann@example.com
                alias info@example.com ann@example.com;bob@example.org
                row recipient_canonical_maps help@example.net @example.com
                row canonical_maps help@example.com info@example.net
                """,
                "Help@example.net"))
        .isEqualTo(
            """
            Help@example.net
              recipient_canonical_maps Help@example.net: @example.com (row)
              canonical_maps Help@example.com: info@example.net (row)
              virtual_alias_maps info@example.net: ann@example.com,bob@example.org (alias)
                ann@example.com
                  virtual_alias_maps ann@example.com: ann@example.com (mailbox)
                  virtual_alias_domains example.com: - (other-kind)
                  virtual_mailbox_domains example.com: example.com (domain)
                  virtual_mailbox_maps ann@example.com: ann@example.com (mailbox)
                  transport_maps ann@example.com: - (no-row)
                bob@example.org
                  virtual_alias_maps bob@example.org: - (not-ours)
                  virtual_alias_domains example.org: - (not-ours)
                  virtual_mailbox_domains example.org: - (not-ours)
                  relay_domains example.org: - (not-ours)
                  transport_maps bob@example.org: - (no-row)
            """);
  }

  @Test
  void showsWhatIsRefused() {
    assertThat(
            explained(
                """
                domain r.example relay transport=relay:[mx]
                mailbox ann@r.example deaf
                """,
                "ann@r.example"))
        .isEqualTo(
            """
            ann@r.example
              recipient_canonical_maps ann@r.example: - (no-row)
              canonical_maps ann@r.example: - (no-row)
              virtual_alias_maps ann@r.example: - (not-receiving)
              virtual_alias_domains r.example: - (other-kind)
              virtual_mailbox_domains r.example: - (other-kind)
              relay_domains r.example: r.example (domain)
              relay_recipient_maps ann@r.example: - (not-receiving)
              transport_maps ann@r.example: relay:[mx] (domain-transport)
            """);
  }

  @Test
  void endsWhereAnAddressNamesItselfOrCameBefore() {
    assertThat(
            explained(
                """
                domain h mailbox
                mailbox a@h
                alias a@h a@h;b@h;c@h
                alias b@h c@h
                alias c@h d@i
                """,
                "a@h"))
        .isEqualTo(
            """
            a@h
              recipient_canonical_maps a@h: - (no-row)
              canonical_maps a@h: - (no-row)
              virtual_alias_maps a@h: a@h,b@h,c@h (alias)
                a@h
                  virtual_alias_domains h: - (other-kind)
                  virtual_mailbox_domains h: h (domain)
                  virtual_mailbox_maps a@h: a@h (mailbox)
                  transport_maps a@h: - (no-row)
                b@h
                  virtual_alias_maps b@h: c@h (alias)
                    c@h
                      virtual_alias_maps c@h: d@i (alias)
                        d@i
                          virtual_alias_maps d@i: - (not-ours)
                          virtual_alias_domains i: - (not-ours)
                          virtual_mailbox_domains i: - (not-ours)
                          relay_domains i: - (not-ours)
                          transport_maps d@i: - (no-row)
                c@h (cut)
            """);
  }

  @Test
  void showsCirclesAndTrouble() {
    String town = "domain h mailbox\nalias a@h b@h\nalias b@h a@h";
    assertThat(explained(town, "a@h"))
        .endsWith(
            "  virtual_alias_maps a@h: PERM the aliases behind a@h lead back to it (circle)\n");
    Faulty directory = new Faulty(Town.of(town)).failing(call -> call > 2);
    assertThat(Explanation.of(MapRegistry.of(directory), "a@h").steps().getLast().finding().reply())
        .isInstanceOf(Reply.Temp.class);
  }

  @Test
  void takesWhatIsNoAddress() {
    for (String text : List.of("", "@", "a", "a@", "@h", "<>", "\"", "a@[::1]", "\0", ",")) {
      Explanation explanation = Explanation.of(MapRegistry.of(Town.of("")), text);
      assertThat(explanation.address()).isEqualTo(text);
      assertThat(explanation.targets()).isEmpty();
    }
  }

  @Test
  void splitsAddressesWithCommasInQuotes() {
    String town =
        """
        domain h mailbox
        alias a@h "x,\\"y"@i;z@i
        """;
    Explanation explanation = Explanation.of(MapRegistry.of(Town.of(town)), "a@h");
    assertThat(explanation.targets().stream().map(Explanation::address))
        .containsExactly("\"x,\\\"y\"@i", "z@i");
  }

  @Test
  void saysNoMoreThanCanBeRead() {
    StringBuilder town = new StringBuilder("domain h mailbox\n");
    StringBuilder all = new StringBuilder("alias all@h ");
    for (int i = 0; i < 700; i++) {
      town.append("alias a%d@h b%d@h\nalias b%d@h c%d@i\n".formatted(i, i, i, i));
      all.append("a%d@h;".formatted(i));
    }
    Explanation explanation =
        Explanation.of(MapRegistry.of(Town.of(town.toString() + all)), "all@h");
    // A thousand addresses are the first, and 333 times three.
    assertThat(count(explanation)).isEqualTo(1 + 333 * 3 + (700 - 333));
    assertThat(explanation.targets().get(332).cut()).isFalse();
    assertThat(explanation.targets().get(333).cut()).isTrue();
  }

  private static int count(Explanation explanation) {
    return 1 + explanation.targets().stream().mapToInt(ExplanationTest::count).sum();
  }
}
