package dovetail.policy.rule;

import dovetail.mail.Domain;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Stage;
import dovetail.server.Network;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a client calls itself something that nobody is called who has mail for us. */
public final class HeloRule implements Rule {
  private static final String IPV6 = "ipv6:";

  private final Set<Domain> own;
  private final Settings settings;
  private final Refusal refusal;

  /**
   * What is refused.
   *
   * @param own our own names and addresses
   * @param address an address without brackets
   * @param literal an address in brackets that is not the client's
   * @param malformed what is neither name nor address
   * @param unqualified a name of one label
   */
  public record Settings(
      boolean own, boolean address, boolean literal, boolean malformed, boolean unqualified) {}

  /** What a client calls itself. */
  private sealed interface Name {
    /** Nothing. */
    record None() implements Name {}

    record Host(Domain name) implements Name {}

    record BareAddress(InetAddress address) implements Name {}

    record Literal(InetAddress address) implements Name {}

    record Malformed() implements Name {}
  }

  /**
   * @param own names that only this host has
   */
  public HeloRule(Set<Domain> own, Settings settings, Refusal refusal) {
    this.own = Set.copyOf(own);
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
    return fault(stranger.get(), facts)
        .<Ruling>map(fault ->
            new Ruling.Refuses(
                Reason.HELO, refusal.reply("7.1", "HELO: " + fault.words()), fault.words()))
        .orElseGet(() -> new Ruling.Passes("a name that a client may have"));
  }

  private enum Fault {
    OWN("that is what this host is called"),
    ADDRESS("an address stands in brackets"),
    LITERAL("that is not your address"),
    MALFORMED("that is no name of a host"),
    UNQUALIFIED("a full name is needed");

    private final String words;

    Fault(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private Optional<Fault> fault(Stranger stranger, Facts facts) {
    return switch (read(stranger.helo())) {
      case Name.None() -> Optional.empty();
      case Name.Malformed() -> when(settings.malformed(), Fault.MALFORMED);
      case Name.Host(Domain name) ->
          own.contains(name)
              ? when(settings.own(), Fault.OWN)
              : when(settings.unqualified() && name.parent().isEmpty(), Fault.UNQUALIFIED);
      case Name.BareAddress(InetAddress address) ->
          when(settings.own() && isOurs(address, facts), Fault.OWN)
              .or(() -> when(settings.address(), Fault.ADDRESS));
      case Name.Literal(InetAddress address) ->
          when(settings.own() && isOurs(address, facts), Fault.OWN)
              .or(() ->
                  when(
                      settings.literal() && isAnother(address, stranger.address()), Fault.LITERAL));
    };
  }

  private static Optional<Fault> when(boolean so, Fault fault) {
    return so ? Optional.of(fault) : Optional.empty();
  }

  private static boolean isOurs(InetAddress address, Facts facts) {
    return address(facts.request().get(Attribute.SERVER_ADDRESS))
        .filter(address::equals)
        .isPresent();
  }

  /** A host may have one address of either kind, and call itself by the other. */
  private static boolean isAnother(InetAddress address, InetAddress client) {
    return address.getAddress().length == client.getAddress().length && !address.equals(client);
  }

  private static Name read(String text) {
    if (text.isEmpty()) {
      return new Name.None();
    }
    if (text.startsWith("[")) {
      return text.endsWith("]") && text.length() > 1
          ? literal(text.substring(1, text.length() - 1))
          : new Name.Malformed();
    }
    return address(text)
        .<Name>map(Name.BareAddress::new)
        .or(() -> Domain.parse(text).map(Name.Host::new))
        .orElseGet(Name.Malformed::new);
  }

  // RFC 5321 4.1.3. Some leave out what marks IPv6.
  private static Name literal(String text) {
    boolean marked = text.toLowerCase(Locale.ROOT).startsWith(IPV6);
    return address(marked ? text.substring(IPV6.length()) : text)
        .<Name>map(Name.Literal::new)
        .orElseGet(Name.Malformed::new);
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(Network.parseAddress(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
