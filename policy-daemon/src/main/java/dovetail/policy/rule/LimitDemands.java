package dovetail.policy.rule;

import dovetail.counter.CounterName;
import dovetail.counter.Demand;
import dovetail.counter.quota.Quota;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.policy.wire.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a message takes from the counters of a limit. */
public final class LimitDemands {
  private static final String ALL = "*";

  private final LimitSettings settings;
  private final Limits limits;
  private final Hosted hosted;

  public LimitDemands(LimitSettings settings, Limits limits, Hosted hosted) {
    this.settings = settings;
    this.limits = limits;
    this.hosted = hosted;
  }

  /** What it takes; nothing if it is free. */
  List<Demand> of(Facts facts) {
    // With a login it is no bounce, but a way round the limit.
    if (facts.isNullSender() && facts.login().isEmpty()) {
      return List.of();
    }
    if (settings.key() == LimitKey.RECIPIENT_DOMAIN) {
      return ofRecipientDomains(facts);
    }
    Optional<String> key = key(facts);
    long amount = amount(facts);
    if (key.isEmpty() || amount == 0) {
      return List.of();
    }
    List<Demand> all = new ArrayList<>(2);
    all.add(demand(key.get(), quota(key.get()), amount));
    pool(key.get())
        .ifPresent(domain ->
            limits
                .shared(settings.name(), domain)
                .filter(this::fits)
                .ifPresent(quota -> all.add(demand("@" + domain, quota, amount))));
    return all;
  }

  private Quota quota(String key) {
    return limits.of(settings.name(), key).filter(this::fits).orElse(settings.quota());
  }

  /** One that was set before the rule became of another kind is as if it were not there. */
  private boolean fits(Quota quota) {
    return settings.kind().complaint(quota).isEmpty();
  }

  private Demand demand(String key, Quota quota, long amount) {
    return new Demand(
        new CounterName(settings.name(), key),
        quota,
        settings.kind(),
        settings.key().origin(),
        amount,
        weight(amount));
  }

  /** Of bytes a message counts as one: hardly any would fit into a batch of that many bytes. */
  private long weight(long amount) {
    return switch (settings.unit()) {
      case MESSAGES, RECIPIENTS -> amount;
      case BYTES -> Math.min(amount, 1);
    };
  }

  private Optional<String> key(Facts facts) {
    return switch (settings.key()) {
      case SASL_USERNAME -> facts.login();
      case SENDER -> facts.sender().map(Address::toString);
      case SENDER_DOMAIN -> facts.sender().map(address -> address.domain().ascii());
      case CLIENT_ADDRESS -> facts.client().map(settings.prefixes()::network);
      case RECIPIENT_DOMAIN -> Optional.empty(); // has many
      case CONSTANT -> Optional.of(ALL);
    };
  }

  /** The domain whose accounts may share a pool. */
  private Optional<String> pool(String key) {
    int at = key.lastIndexOf('@');
    return settings.key().hasAccounts() && at >= 0
        ? Optional.of(key.substring(at + 1))
        : Optional.empty();
  }

  private long amount(Facts facts) {
    long recipients = recipients(facts);
    return switch (settings.unit()) {
      case RECIPIENTS -> recipients;
      case MESSAGES -> Math.min(recipients, 1);
      case BYTES -> recipients == 0 ? 0 : facts.size();
    };
  }

  /**
   * How many recipients count: those that were accepted, without those that are known to be ours.
   * Some of ours may have been refused, so the others are never taken for fewer than they are.
   */
  private long recipients(Facts facts) {
    MessageSoFar message = facts.message();
    long ours = settings.key().isOurs() ? oursOf(message) : 0;
    long seen = message.recipients();
    return switch (facts.stage()) {
      case RCPT -> seen - ours;
      case DATA, END_OF_MESSAGE -> {
        long accepted = facts.recipientCount();
        // Some may have been accepted without our having been asked.
        yield Math.min(accepted, Math.max(seen, accepted) - ours);
      }
      case CONNECT, EHLO, HELO, MAIL, VRFY, ETRN, OTHER -> 0;
    };
  }

  private long oursOf(MessageSoFar message) {
    long ours = 0;
    for (Map.Entry<Domain, Integer> entry : message.domains().entrySet()) {
      if (message.isOurs(entry.getKey(), hosted)) {
        ours += entry.getValue();
      }
    }
    return ours;
  }

  /** Each domain by the recipients that were asked about, the refused ones among them. */
  private List<Demand> ofRecipientDomains(Facts facts) {
    List<Demand> all = new ArrayList<>();
    if (facts.stage() == Stage.RCPT) {
      facts
          .recipient()
          .map(address -> address.domain().ascii())
          .ifPresent(name -> all.add(demand(name, quota(name), unit(facts, seen(facts, name)))));
      return all;
    }
    facts
        .message()
        .domains()
        .forEach((domain, count) ->
            all.add(demand(domain.ascii(), quota(domain.ascii()), unit(facts, count))));
    return all;
  }

  private static int seen(Facts facts, String name) {
    return facts.message().domains().entrySet().stream()
        .filter(entry -> entry.getKey().ascii().equals(name))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private long unit(Facts facts, int recipients) {
    return switch (settings.unit()) {
      case RECIPIENTS -> recipients;
      case MESSAGES -> 1;
      case BYTES -> facts.size();
    };
  }
}
