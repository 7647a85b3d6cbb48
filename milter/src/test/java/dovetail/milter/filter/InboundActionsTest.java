package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.DmarcVerifier;
import dovetail.dns.MapResolver;
import dovetail.mail.Author;
import dovetail.milter.filter.Disposition.Action;
import dovetail.milter.source.AuthorPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What rows of the configuration have done with mail. */
final class InboundActionsTest extends Judgement {
  private static ActionRow row(AuthorPattern authors, Concern concern, Action action) {
    return new ActionRow(authors, Optional.of(concern), action);
  }

  private static AuthorPattern pattern(String text) {
    return switch (text) {
      case "*" -> new AuthorPattern.Any();
      case String below when below.startsWith("*.") ->
          new AuthorPattern.Below(domain(below.substring(2)));
      case String exact -> new AuthorPattern.Exact(domain(exact));
    };
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, true",
    "*, true",
    "*.com, true",
    "*.example.com, false",
    "example.net, false",
  })
  void aRowIsForItsAuthorsWhateverIsEnforced(String authors, boolean fits) {
    AuthReport failing = report(dmarc("v=DMARC1; p=reject"));
    for (Enforcement enforcement : Enforcement.values()) {
      Disposition usual = decided(enforcement, failing, NONE);
      assertThat(
              decided(
                  enforcement,
                  failing,
                  NONE,
                  row(pattern(authors), Concern.DMARC_DIRECT, Action.MARK)))
          .isEqualTo(fits ? new Disposition(Action.MARK, Reason.DMARC_DIRECT) : usual);
    }
  }

  @Test
  void theFirstRowThatFitsCounts() {
    AuthReport failing = report(dmarc("v=DMARC1; p=reject"));
    ActionRow[] rows = {
      row(pattern("example.com"), Concern.DMARC_LIST, Action.MARK),
      new ActionRow(pattern("example.com"), Optional.empty(), Action.DEFER),
      row(pattern("*"), Concern.DMARC_DIRECT, Action.REJECT),
    };
    assertThat(decided(Enforcement.NONE, failing, traces(true, false), rows))
        .isEqualTo(new Disposition(Action.MARK, Reason.DMARC_LIST));
    assertThat(decided(Enforcement.NONE, failing, NONE, rows))
        .isEqualTo(new Disposition(Action.DEFER, Reason.DMARC_DIRECT));
  }

  @Test
  void aRowWithoutAReasonIsForFailuresOfWhichSomethingIsAsked() {
    ActionRow refusing = new ActionRow(pattern("*"), Optional.empty(), Action.REJECT);
    assertThat(
            decided(Enforcement.NONE, report(dmarc("v=DMARC1; p=quarantine")), NONE, refusing)
                .action())
        .isEqualTo(Action.REJECT);
    assertThat(decided(Enforcement.REJECT, report(dmarc("v=DMARC1; p=none")), NONE, refusing))
        .isEqualTo(new Disposition(Action.NONE, OTHERWISE));
    assertThat(decided(Enforcement.REJECT, report(unknown()), NONE, refusing).action())
        .isEqualTo(Action.NONE);
    DmarcResult unclear =
        new DmarcVerifier(new MapResolver(Map.of())).verify(new Author.Repeated(2), List.of());
    assertThat(decided(Enforcement.NONE, report(unclear), NONE, refusing).action())
        .isEqualTo(Action.NONE);
  }

  @Test
  void whatAsksForNothingIsDoneSomethingAboutWhereTheRowNamesThat() {
    assertThat(
            decided(
                Enforcement.NONE,
                report(dmarc("v=DMARC1; p=none")),
                NONE,
                row(pattern("*"), Concern.DMARC_NONE, Action.QUARANTINE)))
        .isEqualTo(new Disposition(Action.QUARANTINE, Reason.DMARC_NONE));
  }

  @Test
  void mailWithoutAClearAuthorIsOnlyThatOfEverybody() {
    DmarcResult unclear =
        new DmarcVerifier(new MapResolver(Map.of())).verify(new Author.Repeated(2), List.of());
    assertThat(
            decided(
                Enforcement.NONE,
                report(unclear),
                NONE,
                row(pattern("*"), Concern.AUTHOR_UNCLEAR, Action.REJECT)))
        .isEqualTo(new Disposition(Action.REJECT, Reason.AUTHOR_UNCLEAR));
    assertThat(
            decided(
                    Enforcement.NONE,
                    report(unclear),
                    NONE,
                    row(pattern("*.com"), Concern.AUTHOR_UNCLEAR, Action.REJECT))
                .action())
        .isEqualTo(Action.NONE);
  }

  @Test
  void aRowMayTakeWhatIsRefusedAndPutOffWhatIsUnknown() {
    assertThat(
            decided(
                Enforcement.REJECT,
                report(dmarc("v=DMARC1; p=reject")),
                NONE,
                row(pattern("*"), Concern.DMARC_DIRECT, Action.NONE)))
        .isEqualTo(new Disposition(Action.NONE, Reason.DMARC_DIRECT));
    assertThat(
            decided(
                Enforcement.NONE,
                report(unknown()),
                NONE,
                row(pattern("*.com"), Concern.DMARC_UNKNOWN, Action.DEFER)))
        .isEqualTo(new Disposition(Action.DEFER, Reason.DMARC_UNKNOWN));
  }

  @Test
  void aTrustedSealerIsBelievedWhateverARowSays() {
    assertThat(
            decided(
                Enforcement.NONE,
                report(dmarc("v=DMARC1; p=reject"), set(1, LIST, "pass", AUTHOR)),
                NONE,
                new ActionRow(pattern("*"), Optional.empty(), Action.REJECT)))
        .isEqualTo(new Disposition(Action.NONE, Reason.TRUSTED_SEALER));
  }

  @ParameterizedTest
  @EnumSource(Concern.class)
  void noRowTakesForASignOrEnforcesOnAnError(Concern concern) {
    boolean aSign = concern == Concern.DMARC_LIST || concern == Concern.DMARC_FORWARDED;
    boolean anError = concern == Concern.DMARC_UNKNOWN;
    for (Action action : Action.values()) {
      boolean refused =
          (aSign && action == Action.NONE)
              || (anError && (action == Action.QUARANTINE || action == Action.REJECT));
      assertThat(ActionRow.objection(Optional.of(concern), action).isPresent())
          .as("%s of %s", action, concern)
          .isEqualTo(refused);
    }
  }
}
