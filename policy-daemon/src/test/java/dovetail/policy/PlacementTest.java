package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.policy.rule.Asked;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Ruling;
import dovetail.policy.rule.Scope;
import dovetail.policy.wire.PolicyClient;
import dovetail.policy.wire.Stage;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that can do nothing where it is asked says so. */
@Timeout(60)
class PlacementTest {
  private static final String LIMIT =
      "the rule \"limit\" does nothing: it was never asked at END-OF-MESSAGE; main.cf lacks"
          + " smtpd_end_of_data_restrictions = ..., check_policy_service {"
          + " inet:127.0.0.1:0, default_action=DUNNO, timeout=10s }";

  private static NamedRule rule(String name, Stage... needs) {
    return Planted.rule(
        name, Mode.ON, EnumSet.copyOf(Arrays.asList(needs)), _ -> new Ruling.NotNow(""));
  }

  private static void ask(PolicyClient client, Stage stage, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      client.ask(Asked.request("protocol_state=" + stage.word()));
    }
  }

  @Test
  void isToldOnce() throws Exception {
    try (LivePolicy policy =
            LivePolicy.open(
                rule("limit", Stage.END_OF_MESSAGE), rule("r", Stage.RCPT, Stage.DATA));
        PolicyClient client = policy.client()) {
      ask(client, Stage.RCPT, 199);
      assertThat(policy.complaints()).isEmpty();
      ask(client, Stage.RCPT, 500);
      assertThat(policy.complaints()).containsExactly(LIMIT);
    }
  }

  @Test
  void onceAtItsPlaceIsEnough() throws Exception {
    try (LivePolicy policy = LivePolicy.open(rule("limit", Stage.END_OF_MESSAGE));
        PolicyClient client = policy.client()) {
      ask(client, Stage.RCPT, 150);
      ask(client, Stage.END_OF_MESSAGE, 1);
      ask(client, Stage.RCPT, 500);
      assertThat(policy.complaints()).isEmpty();
    }
  }

  private static NamedRule in(String name, Set<String> contexts, Stage... needs) {
    NamedRule rule = rule(name, needs);
    return new NamedRule(
        name,
        rule.type(),
        rule.mode(),
        new Scope(contexts, Scope.Login.ANY, List.of(), List.of()),
        rule.rule());
  }

  /** A typing error, or a main.cf that names no context. */
  @Test
  void aContextThatNobodyHasIsToldOnce() throws Exception {
    try (LivePolicy policy =
            LivePolicy.open(
                in("typo", Set.of("submision", "subm"), Stage.RCPT),
                in("right", Set.of("submission"), Stage.RCPT));
        PolicyClient client = policy.client()) {
      ask(client, Stage.RCPT, 499);
      for (int i = 0; i < 500; i++) {
        client.ask(Asked.request("protocol_state=RCPT policy_context=submission"));
      }
      client.ask(Asked.request("protocol_state=PING policy_context=submision"));
      assertThat(policy.complaints()).isEmpty();
      ask(client, Stage.RCPT, 2_000);
      assertThat(policy.complaints())
          .containsExactly(
              "the rule \"typo\" does nothing: it is for the context subm or submision, and 1000"
                  + " messages came with none, submission; main.cf lacks"
                  + " smtpd_recipient_restrictions = ..., check_policy_service {"
                  + " inet:127.0.0.1:0, default_action=DUNNO, timeout=10s, policy_context=subm }");
      policy.reload(in("typo", Set.of("other"), Stage.RCPT));
      ask(client, Stage.RCPT, 1_001);
      LivePolicy.await(() -> policy.complaints().size() == 2);
    }
  }

  /** Contexts are chosen by whoever can connect: not all are kept. */
  @Test
  void notAllContextsAreTold() throws Exception {
    try (LivePolicy policy = LivePolicy.open(in("typo", Set.of("a"), Stage.RCPT));
        PolicyClient client = policy.client()) {
      for (int i = 0; i < 1_001; i++) {
        client.ask(Asked.request("protocol_state=RCPT policy_context=" + i + "x".repeat(500)));
      }
      LivePolicy.await(() -> !policy.complaints().isEmpty());
      assertThat(policy.complaints().getFirst())
          .contains("0xxx", "9xxx", "...")
          .doesNotContain("10xxx")
          .hasSizeLessThan(800);
    }
  }

  /** The line of another context asks first about each message. */
  @Test
  void aRuleOfASecondContextIsMissedToo() throws Exception {
    try (LivePolicy policy = LivePolicy.open(in("limit", Set.of("limits"), Stage.END_OF_MESSAGE));
        PolicyClient client = policy.client()) {
      for (int i = 0; i < 201; i++) {
        client.ask(Asked.request("protocol_state=RCPT instance=i" + i));
        client.ask(Asked.request("protocol_state=RCPT policy_context=limits instance=i" + i));
        client.ask(Asked.request("protocol_state=DATA policy_context=limits instance=i" + i));
        assertThat(policy.complaints()).hasSizeLessThanOrEqualTo(i / 199);
      }
      LivePolicy.await(() -> !policy.complaints().isEmpty());
      assertThat(policy.complaints())
          .containsExactly(LIMIT.replace("10s }", "10s, policy_context=limits }"));
    }
  }

  /** A health check asks about no stage, for months if there is little mail. */
  @Test
  void healthChecksDoNotCount() throws Exception {
    try (LivePolicy policy = LivePolicy.open(rule("limit", Stage.END_OF_MESSAGE));
        PolicyClient client = policy.client()) {
      for (int i = 0; i < 500; i++) {
        client.ask(Asked.request("protocol_state=PING"));
      }
      assertThat(policy.complaints()).isEmpty();
    }
  }

  /** The end of a message comes behind all of its recipients. */
  @Test
  void oneMessageWithManyRecipientsIsOne() throws Exception {
    try (LivePolicy policy = LivePolicy.open(rule("limit", Stage.END_OF_MESSAGE));
        PolicyClient client = policy.client()) {
      for (int i = 0; i < 500; i++) {
        client.ask(Asked.request("protocol_state=RCPT instance=a.1"));
      }
      assertThat(policy.complaints()).isEmpty();
      ask(client, Stage.RCPT, 199);
      LivePolicy.await(() -> !policy.complaints().isEmpty()); // it is told behind the answer
      assertThat(policy.complaints()).containsExactly(LIMIT);
    }
  }

  @Test
  void whatIsOffIsNotMissed() throws Exception {
    NamedRule off =
        Planted.rule("off", Mode.OFF, Set.of(Stage.END_OF_MESSAGE), _ -> new Ruling.NotNow(""));
    try (LivePolicy policy = LivePolicy.open(off);
        PolicyClient client = policy.client()) {
      ask(client, Stage.RCPT, 500);
      assertThat(policy.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, smtpd_client_restrictions",
    "HELO, smtpd_helo_restrictions",
    "EHLO HELO, smtpd_helo_restrictions",
    "MAIL, smtpd_sender_restrictions",
    "RCPT, smtpd_recipient_restrictions",
    "MAIL RCPT DATA END_OF_MESSAGE, smtpd_recipient_restrictions",
    "DATA, smtpd_data_restrictions",
    "DATA END_OF_MESSAGE, smtpd_end_of_data_restrictions",
    "END_OF_MESSAGE, smtpd_end_of_data_restrictions",
    "ETRN, smtpd_etrn_restrictions",
  })
  void namesTheListThatAsksThere(String stages, String parameter) {
    Set<Stage> needs = EnumSet.noneOf(Stage.class);
    Arrays.stream(stages.split(" ", -1)).map(Stage::valueOf).forEach(needs::add);
    assertThat(Placement.parameter(needs)).isEqualTo(parameter);
  }
}
