package dovetail.policy.rule;

import dovetail.mail.Domain;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import dovetail.spf.SpfResult;
import java.util.Optional;
import java.util.Set;

/** Whether the client may send in the sender's name (RFC 7208). */
public final class SpfRule implements Rule {
  private final ClientChecks checks;
  private final Settings settings;
  private final Refusal refusal;

  /**
   * What the administrator wants.
   *
   * @param fail the measure if it may not
   * @param softfail if it probably may not
   * @param permerror if the domain's record cannot be understood
   * @param temperror if it is not known now: {@code DEFER} or {@code NONE}
   * @param helo whether it must not fail for the name that the client calls itself either
   * @param header whether all results are told in a header field
   */
  public record Settings(
      Measure fail,
      Measure softfail,
      Measure permerror,
      Measure temperror,
      boolean helo,
      boolean header) {}

  public SpfRule(ClientChecks checks, Settings settings, Refusal refusal) {
    this.checks = checks;
    this.settings = settings;
    this.refusal = refusal;
  }

  @Override
  public Set<Stage> needs() {
    return Stranger.STAGES;
  }

  @Override
  public boolean isByRecipient() {
    return true;
  }

  @Override
  public Ruling judge(Facts facts) {
    Optional<Stranger> stranger = Stranger.of(facts);
    if (stranger.isEmpty()) {
      return Stranger.NONE;
    }
    SpfResult result = checks.spf(stranger.get(), facts, settings.helo()).decisive();
    Case found = new Case(facts, stranger.get(), result);
    return switch (result.status()) {
      case PASS, NEUTRAL, NONE -> told(found, settings.header(), Reason.SPF_RESULT);
      case FAIL -> ruling(found, settings.fail(), Reason.SPF_FAIL);
      case SOFTFAIL -> ruling(found, settings.softfail(), Reason.SPF_SOFTFAIL);
      case PERMERROR -> ruling(found, settings.permerror(), Reason.SPF_PERMERROR);
      case TEMPERROR ->
          settings.temperror() == Measure.DEFER
              ? ruling(found, Measure.DEFER, Reason.SPF_TEMPERROR)
              : new Ruling.Abstains(found.saw());
    };
  }

  private record Case(Facts facts, Stranger stranger, SpfResult result) {
    String saw() {
      return "spf=%s (%s) of %s %s"
          .formatted(
              result.status().word(),
              result.words(),
              result.identity().word(),
              result.domain().map(Domain::ascii).orElse("-"));
    }

    /** Short: a stranger reads it, who may not know what SPF is. */
    String words() {
      return "SPF: " + result.sentence(stranger.address().getHostAddress());
    }
  }

  private Ruling ruling(Case found, Measure measure, Reason reason) {
    return switch (measure) {
      case REJECT -> new Ruling.Refuses(reason, reply(refusal, found), found.saw());
      case DEFER -> new Ruling.Refuses(reason, reply(refusal.temporary(), found), found.saw());
      case MARK -> told(found, true, reason);
      case NONE -> told(found, settings.header(), Reason.SPF_RESULT);
    };
  }

  private static Reply reply(Refusal refusal, Case found) {
    return switch (found.result().status()) {
      case TEMPERROR, PERMERROR -> refusal.reply("7.24", found.words()); // RFC 7372 3.2
      case NONE, NEUTRAL, PASS, FAIL, SOFTFAIL -> refusal.reply("7.23", found.words());
    };
  }

  private Ruling told(Case found, boolean header, Reason reason) {
    if (!header) {
      return new Ruling.Passes(found.saw());
    }
    Reply.Prepend field =
        SpfField.of(
            found.result(),
            found.stranger(),
            found.facts().request().get(Attribute.SENDER),
            checks.receiver());
    return new Ruling.Adds(reason, field, found.saw());
  }
}
