package dovetail.dns.dnsjava;

import dovetail.dns.Answer;
import dovetail.dns.Authorities;
import dovetail.dns.Failure;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

/** Finds the servers of a zone through a resolver, and asks them without recursion. */
public final class AuthoritativeServers implements Authorities {
  private static final int IDS = 1 << 16;
  private static final int TRIES = 2;

  private final Resolver resolver;
  private final int port;
  private final Duration timeout;
  private final IntSupplier ids;
  private final LongSupplier nanos;

  /**
   * Authorities that a resolver finds.
   *
   * @param port where name servers listen: 53
   * @param timeout for a question to one server in all
   * @param random makes the ids of queries, so nobody must be able to guess it; shared by threads
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public AuthoritativeServers(
      Resolver resolver, int port, Duration timeout, RandomGenerator random, LongSupplier nanos) {
    this.resolver = resolver;
    this.port = port;
    this.timeout = timeout;
    this.ids = () -> random.nextInt(IDS); // RFC 5452 9.2
    this.nanos = nanos;
  }

  @Override
  public <T> List<Said<T>> ask(Question<T> question) {
    List<Said<T>> said = new ArrayList<>();
    ask(question, new HashSet<>(Set.of(question.name())), said);
    if (said.isEmpty()) { // names that are aliases of one another
      said.add(failed("the name servers of " + question.name(), Failure.ALIAS_LOOP));
    }
    return List.copyOf(said);
  }

  private <T> void ask(Question<T> question, Set<Domain> seen, List<Said<T>> said) {
    switch (nameServers(question.name())) {
      case Answer.Records<String>(List<String> hosts, boolean _) -> {
        for (String host : hosts) {
          askHost(question, host, seen, said);
        }
      }
      case Answer.Failed<String>(Failure failure) ->
          said.add(failed("the name servers of " + question.name(), failure));
      // Even the root has some.
      case Answer.NoData<String>(), Answer.NoSuchName<String>() ->
          said.add(failed("the name servers of " + question.name(), Failure.MALFORMED));
    }
  }

  private static <T> Said<T> failed(String server, Failure failure) {
    return new Said<>(server, new Answer.Failed<>(failure));
  }

  /** Those of the nearest zone at the name or above. */
  private Answer<String> nameServers(Domain name) {
    Optional<Domain> at = Optional.of(name);
    Answer<String> answer = new Answer.NoData<>();
    while (at.isPresent()
        && (answer instanceof Answer.NoData<String> || answer instanceof Answer.NoSuchName)) {
      answer = resolver.ask(RecordType.NS, at.get());
      at = at.get().parent();
    }
    return answer;
  }

  /**
   * Asks a server at each of its addresses; one that fails does not count where another answers.
   */
  private <T> void askHost(
      Question<T> question, String host, Set<Domain> seen, List<Said<T>> said) {
    List<InetAddress> addresses = addresses(host);
    if (addresses.isEmpty()) {
      said.add(failed(host + ", which has no address", Failure.UNREACHABLE));
      return;
    }
    List<Said<T>> failures = new ArrayList<>();
    boolean answered = false;
    for (InetAddress address : addresses) {
      String server = host + " (" + address.getHostAddress() + ")";
      AliasWalk<T> walk = new AliasWalk<>(question.type(), absolute(question.name()));
      switch (told(new InetSocketAddress(address, port), question, walk)) {
        case Told.End<T>(Answer<T> answer) when answer instanceof Answer.Failed ->
            failures.add(new Said<>(server, answer));
        case Told.End<T>(Answer<T> answer) -> {
          said.add(new Said<>(server, answer));
          answered = true;
        }
        case Told.Alias<T>(Name target) -> {
          follow(question, target, seen, said);
          answered = true;
        }
      }
    }
    if (!answered) {
      said.addAll(failures);
    }
  }

  /** The servers of an alias's target, asked once however many say so. */
  private <T> void follow(Question<T> question, Name target, Set<Domain> seen, List<Said<T>> said) {
    Optional<Domain> name = Domain.parse(target.toString(true));
    if (name.isEmpty()) {
      said.add(failed("an alias to " + target, Failure.MALFORMED));
    } else if (seen.size() > AliasWalk.MAX_ALIASES) {
      said.add(failed("an alias to " + target, Failure.ALIAS_LOOP));
    } else if (seen.add(name.get())) {
      ask(new Question<>(question.type(), name.get()), seen, said);
    }
  }

  private List<InetAddress> addresses(String host) {
    List<InetAddress> addresses = new ArrayList<>();
    Optional<Domain> name = Domain.parse(host);
    for (RecordType<InetAddress> type : List.of(RecordType.A, RecordType.AAAA)) {
      if (name.isPresent()
          && resolver.ask(type, name.get()) instanceof Answer.Records<InetAddress> records) {
        addresses.addAll(records.records());
      }
    }
    return addresses;
  }

  /** What one server at one address tells. */
  private sealed interface Told<T> {
    /** The answer. */
    record End<T>(Answer<T> answer) implements Told<T> {}

    /** The name is another one's, for which the server does not speak. */
    record Alias<T>(Name target) implements Told<T> {}
  }

  private <T> Told<T> told(InetSocketAddress server, Question<T> question, AliasWalk<T> walk) {
    Query query =
        new Query(ids.getAsInt(), walk.at(), RecordReader.number(question.type()), true, false);
    Deadline until = Deadline.in(timeout, nanos);
    try (Talk talk = new Talk(server, false, query, ids)) {
      for (int tries = TRIES; ; tries--) {
        switch (talk.ask(until.forOneOf(tries))) {
          case Reply.Knows(Message message, boolean _) -> {
            return read(message, walk);
          }
          case Reply.KnowsNot(Failure failure, boolean again) -> {
            if (!again || tries == 1) {
              return new Told.End<>(new Answer.Failed<>(failure));
            }
          }
        }
      }
    }
  }

  /** RFC 1035 4.1.1: the flag AA says that the server answers for the name itself. */
  private static <T> Told<T> read(Message message, AliasWalk<T> walk) {
    if (!message.getHeader().getFlag(Flags.AA)) {
      return new Told.End<>(new Answer.Failed<>(Failure.NOT_AUTHORITATIVE));
    }
    Name asked = walk.at();
    // Without an SOA, nothing at the end of an alias means that the server does not speak for it;
    // with one, or with the records, it does.
    return walk.follow(message, false)
        .<Told<T>>map(response -> new Told.End<>(response.answer()))
        .orElseGet(() -> walk.at().equals(asked) ? lost() : new Told.Alias<>(walk.at()));
  }

  private static <T> Told<T> lost() {
    return new Told.End<>(new Answer.Failed<>(Failure.MALFORMED));
  }

  private static Name absolute(Domain name) {
    return Name.fromConstantString(name.ascii() + ".");
  }
}
