package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.arc.ArcReason;
import dovetail.arc.ArcResult;
import dovetail.arc.ArcSet;
import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.DmarcVerifier;
import dovetail.dmarc.Identifier;
import dovetail.dns.MapResolver;
import dovetail.mail.Author;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.filter.Disposition.Action;
import dovetail.milter.source.ExceptionTable;
import dovetail.spf.SpfStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from the findings, for each of the settings. */
final class InboundPolicyTest extends Judgement {
  @ParameterizedTest
  @CsvSource({
    "NONE, none, NONE, NOT_SUBMISSION",
    "NONE, quarantine, NONE, NOT_SUBMISSION",
    "NONE, reject, NONE, NOT_SUBMISSION",
    "QUARANTINE, none, NONE, NOT_SUBMISSION",
    "QUARANTINE, quarantine, QUARANTINE, DMARC_POLICY",
    "QUARANTINE, reject, QUARANTINE, DMARC_DIRECT",
    "REJECT, none, NONE, NOT_SUBMISSION",
    "REJECT, quarantine, QUARANTINE, DMARC_POLICY",
    "REJECT, reject, REJECT, DMARC_DIRECT",
  })
  void whatFailsIsTreatedAsAskedAndAllowed(
      Enforcement enforcement, String asked, Action action, Reason reason) {
    assertThat(decided(enforcement, report(dmarc("v=DMARC1; p=" + asked)), NONE))
        .isEqualTo(new Disposition(action, reason));
  }

  @Test
  void whatPassesIsTaken() {
    Identifier spf = new Identifier.Spf(AUTHOR, Identifier.Check.PASS);
    assertThat(decided(Enforcement.REJECT, report(dmarc("v=DMARC1; p=reject", spf)), NONE))
        .isEqualTo(new Disposition(Action.NONE, OTHERWISE));
  }

  @Test
  void aDomainThatOnlyTestsIsTreatedOneLevelBelow() {
    assertThat(decided(Enforcement.REJECT, report(dmarc("v=DMARC1; p=reject; t=y")), NONE))
        .isEqualTo(new Disposition(Action.QUARANTINE, Reason.DMARC_POLICY));
    assertThat(decided(Enforcement.REJECT, report(dmarc("v=DMARC1; p=quarantine; t=y")), NONE))
        .isEqualTo(new Disposition(Action.NONE, OTHERWISE));
  }

  @Test
  void theReasonOfARefusalNamesWhatElseSpeaksAgainstIt() {
    AuthReport failing = report(dmarc("v=DMARC1; p=reject"), SpfStatus.FAIL);
    assertThat(decided(Enforcement.REJECT, failing, NONE))
        .isEqualTo(new Disposition(Action.REJECT, Reason.DMARC_SPF_FAIL));
  }

  @Test
  void whatTheSenderCouldHaveWrittenLowersARefusalToAFolderAndNoFurther() {
    AuthReport failing = report(dmarc("v=DMARC1; p=reject"), SpfStatus.FAIL);
    assertThat(decided(Enforcement.REJECT, failing, traces(true, true)))
        .isEqualTo(new Disposition(Action.QUARANTINE, Reason.DMARC_LIST));
    assertThat(decided(Enforcement.REJECT, failing, traces(false, true)))
        .isEqualTo(new Disposition(Action.QUARANTINE, Reason.DMARC_FORWARDED));
    assertThat(
            decided(
                Enforcement.QUARANTINE,
                report(dmarc("v=DMARC1; p=quarantine")),
                traces(true, true)))
        .isEqualTo(new Disposition(Action.QUARANTINE, Reason.DMARC_POLICY));
  }

  @Test
  void aTrustedSealerWhoSawItPassIsBelieved() {
    AuthReport sealed =
        report(dmarc("v=DMARC1; p=reject"), SpfStatus.FAIL, set(1, LIST, "pass", AUTHOR));
    for (Enforcement enforcement : List.of(Enforcement.QUARANTINE, Enforcement.REJECT)) {
      assertThat(decided(enforcement, sealed, NONE))
          .isEqualTo(new Disposition(Action.NONE, Reason.TRUSTED_SEALER));
    }
    AuthReport twice =
        report(
            dmarc("v=DMARC1; p=reject"),
            set(1, LIST, "pass", AUTHOR),
            set(2, LIST, "fail", AUTHOR));
    assertThat(decided(Enforcement.REJECT, twice, NONE).reason()).isEqualTo(Reason.TRUSTED_SEALER);
  }

  @Test
  void aSealerMayBeAnException() {
    AuthReport sealed =
        report(
            dmarc("v=DMARC1; p=reject"),
            set(1, STRANGER, "pass", AUTHOR),
            set(2, LIST, "fail", AUTHOR));
    ExceptionTable none = ExceptionTable.EMPTY;
    ExceptionTable exceptions =
        new ExceptionTable(
            none.authors(), none.senders(), none.lists(), none.clients(), Set.of(STRANGER));
    assertThat(
            new InboundPolicy(Enforcement.REJECT, false, List.of(), Set.of(LIST))
                .decide(sealed, NONE, Optional.of(exceptions), OTHERWISE))
        .isEqualTo(new Disposition(Action.NONE, Reason.EXCEPTION_SEALER));
  }

