package dovetail.policy.rule;

import dovetail.counter.GreylistEntry;
import dovetail.counter.Standing;
import dovetail.mail.Address;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mail of clients that look odd is put off once: who does not come back has no queue. */
public final class GreylistRule implements Rule {
  /** Always to be reached (RFC 5321 4.5.1, RFC 2142 4). */
  private static final Set<String> ALWAYS = Set.of("postmaster", "abuse");

  /** Mail of a client counts once in that time. */
  private static final Duration ONCE = Duration.ofHours(1);

  /** What lies farther ahead was noted by a clock that was wrong. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /** So long nothing is written only to keep it from being forgotten. */
  private static final Duration RENEWED = Duration.ofDays(1);

  private final ClientChecks checks;
  private final Greylist greylist;
  private final Settings settings;
  private final Optional<String> text;

  /**
   * What the administrator wants.
   *
   * @param suspiciousOnly whether clients are left alone that have nothing odd about them
   * @param networks how clients are known that have neither SPF nor a name
   * @param times how long what takes
   * @param enough whose mail has passed so often is not put off any more; 0 for never
   */
  public record Settings(boolean suspiciousOnly, Networks networks, Times times, int enough) {}

  /**
   * How large a client's network is.
   *
   * @param ipv4 how many bits of an IPv4 address are the network's
   * @param ipv6 how many of an IPv6 address
   */
  public record Networks(int ipv4, int ipv6) {}

  /**
   * Times.
   *
   * @param delay how long a client has to wait
   * @param retry when it has to have come back, at the latest
   * @param expiry how long is remembered who did
   */
  public record Times(Duration delay, Duration retry, Duration expiry) {}

  /**
   * @param text instead of the rule's words
   */
  public GreylistRule(
      ClientChecks checks, Greylist greylist, Settings settings, Optional<String> text) {
    this.checks = checks;
    this.greylist = greylist;
    this.settings = settings;
    this.text = text;
  }

  @Override
  public Set<Stage> needs() {
    return Set.of(Stage.RCPT);
  }

  @Override
  public Ruling judge(Facts facts) {
    Optional<Stranger> stranger = Stranger.of(facts);
    if (stranger.isEmpty() || facts.stage() != Stage.RCPT || facts.recipient().isEmpty()) {
      return Stranger.NONE;
    }
    Address recipient = facts.recipient().get();
    if (ALWAYS.contains(recipient.localPart())) {
      return new Ruling.Passes("always to be reached");
    }
    DnsScore score = checks.score(stranger.get(), facts);
    if (score.total() < 0) {
      return new Ruling.Passes(score.saw());
    }
    SpfReport spf = checks.spf(stranger.get(), facts, false);
    if (settings.suspiciousOnly() && !isSuspicious(stranger.get(), facts, spf, score)) {
      return new Ruling.Passes("nothing odd");
    }
    return judge(facts, entry(stranger.get(), facts, spf, recipient));
  }

  private boolean isSuspicious(Stranger stranger, Facts facts, SpfReport spf, DnsScore score) {
    boolean byDomain =
        switch (spf.sender().status()) {
          case PASS, NONE, TEMPERROR -> false;
          case NEUTRAL, FAIL, SOFTFAIL, PERMERROR -> true;
        };
    return byDomain || score.total() > 0 || (facts.lacksName() && isNameless(stranger, facts));
  }

  private boolean isNameless(Stranger stranger, Facts facts) {
    return switch (checks.iprev(stranger, facts).status()) {
      case PASS, TEMPERROR -> false;
      case FAIL, PERMERROR -> true;
    };
  }

  private GreylistEntry entry(Stranger stranger, Facts facts, SpfReport spf, Address recipient) {
    ClientKey key = new ClientKey(settings.networks().ipv4(), settings.networks().ipv6());
    String client = key.of(stranger.address(), spf.passed(), facts.clientName());
    String network = ClientKey.limited(stranger.address());
    // Of bounces each is to somebody else, and whoever asks back has no time.
    return facts.isNullSender()
        ? GreylistEntry.of(client, network, "", "")
        : GreylistEntry.of(
            client,
            network,
            SenderForm.of(facts.request().get(Attribute.SENDER)),
            recipient.toString());
  }

