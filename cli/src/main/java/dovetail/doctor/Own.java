package dovetail.doctor;

import dovetail.policy.RuleConfig;
import dovetail.server.ListenAddress;
import dovetail.server.ListenSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Dovetail itself is told.
 *
 * @param listeners where each service listens; none of a service that is switched off
 * @param rules those of the policy daemon that are not off
 * @param maps the names of all lookup tables
 * @param domains those with mailboxes here, as far as the database has told
 * @param dnsWait the longest that DNS may hold a message up
 */
public record Own(
    Map<Part, List<ListenSpec>> listeners,
    List<RuleConfig> rules,
    Set<String> maps,
    Set<String> domains,
    Duration dnsWait) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  /** What listens somewhere. */
  public enum Part {
    MILTER,
    POLICY,
    LOOKUP,
    AUTH,
    USERDB,
    DICT_AUTH,
    DICT
  }

  /** Where an address of main.cf leads. */
  enum Reach {
    /** To the service. */
    THERE,
    /** It would, but for the chroot of who asks. */
    HIDDEN,
    /** Somewhere else. */
    ELSEWHERE
  }

  public Own {
    listeners = Map.copyOf(listeners);
    rules = List.copyOf(rules);
    maps = Set.copyOf(maps);
    domains = Set.copyOf(domains);
  }

  List<ListenSpec> of(Part part) {
    return listeners.getOrDefault(part, List.of());
  }

  /** The unix sockets of a service. */
  List<Path> paths(Part part) {
    return of(part).stream()
        .flatMap(spec ->
            spec.address() instanceof ListenAddress.Unix(Path path)
                ? Stream.of(path)
                : Stream.empty())
        .toList();
  }

  boolean has(Part part) {
    return !of(part).isEmpty();
  }

  /** Where that address leads whoever is told of it. */
  Reach reach(Part part, String address, Postfix postfix, boolean chrooted) {
    if (listener(part, address, postfix, chrooted).isPresent()) {
      return Reach.THERE;
    }
    return chrooted && listener(part, address, postfix, false).isPresent()
        ? Reach.HIDDEN
        : Reach.ELSEWHERE;
  }

  /** The listener at that address. */
  Optional<ListenSpec> listener(Part part, String address, Postfix postfix, boolean chrooted) {
    return of(part).stream()
        .filter(spec ->
            switch (spec.address()) {
              case ListenAddress.Inet inet -> isInet(inet, address);
              case ListenAddress.Unix(Path path) ->
                  unixPath(address)
                      .filter(named -> postfix.socket(named, chrooted).equals(path))
                      .isPresent();
            })
        .findFirst();
  }

  private static Optional<String> unixPath(String address) {
    if (address.startsWith("inet:") || address.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Stream.of("unix:", "local:")
            .filter(address::startsWith)
            .findFirst()
            .map(prefix -> address.substring(prefix.length()))
            .orElse(address));
  }

  private static boolean isInet(ListenAddress.Inet inet, String address) {
    int colon = address.lastIndexOf(':');
    if (!address.startsWith("inet:") || colon < "inet:".length()) {
      return false;
    }
    String host = address.substring("inet:".length(), colon).replaceAll("[\\[\\]]", "");
    boolean loopback = LOOPBACK.contains(host);
    return address.substring(colon + 1).equals(Integer.toString(inet.port()))
        && (host.equals(inet.host()) || (loopback && (inet.isLoopback() || isAny(inet))));
  }

  private static boolean isAny(ListenAddress.Inet inet) {
    return inet.host().equals("*");
  }

  /** How main.cf can name a service, if whoever asks can reach it at all. */
  Optional<String> address(Part part, Postfix postfix, boolean chrooted) {
    return of(part).stream().flatMap(spec -> address(spec, postfix, chrooted).stream()).findFirst();
  }

  /** How main.cf can name a listener. */
  static Optional<String> address(ListenSpec spec, Postfix postfix, boolean chrooted) {
    return switch (spec.address()) {
      case ListenAddress.Inet inet ->
          Optional.of(isAny(inet) ? "inet:localhost:" + inet.port() : inet.toString());
      case ListenAddress.Unix(Path path) -> {
        Path queue = Path.of(postfix.value("queue_directory"));
        yield path.startsWith(queue)
            ? Optional.of("unix:" + queue.relativize(path))
            : chrooted ? Optional.empty() : Optional.of("unix:" + path);
      }
    };
  }
}