  @Test
  void nothingIsRefusedForGoodWhileExceptionsAreNotKnown() {
    InboundPolicy policy = new InboundPolicy(Enforcement.REJECT, false, List.of(), Set.of());
    assertThat(
            policy.decide(report(dmarc("v=DMARC1; p=reject")), NONE, Optional.empty(), OTHERWISE))
        .isEqualTo(new Disposition(Action.DEFER, Reason.EXCEPTIONS_UNKNOWN));
    assertThat(
            policy.decide(
                report(dmarc("v=DMARC1; p=quarantine")), NONE, Optional.empty(), OTHERWISE))
        .isEqualTo(new Disposition(Action.QUARANTINE, Reason.DMARC_POLICY));
  }

  @Test
  void otherSealersAreNotBelieved() {
    for (ArcSet[] sets :
        List.of(
            new ArcSet[] {set(1, STRANGER, "pass", AUTHOR)},
            new ArcSet[] {set(1, LIST, "fail", AUTHOR)},
            new ArcSet[] {set(1, LIST, "pass", STRANGER)},
            // Whoever comes later may have written what stands below.
            new ArcSet[] {set(1, LIST, "pass", AUTHOR), set(2, STRANGER, "pass", AUTHOR)},
            new ArcSet[] {set(1, STRANGER, "pass", AUTHOR), set(2, LIST, "fail", AUTHOR)})) {
      assertThat(
              decided(Enforcement.REJECT, report(dmarc("v=DMARC1; p=reject"), sets), NONE).action())
          .isEqualTo(Action.REJECT);
    }
  }

  @Test
  void aBrokenChainIsNoChain() {
    AuthReport whole = report(dmarc("v=DMARC1; p=reject"), set(1, LIST, "pass", AUTHOR));
    ArcResult chain = whole.arc().orElseThrow();
    for (ArcReason reason :
        List.of(ArcReason.SEAL_FAILED, ArcReason.BODY_CHANGED, ArcReason.KEY_UNAVAILABLE)) {
      AuthReport broken =
          new AuthReport(
              whole.client(),
              whole.dkim(),
              Optional.of(
                  new ArcResult(reason, "", chain.place(), chain.instances(), chain.sets())),
              whole.dmarc());
      assertThat(decided(Enforcement.REJECT, broken, NONE).action()).isEqualTo(Action.REJECT);
    }
  }

  @ParameterizedTest
  @EnumSource(Enforcement.class)
  void whatIsNotKnownIsNeverEnforced(Enforcement enforcement) {
    DmarcResult unknown = unknown();
    assertThat(decided(enforcement, report(unknown), NONE))
        .isEqualTo(new Disposition(Action.NONE, OTHERWISE));
    assertThat(
            new InboundPolicy(enforcement, true, List.of(), Set.of())
                .decide(report(unknown), NONE, NO_EXCEPTION, OTHERWISE)
                .action())
        .isEqualTo(enforcement == Enforcement.NONE ? Action.NONE : Action.DEFER);
  }

  @ParameterizedTest
  @EnumSource(Enforcement.class)
  void mailWithoutOneClearAuthorIsFiledWhereAnythingIsEnforced(Enforcement enforcement) {
    for (Author author :
        List.of(
            new Author.Missing(), new Author.Repeated(2), new Author.Ambiguous("two domains"))) {
      DmarcResult result = new DmarcVerifier(new MapResolver(Map.of())).verify(author, List.of());
      assertThat(decided(enforcement, report(result), NONE))
          .isEqualTo(
              enforcement == Enforcement.NONE
                  ? new Disposition(Action.NONE, OTHERWISE)
                  : new Disposition(Action.QUARANTINE, Reason.AUTHOR_UNCLEAR));
    }
  }

  @Test
  void nothingIsDecidedOnMailOfWhichDmarcWasNotAsked() {
    AuthReport unasked =
        new AuthReport(ClientReport.NOTHING, List.of(), Optional.empty(), Optional.empty());
    assertThat(decided(Enforcement.REJECT, unasked, NONE))
        .isEqualTo(new Disposition(Action.NONE, OTHERWISE));
  }

  private static Traces traces(String returnPath, String... names) {
    return Traces.of(
        new Headers(Arrays.stream(names).map(name -> HeaderField.of(name, " x")).toList()),
        Optional.of(returnPath).filter(path -> !path.isEmpty()),
        0);
  }

  @Test
  void listsAndForwardersLeaveTraces() {
    assertThat(traces("joe@example.com", "From", "Received", "To")).isEqualTo(NONE);
    assertThat(traces("", "Received", "Received")).isEqualTo(traces(false, true));
    assertThat(traces("SRS0=abcd=xy=example.com=joe@forward.example", "From"))
        .isEqualTo(traces(false, true));
    assertThat(traces("joe@example.com", "list-id")).isEqualTo(traces(true, false));
    assertThat(traces("joe@example.com", "Resent-From")).isEqualTo(traces(false, true));
  }
}
