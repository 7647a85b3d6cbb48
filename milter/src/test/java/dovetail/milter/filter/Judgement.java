package dovetail.milter.filter;

import dovetail.arc.ArcReason;
import dovetail.arc.ArcResult;
import dovetail.arc.ArcSet;
import dovetail.arc.ChainValidation;
import dovetail.authres.AuthenticationResults;
import dovetail.authres.MethodResult;
import dovetail.authres.Reading;
import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.DmarcVerifier;
import dovetail.dmarc.Identifier;
import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MapResolver;
import dovetail.mail.Domain;
import dovetail.milter.source.ExceptionTable;
import dovetail.spf.SpfIdentity;
import dovetail.spf.SpfReason;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Findings to be judged, for tests of what follows from them. */
abstract class Judgement {
  static final Domain AUTHOR = domain("example.com");
  static final Domain LIST = domain("lists.example");
  static final Domain STRANGER = domain("stranger.example");
  static final Traces NONE = new Traces(false, false, Optional.empty());
  static final Reason OTHERWISE = Reason.NOT_SUBMISSION;

  static final Optional<ExceptionTable> NO_EXCEPTION = Optional.of(ExceptionTable.EMPTY);

  static Traces traces(boolean list, boolean forwarder) {
    return new Traces(list, forwarder, Optional.empty());
  }

  static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  static DmarcResult dmarc(String record, Identifier... identifiers) {
    return new DmarcVerifier(
            new MapResolver(
                Map.of(domain("_dmarc.example.com"), new Answer.Records<>(List.of(record), false))))
        .verify(AUTHOR, List.of(identifiers));
  }

  static AuthReport report(DmarcResult dmarc, ArcSet... sets) {
    return report(dmarc, SpfStatus.NEUTRAL, sets);
  }

  static AuthReport report(DmarcResult dmarc, SpfStatus spf, ArcSet... sets) {
    SpfResult sender =
        new SpfResult(
            SpfIdentity.MAILFROM,
            Optional.of(STRANGER),
            spf,
            SpfReason.MATCHED,
            "",
            Optional.empty(),
            Optional.empty());
    Optional<ArcResult> arc =
        sets.length == 0
            ? Optional.empty()
            : Optional.of(
                new ArcResult(
                    ArcReason.VERIFIED, "", OptionalInt.empty(), sets.length, Arrays.asList(sets)));
    return new AuthReport(
        new ClientReport(Optional.empty(), Optional.empty(), Optional.empty(), List.of(sender)),
        List.of(),
        arc,
        Optional.of(dmarc));
  }

  static ArcSet set(int instance, Domain sealer, String result, Domain from) {
    MethodResult dmarc = MethodResult.of("dmarc", result).with("header", "from", from.ascii());
    return new ArcSet(
        instance,
        sealer,
        "s",
        instance == 1 ? ChainValidation.NONE : ChainValidation.PASS,
        new Reading.Parsed(AuthenticationResults.of("mx." + sealer.ascii(), List.of(dmarc))));
  }

  static DmarcResult unknown() {
    return new DmarcVerifier(
            new MapResolver(
                Map.of(domain("_dmarc.example.com"), new Answer.Failed<>(Failure.TIMEOUT))))
        .verify(AUTHOR, List.of());
  }

  static Disposition decided(
      Enforcement enforcement, AuthReport report, Traces traces, ActionRow... rows) {
    return new InboundPolicy(enforcement, false, List.of(rows), Set.of(LIST))
        .decide(report, traces, NO_EXCEPTION, OTHERWISE);
  }
}
