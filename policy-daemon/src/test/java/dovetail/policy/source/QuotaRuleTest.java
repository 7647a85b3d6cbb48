package dovetail.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Faulty;
import dovetail.directory.Town;
import dovetail.policy.rule.QuotaRule;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Residents;
import dovetail.policy.rule.Rooms;
import dovetail.policy.rule.Rule;
import dovetail.policy.wire.Stage;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuotaRuleTest {
  private static final String NO = "452 4.2.2 mailbox-full";

  private static final String TOWN =
      """
      domain example.com mailbox
      domain example.net alias-of example.com
      domain all.example mailbox catchall=full@example.com
      domain relay.example relay
      mailbox full@example.com quota=1000 used=1050
      mailbox fuller@example.com quota=1000 used=9000
      mailbox fair@example.com quota=1000 used=400
      mailbox free@example.com used=9000000000
      mailbox new@example.com quota=1000
      mailbox vast@example.com quota=9223372036854775807 used=9223372036854775807
      mailbox odd@example.com quota=199 used=0
      mailbox deaf@example.com deaf quota=1000 used=9000
      mailbox kept@example.com quota=1000 used=9000
      alias one@example.com full@example.com
      alias both@example.com full+x@example.net;fuller@example.com
      alias either@example.com full@example.com;fair@example.com
      alias out@example.com full@example.com;joe@foreign.example
      alias far@example.com full@example.com;ann@relay.example
      alias dead@example.com nobody@example.com;deaf@example.com
      alias hurt@example.com nobody@example.com;full@example.com
      alias kept@example.com kept@example.com;full@example.com
      alias round@example.com about@example.com
      alias about@example.com round@example.com
      mailbox moved@example.com quota=1000 used=9000
      row recipient_canonical_maps Moved@example.com fair@example.com
      """;

  private static Rule rule(int grace) {
    return rule(new Faulty(Town.of(TOWN)), grace);
  }

  private static Rule rule(Faulty directory, int grace) {
    return new QuotaRule(
        new StoredRecipients(directory), new StoredRooms(directory), grace, Refusal.with(452));
  }

  private static String verdict(Rule rule, String recipient, String size) {
    return Verdict.of(rule, "protocol_state=RCPT recipient=" + recipient + " size=" + size);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          full@example.com       | refused
          FULL+x@Example.com     | refused
          full@example.net       | refused
          any@all.example        | refused
          one+x@example.com      | refused
          both@example.com       | refused
          hurt@example.com       | refused
          kept@example.com       | refused
          either@example.com     | passes
          out@example.com        | passes
          far@example.com        | passes
          dead@example.com       | passes
          deaf@example.com       | passes
          fair@example.com       | passes
          free@example.com       | passes
          new@example.com        | passes
          nobody@example.com     | passes
          ann@relay.example      | passes
          joe@foreign.example    | passes
          round@example.com      | abstains
          moved+x@example.com    | passes
          srs0=x@all.example     | passes
          """)
  void refusesWhatNobodyHasRoomFor(String recipient, String verdict) {
    assertThat(verdict(rule(5), recipient, "")).isEqualTo(verdict.equals("refused") ? NO : verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5   | fair@example.com | 650                 | passes
          5   | fair@example.com | 651                 | refused
          0   | fair@example.com | 600                 | passes
          0   | fair@example.com | 601                 | refused
          100 | fair@example.com | 1600                | passes
          100 | fair@example.com | 1601                | refused
          6   | full@example.com | 0                   | passes
          6   | full@example.com | 10                  | passes
          6   | full@example.com | 11                  | refused
          5   | full@example.com | 0                   | refused
          5   | full@example.com | -5                  | refused
          5   | odd@example.com  | 208                 | passes
          5   | odd@example.com  | 209                 | refused
          5   | fair@example.com | 999999999999999999  | refused
          5   | fair@example.com | 9999999999999999999 | passes
          5   | vast@example.com | 999999999999999999  | passes
          5   | free@example.com | 999999999999999999  | passes
          5   | new@example.com  | 999999999999999999  | passes
          """)
  void countsTheMessageAndGivesGrace(int grace, String recipient, String size, String verdict) {
    assertThat(verdict(rule(grace), recipient, size))
        .isEqualTo(verdict.equals("refused") ? NO : verdict);
  }

  @Test
  void itCanBeForGood() {
    Faulty directory = new Faulty(Town.of(TOWN));
    Rule rule =
        new QuotaRule(
            new StoredRecipients(directory), new StoredRooms(directory), 5, Refusal.with(552));
    assertThat(verdict(rule, "full@example.com", "")).isEqualTo("552 5.2.2 mailbox-full");
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void hasItsStages(Stage stage) {
    boolean on = EnumSet.of(Stage.RCPT, Stage.DATA, Stage.END_OF_MESSAGE).contains(stage);
    String state = "protocol_state=" + stage.word();
    assertThat(Verdict.of(rule(5), state + " recipient=full@example.com"))
        .isEqualTo(on ? NO : "not now");
    assertThat(Verdict.of(rule(5), state + " recipient= recipient_count=2"))
        .isEqualTo(on ? "passes" : "not now");
  }

  @Test
  void theRealSizeCounts() {
    String end = "protocol_state=END-OF-MESSAGE recipient_count=1 recipient=fair@example.com size=";
    assertThat(Verdict.of(rule(5), end + "10")).isEqualTo("passes");
    assertThat(Verdict.of(rule(5), end + "10000")).isEqualTo(NO);
  }

  @Test
  void megabytesAreNoAddress() {
    assertThat(verdict(rule(5), "x".repeat(1 << 20) + "@all.example", "9".repeat(1 << 20)))
        .isEqualTo("passes");
  }

  @Test
  void standsAsideWhereNobodyCanSay() {
    Rule none =
        new QuotaRule(Residents.NONE.recipients(), Residents.NONE.rooms(), 5, Refusal.with(452));
    assertThat(verdict(none, "full@example.com", "")).isEqualTo("abstains");
    Faulty directory = new Faulty(Town.of(TOWN));
    Rule rule = rule(directory, 5);
    assertThat(verdict(rule, "both@example.com", "")).isEqualTo(NO);
    int calls = directory.calls();
    assertThat(calls).isGreaterThan(6);
    for (int i = 0; i < calls; i++) {
      int failing = i;
      directory.failing(call -> call == failing);
      assertThat(verdict(rule, "both@example.com", "")).as("call %d", i).isEqualTo("abstains");
    }
  }

  /** Whoever certainly has room makes up for those of whom nothing is known. */
  @Test
  void itIsEnoughToKnowOneWithRoom() {
    Faulty directory = new Faulty(Town.of(TOWN));
    Rule rule = rule(directory, 5);
    assertThat(verdict(rule, "either@example.com", "")).isEqualTo("passes");
    int calls = directory.calls();
    directory.failing(call -> call == calls - 1);
    assertThat(verdict(rule, "either@example.com", "")).isEqualTo("abstains");
    Rule away = // nothing is known of the first one
        new QuotaRule(
            new StoredRecipients(Town.of(TOWN)),
            mailbox ->
                mailbox.localPart().equals("fair")
                    ? new Rooms.Room.Unknown("away")
                    : new Rooms.Room.Limited(0, 10),
            5,
            Refusal.with(452));
    assertThat(verdict(away, "either@example.com", "5")).isEqualTo("passes");
    assertThat(verdict(away, "either@example.com", "50")).isEqualTo("abstains");
  }
}
