package dovetail.policy.rule;

import dovetail.iprev.IprevResult;
import dovetail.policy.wire.Stage;
import java.util.Optional;
import java.util.Set;

/** Whether the client's address has a name, and the name leads back to it (RFC 8601 3). */
public final class PtrRule implements Rule {
  private final ClientChecks checks;
  private final Measure missing;
  private final Measure mismatch;
  private final Refusal refusal;

  /**
   * @param missing the measure if there is no name; not {@code MARK}
   * @param mismatch the measure if it does not lead back; not {@code MARK}
   */
  public PtrRule(ClientChecks checks, Measure missing, Measure mismatch, Refusal refusal) {
    this.checks = checks;
    this.missing = missing;
    this.mismatch = mismatch;
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
    // Postfix says the same of a name that is not there and of one that it could not find out.
    if (!facts.lacksName()) {
      return new Ruling.Passes("named");
    }
    IprevResult name = checks.iprev(stranger.get(), facts);
    return switch (name.status()) {
      case PASS -> new Ruling.Passes("named");
      case TEMPERROR -> new Ruling.Abstains("the client's name: " + name.detail());
      case PERMERROR -> ruling(missing, "your address has no name in the DNS", name);
      case FAIL -> ruling(mismatch, "the name of your address does not lead back to it", name);
    };
  }

  private Ruling ruling(Measure measure, String words, IprevResult name) {
    return switch (measure) {
      case REJECT -> refuses(refusal, words, name);
      case DEFER -> refuses(refusal.temporary(), words, name);
      case MARK, NONE -> new Ruling.Passes(name.detail());
    };
  }

  private static Ruling refuses(Refusal refusal, String words, IprevResult name) {
    return new Ruling.Refuses(
        Reason.PTR, refusal.reply("7.25", words), name.detail()); // RFC 7372 3.3
  }
}
