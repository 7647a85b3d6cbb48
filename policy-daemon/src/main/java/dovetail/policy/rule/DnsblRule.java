package dovetail.policy.rule;

import dovetail.policy.wire.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether lists of the DNS know the client, or the names that it uses, as bad. */
public final class DnsblRule implements Rule {
  private final ClientChecks checks;
  private final Lists lists;
  private final Refusal refusal;

  /**
   * The lists.
   *
   * @param clients lists of addresses
   * @param domains lists of domains, asked about the sender's and the name of the client
   * @param threshold who has that score, or more, is refused; at least 1
   */
  public record Lists(List<DnsList> clients, List<DnsList> domains, int threshold) {
    public Lists {
      clients = List.copyOf(clients);
      domains = List.copyOf(domains);
      if (threshold < 1) {
        throw new IllegalArgumentException("who is on no list would be refused");
      }
    }
  }

  public DnsblRule(ClientChecks checks, Lists lists, Refusal refusal) {
    this.checks = checks;
    this.lists = lists;
    this.refusal = refusal;
    checks.scoreBy(lists.clients());
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
    List<DnsLists.Search> searches = new ArrayList<>();
    searches.addAll(DnsLists.about(stranger.get(), lists.clients()));
    searches.addAll(DnsLists.about(DnsLists.names(stranger.get(), facts), lists.domains()));
    DnsScore score = checks.score(facts, searches);
    if (score.total() >= lists.threshold()) {
      return new Ruling.Refuses(Reason.DNSBL, refusal.reply("7.1", words(score)), score.saw());
    }
    // A list that answers nobody here would otherwise be missed by nobody.
    return score.isUnknown() || !score.refusing().isEmpty()
        ? new Ruling.Abstains(score.saw())
        : new Ruling.Passes(score.saw());
  }

  private static String words(DnsScore score) {
    return score.listed().stream()
        .filter(list -> list.weight() > 0)
        .map(DnsList::shownZone)
        .distinct()
        .collect(Collectors.joining(", ", "your address or name is listed by ", ""));
  }
}