  private Ruling judge(Facts facts, GreylistEntry entry) {
    Instant now = facts.now();
    Optional<Standing> standing = greylist.find(entry, enough());
    if (standing.isEmpty()) {
      return new Ruling.Abstains("what is greylisted is not known");
    }
    Optional<Standing.Client> client =
        standing.get().client().filter(known -> now.isBefore(known.until()));
    if (client.filter(known -> known.passes() >= enough()).isPresent()) {
      count(entry, client, now);
      return new Ruling.Passes(entry.client() + " has come back often enough");
    }
    Optional<Standing.Mail> mail =
        standing
            .get()
            .mail()
            .filter(known -> now.isBefore(known.until()))
            .filter(known -> known.passed() || known.first().isBefore(now.plus(AHEAD)));
    if (mail.isEmpty()) {
      return begin(entry, now);
    }
    Ruling ruling = again(facts, entry, mail.get());
    if (!(ruling instanceof Ruling.Refuses)) {
      count(entry, client, now);
    }
    return ruling;
  }

  private long enough() {
    return settings.enough() == 0 ? Long.MAX_VALUE : settings.enough();
  }

  private Ruling begin(GreylistEntry entry, Instant now) {
    Standing.Mail mail = new Standing.Mail(now, false, now.plus(settings.times().retry()));
    return greylist.begin(entry, mail)
        ? refuses(entry, settings.times().delay())
        : new Ruling.Abstains("what is greylisted cannot be noted");
  }

  private Ruling again(Facts facts, GreylistEntry entry, Standing.Mail known) {
    if (known.passed()) {
      return passedBefore(entry, known, facts.now());
    }
    Duration waited = Duration.between(known.first(), facts.now());
    Duration left = settings.times().delay().minus(waited);
    if (left.isPositive()) {
      return refuses(entry, Collections.min(List.of(left, settings.times().delay())));
    }
    greylist.pass(entry, passed(known.first(), facts.now()));
    Reply.Prepend field =
        facts
            .message()
            .remembered(
                this,
                Reply.Prepend.class,
                () ->
                    new Reply.Prepend(
                        "X-Greylist",
                        "delayed %d seconds by %s"
                            .formatted(waited.toSeconds(), checks.receiver())));
    return new Ruling.Adds(
        Reason.GREYLIST_PASSED, field, entry.client() + " came back after " + waited.toSeconds());
  }

  private Ruling passedBefore(GreylistEntry entry, Standing.Mail known, Instant now) {
    Instant due = now.plus(settings.times().expiry()).minus(RENEWED);
    if (known.until().isBefore(due)) {
      greylist.pass(entry, passed(known.first(), now));
    }
    return new Ruling.Passes(entry.client() + " has come back before");
  }

  private Standing.Mail passed(Instant first, Instant now) {
    return new Standing.Mail(first, true, now.plus(settings.times().expiry()));
  }

  private void count(GreylistEntry entry, Optional<Standing.Client> known, Instant now) {
    boolean enough = known.filter(client -> client.passes() >= enough()).isPresent();
    Instant due =
        known
            .map(Standing.Client::counted)
            .filter(counted -> counted.isBefore(now.plus(AHEAD)))
            .map(counted -> counted.plus(enough ? RENEWED : ONCE))
            .orElse(Instant.MIN);
    if (settings.enough() > 0 && !now.isBefore(due)) {
      long passes = known.map(Standing.Client::passes).orElse(0L);
      greylist.count(
          entry, new Standing.Client(passes + 1, now, now.plus(settings.times().expiry())));
    }
  }

  private Ruling refuses(GreylistEntry entry, Duration left) {
    long seconds = Math.max(1, left.toSeconds());
    String words = "greylisted, please try again in " + seconds + " seconds";
    return new Ruling.Refuses(
        Reason.GREYLISTED,
        new Reply.DeferIfPermit("4.2.0", text.orElse(words)),
        entry.client() + ", " + seconds + " seconds left");
  }
}
