package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.search.Hosting;
import dovetail.mail.Domain;
import dovetail.srs.Rewriting;
import dovetail.srs.SrsRewriter;
import dovetail.srs.SrsSettings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The maps that write the senders of forwarded mail as addresses of ours, and take them back
 * (Sender Rewriting Scheme).
 */
public final class SrsMaps {
  /** For {@code sender_canonical_maps}. */
  public static final String FORWARD = "srs_forward";

  /** For {@code recipient_canonical_maps}. */
  public static final String REVERSE = "srs_reverse";

  private final Directory directory;
  private final SrsSettings settings;
  private final Set<Domain> local;
  private final InstantSource clock;

  private SrsMaps(
      Directory directory, SrsSettings settings, Set<Domain> local, InstantSource clock) {
    this.directory = directory;
    this.settings = settings;
    this.local = local;
    this.clock = clock;
  }

  /**
   * The maps of a registry, and these two.
   *
   * @param local domains whose senders keep their addresses, beside the virtual mailbox domains and
   *     their other names
   * @param clock for the day in each address
   */
  public static MapRegistry add(
      MapRegistry registry,
      Directory directory,
      SrsSettings settings,
      Set<Domain> local,
      InstantSource clock) {
    SrsMaps maps = new SrsMaps(directory, settings, Set.copyOf(local), clock);
    return registry
        .with(FORWARD, new ReasonedMap(key -> maps.find(key, SrsRewriter::forward)))
        .with(REVERSE, new ReasonedMap(key -> maps.find(key, SrsRewriter::reverse)));
  }

  /** The maps of a registry, and these two refusing: a sender must not stay as it is unnoticed. */
  public static MapRegistry addRefusing(MapRegistry registry) {
    LookupMap refusing =
        new ReasonedMap(_ -> Finding.refused(Reason.REFUSED, "lookup.srs_domain is not set"));
    return registry.with(FORWARD, refusing).with(REVERSE, refusing);
  }

  private Finding find(String key, BiFunction<SrsRewriter, String, Rewriting> direction) {
    Locality locality = new Locality();
    Rewriting rewriting = direction.apply(new SrsRewriter(settings, locality, clock), key);
    if (locality.unknown.isPresent()) {
      return Finding.unavailable(locality.unknown.get());
    }
    return switch (rewriting) {
      case Rewriting.Rewritten(var address) -> Finding.found(address.toString(), Reason.REWRITTEN);
      case Rewriting.Unchanged(var reason) ->
          Finding.nothing(Reason.UNCHANGED).because(reason.word());
    };
  }

  /** Which domains are ours, for one lookup; remembers that it could not be told. */
  private final class Locality implements Predicate<Domain> {
    private Optional<String> unknown = Optional.empty();

    @Override
    public boolean test(Domain domain) {
      return local.contains(domain)
          || switch (Hosting.of(directory, domain)) {
            case Hosting.At(DomainEntry.Hosted hosted, _) ->
                hosted.kind() == DomainEntry.Kind.MAILBOX;
            case Hosting.None _ -> false;
            case Hosting.Unknown(String why) -> {
              unknown = Optional.of(why);
              yield true;
            }
          };
    }
  }
}
