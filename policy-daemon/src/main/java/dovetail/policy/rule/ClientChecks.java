package dovetail.policy.rule;

import dovetail.dns.Questions;
import dovetail.dns.Resolver;
import dovetail.iprev.IprevResult;
import dovetail.iprev.IprevVerifier;
import dovetail.policy.wire.Attribute;
import dovetail.spf.SpfClient;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfVerifier;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * What the DNS says of clients, asked once for each message however many rules want to know. All
 * rules of a configuration share one. For any thread.
 */
public final class ClientChecks {
  private final Tools tools;
  private final SpfVerifier spf;
  private final IprevVerifier iprev;
  private final List<DnsList> scoring = new CopyOnWriteArrayList<>();

  /**
   * What is asked with.
   *
   * @param receiver the name of this host
   * @param wall the time of the day
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param patience how long may be waited for one message for SPF, as long again for lists, and as
   *     long again for names
   */
  public record Tools(
      Resolver resolver,
      String receiver,
      InstantSource wall,
      LongSupplier nanos,
      Duration patience) {
    Questions questions() {
      return new Questions(resolver, patience, nanos);
    }
  }

  public ClientChecks(Tools tools) {
    this.tools = tools;
    this.spf = new SpfVerifier(tools.resolver(), tools.receiver(), tools.wall(), tools.nanos());
    this.iprev = new IprevVerifier(tools.resolver());
  }

  /** What SPF may be asked about. */
  private record Identity(SpfClient client, Optional<String> sender) {}

  /** What has been asked for one message; each kind by itself, so that none delays another. */
  private static final class Asked {
    final Questions spfQuestions;
    final Map<Identity, Questions.Task<SpfResult>> spf = new HashMap<>();
    final DnsLists lists;
    final Questions nameQuestions;
    final Map<InetAddress, Questions.Task<IprevResult>> names = new HashMap<>();

    Asked(Tools tools) {
      this.spfQuestions = tools.questions();
      this.lists = new DnsLists(tools.resolver(), tools.questions());
      this.nameQuestions = tools.questions();
    }
  }

  /** The name of this host. */
  public String receiver() {
    return tools.receiver();
  }

  private Asked asked(Facts facts) {
    return facts.message().remembered(this, Asked.class, () -> new Asked(tools));
  }

  /**
   * What SPF says of the sender, or of the client's own name where there is no sender.
   *
   * @param helo whether it is to be asked about the client's own name besides
   */
  SpfReport spf(Stranger stranger, Facts facts, boolean helo) {
    SpfClient client = new SpfClient(stranger.address(), stranger.helo());
    String sender = facts.request().get(Attribute.SENDER);
    Asked asked = asked(facts);
    Questions.Task<SpfResult> first = ask(asked, new Identity(client, Optional.of(sender)));
    Optional<Questions.Task<SpfResult>> second =
        helo && !sender.isEmpty() && !client.helo().isEmpty()
            ? Optional.of(ask(asked, new Identity(client, Optional.empty())))
            : Optional.empty();
    return new SpfReport(
        first.result().orElseGet(() -> SpfVerifier.timedOut(client, sender)),
        second.map(task -> task.result().orElseGet(() -> SpfVerifier.timedOut(client, ""))));
  }

  private Questions.Task<SpfResult> ask(Asked asked, Identity identity) {
    return asked.spf.computeIfAbsent(
        identity,
        one ->
            asked.spfQuestions.ahead(() ->
                one.sender()
                    .map(sender -> spf.mailFrom(one.client(), sender))
                    .orElseGet(() -> spf.helo(one.client()))));
  }

  /** Whether the name of a client's address leads back to it. */
  IprevResult iprev(Stranger stranger, Facts facts) {
    Asked asked = asked(facts);
    return asked
        .names
        .computeIfAbsent(
            stranger.address(), one -> asked.nameQuestions.ahead(() -> iprev.verify(one)))
        .result()
        .orElseGet(() -> IprevResult.timedOut(stranger.address()));
  }

  /** Has lists of addresses count in {@link #score(Stranger, Facts)}: a rule is made with them. */
  void scoreBy(List<DnsList> lists) {
    scoring.addAll(lists);
  }

  /** What all lists of addresses that rules have say of a client. */
  DnsScore score(Stranger stranger, Facts facts) {
    return score(facts, DnsLists.about(stranger, scoring));
  }

  /** What these lists say. */
  DnsScore score(Facts facts, List<DnsLists.Search> searches) {
    return asked(facts).lists.score(searches);
  }
}
