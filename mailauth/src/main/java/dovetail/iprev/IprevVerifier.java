package dovetail.iprev;

import dovetail.dns.Answer;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.dns.ReverseName;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Looks up the names of addresses, and whether they lead back (RFC 8601 3). Asks one question and
 * one more for each of the first ten names. For any thread.
 */
public final class IprevVerifier {
  /** RFC 8601 3: a limit is wanted, since the owner of an address may give it any number. */
  private static final int MOST_NAMES = 10;

  private final Resolver resolver;

  /** A verifier that asks there. */
  public IprevVerifier(Resolver resolver) {
    this.resolver = resolver;
  }

  /** Whether a name of that address leads back to it. */
  public IprevResult verify(InetAddress address) {
    return switch (resolver.ask(RecordType.PTR, ReverseName.of(address))) {
      case Answer.Records<String>(List<String> names, _) -> verify(address, names);
      case Answer.NoData<String>(), Answer.NoSuchName<String>() ->
          result(address, IprevStatus.PERMERROR, "no name");
      case Answer.Failed<String>(var failure) ->
          result(address, IprevStatus.TEMPERROR, failure.words());
    };
  }

  private IprevResult verify(InetAddress address, List<String> names) {
    Optional<String> failure = Optional.empty();
    for (String text : names.subList(0, Math.min(MOST_NAMES, names.size()))) {
      Optional<Domain> name = Domain.parse(text);
      if (name.isPresent()) {
        switch (resolver.ask(type(address), name.get())) {
          case Answer.Records<InetAddress>(List<InetAddress> all, _) -> {
            if (all.contains(address)) {
              return new IprevResult(address, IprevStatus.PASS, "", name);
            }
          }
          case Answer.NoData<InetAddress>(), Answer.NoSuchName<InetAddress>() -> {}
          case Answer.Failed<InetAddress>(var why) -> failure = Optional.of(why.words());
        }
      }
    }
    return failure
        .map(words -> result(address, IprevStatus.TEMPERROR, words))
        .orElseGet(() -> result(address, IprevStatus.FAIL, "no name leads back"));
  }

  private static RecordType<InetAddress> type(InetAddress address) {
    return address.getAddress().length == 4 ? RecordType.A : RecordType.AAAA;
  }

  private static IprevResult result(InetAddress address, IprevStatus status, String detail) {
    return new IprevResult(address, status, detail, Optional.empty());
  }
}
