package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dkim.Algorithm;
import dovetail.dkim.DkimKey;
import dovetail.dkim.SigningKey;
import dovetail.mail.Address;
import dovetail.mail.Author;
import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SigningPolicyTest {
  private static final Domain DOMAIN = Domain.parse("example.com").orElseThrow();
  private static final Author JOE = new Author.Known(List.of(address("joe@example.com")));
  private static final SigningKey KEY = key();

  private final SigningPolicy policy =
      new SigningPolicy(LoginMatch.DOMAIN, Optional.empty(), false);

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private static SigningKey key() {
    try {
      String pem = DkimKey.generate(Algorithm.ED25519_SHA256, 256, new SecureRandom());
      return new SigningKey(DOMAIN, "s1", DkimKey.parse(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A submission by joe@example.com that is to be signed; a test changes one thing. */
  private static SigningReport report(Standing standing) {
    Optional<String> login =
        standing == Standing.AUTHENTICATED ? Optional.of("joe@example.com") : Optional.empty();
    boolean mayHaveBeenHere = standing == Standing.NON_SMTPD || standing == Standing.TRUSTED;
    return new SigningReport(
        Mode.AUTO,
        standing,
        mayHaveBeenHere,
        false,
        false,
        true,
        true,
        login,
        JOE,
        List.of(KEY),
        true);
  }

  private static SigningReport with(SigningReport report, Author author, List<SigningKey> keys) {
    return new SigningReport(
        report.mode(),
        report.standing(),
        report.mayHaveBeenHere(),
        report.carriesOurResults(),
        report.cameFromElsewhere(),
        report.complete(),
        report.signable(),
        report.login(),
        author,
        keys,
        true);
  }

  private static SigningReport forwarded(
      SigningReport report, boolean carriesOurResults, boolean cameFromElsewhere) {
    return new SigningReport(
        report.mode(),
        report.standing(),
        report.mayHaveBeenHere(),
        carriesOurResults,
        cameFromElsewhere,
        report.complete(),
        report.signable(),
        report.login(),
        report.author(),
        report.keys(),
        true);
  }

  private static Decision pass(Reason reason) {
    return new Decision.Pass(reason);
  }

  private static Decision verify(Reason reason) {
    return new Decision.Verify(reason);
  }

  @ParameterizedTest
  @EnumSource
  void signsForAllButStrangers(Standing standing) {
    assertThat(policy.decide(report(standing)))
        .isEqualTo(
            standing == Standing.STRANGER
                ? verify(Reason.NOT_SUBMISSION)
                : new Decision.Sign(List.of(KEY)));
  }

  @ParameterizedTest
  @EnumSource
  void neverSignsWhereItOnlyVerifies(Standing standing) {
    SigningReport report = report(standing);
    assertThat(
            policy.decide(
                new SigningReport(
                    Mode.VERIFY,
                    standing,
                    report.mayHaveBeenHere(),
                    false,
                    false,
                    true,
                    true,
                    report.login(),
                    JOE,
                    List.of(KEY),
                    true)))
        .isEqualTo(verify(Reason.MODE_VERIFY));
  }

  @Test
  void leavesMailAloneThatWasHereBefore() {
    for (Standing standing : List.of(Standing.NON_SMTPD, Standing.TRUSTED)) {
      assertThat(policy.decide(forwarded(report(standing), true, false)))
          .isEqualTo(pass(Reason.SEEN_BEFORE));
      assertThat(policy.decide(forwarded(report(standing), false, true)))
          .isEqualTo(verify(Reason.RECEIVED_UNTRUSTED));
    }
    // Behind a content filter, through a port that signs: still not ours to vouch for.
    SigningReport originating = report(Standing.ORIGINATING);
    SigningReport reinjected =
        new SigningReport(
            Mode.SIGN,
            Standing.ORIGINATING,
            true,
            true,
            true,
            true,
            true,
            Optional.empty(),
            JOE,
            originating.keys(),
            true);
    assertThat(policy.decide(reinjected)).isEqualTo(pass(Reason.SEEN_BEFORE));
  }

  @Test
  void takesNoHeaderFieldOfASubmitterForAProof() {
    for (Standing standing : List.of(Standing.AUTHENTICATED, Standing.ORIGINATING)) {
      assertThat(policy.decide(forwarded(report(standing), true, true)))
          .isInstanceOf(Decision.Sign.class);
    }
  }

  @Test
  void neverGuessesAtTheAuthor() {
    SigningReport report = report(Standing.TRUSTED);
    assertThat(policy.decide(with(report, new Author.Missing(), List.of())))
        .isEqualTo(verify(Reason.FROM_MISSING));
    assertThat(policy.decide(with(report, new Author.Repeated(2), List.of())))
        .isEqualTo(verify(Reason.FROM_REPEATED));
    assertThat(policy.decide(with(report, new Author.Ambiguous("x"), List.of())))
        .isEqualTo(verify(Reason.FROM_AMBIGUOUS));
    assertThat(policy.decide(with(report, JOE, List.of()))).isEqualTo(verify(Reason.NO_KEY));
  }

  /** The database is away and the domain's keys were never read. */
  private static SigningReport withUnknownKeys(Standing standing) {
    SigningReport report = with(report(standing), JOE, List.of());
    return new SigningReport(
        report.mode(),
        report.standing(),
        report.mayHaveBeenHere(),
        report.carriesOurResults(),
        report.cameFromElsewhere(),
        report.complete(),
        report.signable(),
        report.login(),
        report.author(),
        List.of(),
        false);
  }

  @ParameterizedTest
  @EnumSource
  void putsOffWhatMayHaveToBeSigned(Standing standing) {
    SigningReport report = withUnknownKeys(standing);
    SigningPolicy open = new SigningPolicy(LoginMatch.DOMAIN, Optional.empty(), true);
    if (standing == Standing.STRANGER) {
      assertThat(policy.decide(report)).isEqualTo(verify(Reason.NOT_SUBMISSION));
    } else {
      assertThat(policy.decide(report)).isEqualTo(new Decision.PutOff(Reason.KEYS_UNKNOWN));
      assertThat(reason(open.decide(report))).isEqualTo(Reason.KEYS_UNKNOWN);
      assertThat(open.decide(report)).isNotInstanceOf(Decision.PutOff.class);
    }
  }

  /** Whole or not, few enough fields to be signed or not. */
  private static SigningReport sized(Mode mode, Standing standing, boolean whole, boolean few) {
    SigningReport report = report(standing);
    return new SigningReport(
        mode,
        standing,
        report.mayHaveBeenHere(),
        false,
        false,
        whole,
        few,
        report.login(),
        JOE,
        List.of(KEY),
        true);
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatItHasNotWholly(Standing standing) {
    Decision refused = new Decision.Refuse(Reason.HEADERS_TOO_LARGE);
    assertThat(policy.decide(sized(Mode.AUTO, standing, false, true))).isEqualTo(refused);
    assertThat(policy.decide(sized(Mode.VERIFY, standing, false, true))).isEqualTo(refused);
  }

  @Test
  void refusesWhatHasTooManyFieldsToBeSigned() {
    assertThat(policy.decide(sized(Mode.AUTO, Standing.TRUSTED, true, false)))
        .isEqualTo(new Decision.Refuse(Reason.HEADERS_TOO_LARGE));
    assertThat(policy.decide(sized(Mode.AUTO, Standing.STRANGER, true, false)))
        .isEqualTo(verify(Reason.NOT_SUBMISSION));
  }

  /** What its submitter vouches for is not verified: our results would travel to others. */
  @Test
  void verifiesNoSubmission() {
    for (Standing standing : List.of(Standing.AUTHENTICATED, Standing.ORIGINATING)) {
      assertThat(policy.decide(with(report(standing), JOE, List.of())))
          .isEqualTo(pass(Reason.NO_KEY));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // login, configured domain, author, by domain, by address
    "joe@example.com,,joe@example.com,SIGNED,SIGNED",
    "Joe@EXAMPLE.com,,joe@example.com,SIGNED,SIGNED",
    "ann@example.com,,joe@example.com,SIGNED,LOGIN_MISMATCH",
    "\u017Fam@example.com,,sam@example.com,SIGNED,LOGIN_MISMATCH",
    "kim@example.com,,\u212Aim@example.com,SIGNED,LOGIN_MISMATCH",
    "j\u00F6@example.com,,j\u00F6@example.com,SIGNED,SIGNED",
    "joe@example.net,,joe@example.com,LOGIN_MISMATCH,LOGIN_MISMATCH",
    "joe@sub.example.com,,joe@example.com,LOGIN_MISMATCH,LOGIN_MISMATCH",
    "joe@example.com,,joe@sub.example.com,LOGIN_MISMATCH,LOGIN_MISMATCH",
    "joe,,joe@example.com,LOGIN_WITHOUT_DOMAIN,LOGIN_WITHOUT_DOMAIN",
    "joe,example.com,joe@example.com,SIGNED,SIGNED",
    "ann,example.com,joe@example.com,SIGNED,LOGIN_MISMATCH",
    "joe,example.net,joe@example.com,LOGIN_MISMATCH,LOGIN_MISMATCH",
    "j o e,example.com,joe@example.com,LOGIN_WITHOUT_DOMAIN,LOGIN_WITHOUT_DOMAIN",
    "joe@,example.com,joe@example.com,LOGIN_WITHOUT_DOMAIN,LOGIN_WITHOUT_DOMAIN",
  })
  void letsALoginHaveItsOwnSigned(
      String login, String loginDomain, String author, Reason byDomain, Reason byAddress) {
    Optional<Domain> domain = Optional.ofNullable(loginDomain).flatMap(Domain::parse);
    SigningReport report =
        new SigningReport(
            Mode.AUTO,
            Standing.AUTHENTICATED,
            false,
            false,
            false,
            true,
            true,
            Optional.of(login),
            new Author.Known(List.of(address(author))),
            List.of(KEY),
            true);
    assertThat(reason(new SigningPolicy(LoginMatch.DOMAIN, domain, false).decide(report)))
        .isEqualTo(byDomain);
    assertThat(reason(new SigningPolicy(LoginMatch.ADDRESS, domain, false).decide(report)))
        .isEqualTo(byAddress);
  }

  private static Reason reason(Decision decision) {
    return switch (decision) {
      case Decision.Sign _ -> Reason.SIGNED;
      case Decision.Pass(Reason reason) -> reason;
      case Decision.Verify(Reason reason) -> reason;
      case Decision.PutOff(Reason reason) -> reason;
      case Decision.Refuse(Reason reason) -> reason;
    };
  }
}
