package dovetail.policy.rule;

import dovetail.dns.Answer;
import dovetail.dns.Questions;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.dns.ReverseName;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What lists say about one message: all are asked at the same time, each only once. */
final class DnsLists {
  private final Resolver resolver;
  private final Questions questions;
  private final Map<Domain, Questions.Task<Answer<InetAddress>>> asked = new HashMap<>();

  /**
   * What is to be found out from a list.
   *
   * @param names where its entries would be
   */
  record Search(DnsList list, List<Domain> names) {}

  DnsLists(Resolver resolver, Questions questions) {
    this.resolver = resolver;
    this.questions = questions;
  }

  /** What is to be found out about an address. */
  static List<Search> about(Stranger stranger, List<DnsList> lists) {
    return stranger.isPublic()
        ? searches(lists, List.of(ReverseName.labels(stranger.address())))
        : List.of();
  }

  /** The same about names. */
  static List<Search> about(Set<Domain> names, List<DnsList> lists) {
    return searches(lists, names.stream().map(Domain::ascii).toList());
  }

  private static List<Search> searches(List<DnsList> lists, List<String> labels) {
    return labels.isEmpty()
        ? List.of()
        : lists.stream().distinct().map(list -> new Search(list, names(list, labels))).toList();
  }

  private static List<Domain> names(DnsList list, List<String> labels) {
    return labels.stream().flatMap(text -> list.zone().below(text).stream()).toList();
  }

  /** The names that a client uses: its own, and that of the sender's domain. */
  static Set<Domain> names(Stranger stranger, Facts facts) {
    Set<Domain> names = new LinkedHashSet<>();
    facts.sender().map(Address::domain).ifPresent(names::add);
    Domain.parse(stranger.helo()).filter(name -> name.parent().isPresent()).ifPresent(names::add);
    return names;
  }

  /** Asks all, and waits for what comes in time. */
  DnsScore score(List<Search> searches) {
    searches.forEach(search -> search.names().forEach(this::ask));
    int total = 0;
    List<DnsList> listed = new ArrayList<>();
    List<DnsList> failed = new ArrayList<>();
    List<DnsList> refusing = new ArrayList<>();
    for (Search search : searches) {
      switch (state(search)) {
        case LISTED -> {
          total += search.list().weight();
          listed.add(search.list());
        }
        case FAILED -> failed.add(search.list());
        case REFUSING -> refusing.add(search.list());
        case UNLISTED -> {}
      }
    }
    return new DnsScore(total, listed, failed, refusing, searches.size());
  }

  private Questions.Task<Answer<InetAddress>> ask(Domain name) {
    return asked.computeIfAbsent(
        name, one -> questions.ahead(() -> resolver.ask(RecordType.A, one)));
  }

  private enum State {
    UNLISTED,
    FAILED,
    REFUSING,
    LISTED
  }

  private State state(Search search) {
    State state = State.UNLISTED;
    for (Domain name : search.names()) {
      State one = state(search.list(), ask(name).result());
      state = one.compareTo(state) > 0 ? one : state;
    }
    return state;
  }

  private static State state(DnsList list, Optional<Answer<InetAddress>> answer) {
    if (answer.isEmpty()) {
      return State.FAILED;
    }
    return switch (answer.get()) {
      case Answer.Records<InetAddress>(List<InetAddress> all, _) ->
          list.counts(all)
              ? State.LISTED
              : DnsList.isRefusal(all) ? State.REFUSING : State.UNLISTED;
      case Answer.NoData<InetAddress>(), Answer.NoSuchName<InetAddress>() -> State.UNLISTED;
      case Answer.Failed<InetAddress> _ -> State.FAILED;
    };
  }
}
