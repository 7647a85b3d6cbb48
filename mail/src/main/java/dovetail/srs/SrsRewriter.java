package dovetail.srs;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.srs.Rewriting.Reason;
import dovetail.srs.Rewriting.Rewritten;
import dovetail.srs.Rewriting.Unchanged;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Writes SRS addresses for the senders of forwarded mail, and takes them back: what Postfix asks
 * for as {@code sender_canonical_maps} and {@code recipient_canonical_maps}. It asks again with
 * each answer until nothing is found: what is written here is never written over, and what is taken
 * back has a shorter local part. Safe for any number of threads.
 *
 * <p>What goes back goes only to an address that was signed here, so that nobody can have mail
 * relayed who does not know a secret. See the package for how much that is worth.
 */
public final class SrsRewriter {
  /**
   * Octets in an address that we write. A path of 256 with its angle brackets is what everybody has
   * to take (RFC 5321 4.5.3.1.3); a longer one might be refused, which is worse than a sender that
   * fails SPF. The 64 octets of a local part (RFC 5321 4.5.3.1.1) cannot be kept to, since it holds
   * a whole address; postsrsd does not keep to them either.
   */
  static final int MAX_ADDRESS = 254;

  private final SrsSettings settings;
  private final Predicate<Domain> local;
  private final InstantSource clock;
  private final SrsHash hash;

  /**
   * A rewriter.
   *
   * @param local the domains that this host, or one with the same settings, accepts mail for. The
   *     SRS domain is among them, whatever it says
   * @param clock for stamps
   */
  public SrsRewriter(SrsSettings settings, Predicate<Domain> local, InstantSource clock) {
    this.settings = settings;
    this.local = local;
    this.clock = clock;
    this.hash = new SrsHash(settings);
  }

  /**
   * The address in the SRS domain that stands for a sender elsewhere: SRS0, or SRS1 if the sender
   * is such an address of another host already.
   *
   * @param sender an address without angle brackets, quoted where it must be; may be empty
   */
  public Rewriting forward(String sender) {
    return rewrite(sender, this::forward);
  }

  /**
   * The address that a recipient in the SRS domain, or in another local one, stands for: the first
   * sender, or an SRS0 address of the host that has forwarded first.
   *
   * @param recipient an address without angle brackets, quoted where it must be, in any case
   */
  public Rewriting reverse(String recipient) {
    return rewrite(recipient, this::reverse);
  }

  /**
   * An at sign within quotes is refused: Postfix (resolve_dequoted_address) is not alone in looking
   * for a domain there.
   */
  private static Rewriting rewrite(String text, Function<Address, Rewriting> rule) {
    if (text.indexOf('@') < 0) {
      return new Unchanged(Reason.NO_DOMAIN);
    }
    return Address.parse(text)
        .filter(address -> address.localPart().indexOf('@') < 0)
        .map(rule)
        .orElseGet(() -> new Unchanged(Reason.MALFORMED));
  }

  private Rewriting forward(Address sender) {
    if (isOurs(sender.domain())) {
      return new Unchanged(Reason.LOCAL_DOMAIN);
    }
    String host = sender.domain().ascii();
    return switch (SrsForm.of(sender.localPart())) {
      case SrsForm.Plain _, SrsForm.Broken _ -> srs0(host, sender.localPart());
      case SrsForm.Srs0(String opaque) -> srs1(host, opaque);
      case SrsForm.Srs1(_, _, Domain first, String opaque) -> srs1(first.ascii(), opaque);
    };
  }

  private Rewriting srs0(String host, String user) {
    String stamp = DayStamp.of(clock.instant());
    return written(SrsForm.SRS0, hash.of(stamp, host, user), stamp, host, user);
  }

  private Rewriting srs1(String host, String opaque) {
    return written(SrsForm.SRS1, hash.of(host, opaque), host, opaque);
  }

  private Rewriting written(String tag, String... parts) {
    String localPart =
        tag + settings.separator() + String.join(String.valueOf(SrsForm.BETWEEN), parts);
    if (octets(localPart) > MAX_ADDRESS) {
      return new Unchanged(Reason.TOO_LONG);
    }
    Address address = new Address(localPart, settings.srsDomain());
    return octets(address.toString()) > MAX_ADDRESS
        ? new Unchanged(Reason.TOO_LONG)
        : new Rewritten(address);
  }

  private Rewriting reverse(Address recipient) {
    // Whose the domain is, which may have to be looked up, matters for SRS addresses only.
    return switch (SrsForm.of(recipient.localPart())) {
      case SrsForm.Plain _ -> new Unchanged(Reason.NOT_SRS);
      case SrsForm.Srs0 _, SrsForm.Srs1 _, SrsForm.Broken _ when !isOurs(recipient.domain()) ->
          new Unchanged(Reason.FOREIGN_DOMAIN);
      case SrsForm.Broken _ -> new Unchanged(Reason.MALFORMED);
      case SrsForm.Srs0 address -> firstSender(address);
      case SrsForm.Srs1 address -> firstHost(address);
    };
  }

  private Rewriting firstSender(SrsForm.Srs0 address) {
    Optional<FirstSender> read = FirstSender.of(address);
    if (read.isEmpty()) {
      return new Unchanged(Reason.MALFORMED);
    }
    FirstSender sender = read.get();
    OptionalInt age = DayStamp.age(sender.stamp(), clock.instant());
    if (age.isEmpty()) {
      return new Unchanged(Reason.MALFORMED);
    }
    if (!hash.verifies(sender.hash(), sender.stamp(), sender.host(), sender.user())) {
      return new Unchanged(Reason.BAD_HASH);
    }
    return age.getAsInt() > settings.maxAge().toDays()
        ? new Unchanged(Reason.EXPIRED)
        : new Rewritten(new Address(sender.user(), sender.domain()));
  }

  /**
   * These have no stamp. Where the first host is this one, the mail having gone round, the answer
   * is what the address there would get, lest one be accepted that leads nowhere.
   */
  private Rewriting firstHost(SrsForm.Srs1 address) {
    if (!hash.verifies(address.hash(), address.host(), address.opaque())) {
      return new Unchanged(Reason.BAD_HASH);
    }
    return isOurs(address.first())
        ? firstSender(new SrsForm.Srs0(address.opaque()))
        : new Rewritten(new Address(SrsForm.SRS0 + address.opaque(), address.first()));
  }

  private boolean isOurs(Domain domain) {
    return domain.equals(settings.srsDomain()) || local.test(domain);
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
