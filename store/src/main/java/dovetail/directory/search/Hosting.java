package dovetail.directory.search;

import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.Lookup;
import dovetail.mail.Domain;
import java.util.Optional;

/** Whose rules hold at a domain. */
public sealed interface Hosting {
  /**
   * It is ours and in use.
   *
   * @param domain the domain, or the one of which it is another name
   * @param otherName whether it is another name
   */
  record At(DomainEntry.Hosted domain, boolean otherName) implements Hosting {}

  /** It is not ours, or not in use. */
  record None(Missing why) implements Hosting {}

  /** Nobody can say at the moment. */
  record Unknown(String why) implements Hosting {}

  /** Looks a domain up, and the one behind it if it is another name. */
  static Hosting of(Directory directory, Domain name) {
    return switch (directory.domain(name)) {
      case Lookup.Unavailable<DomainEntry>(String why) -> new Unknown(why);
      case Lookup.Absent<DomainEntry>() -> new None(Missing.NOT_OURS);
      case Lookup.Found<DomainEntry>(DomainEntry.Hosted hosted) -> of(hosted, false);
      case Lookup.Found<DomainEntry>(DomainEntry.AliasOf alias) ->
          alias.active() ? behind(directory, alias.target()) : new None(Missing.DOMAIN_OFF);
    };
  }

  private static Hosting behind(Directory directory, Domain target) {
    return switch (directory.domain(target)) {
      case Lookup.Unavailable<DomainEntry>(String why) -> new Unknown(why);
      case Lookup.Found<DomainEntry>(DomainEntry.Hosted hosted) -> of(hosted, true);
      // A directory has neither: the target is a hosted domain.
      case Lookup.Absent<DomainEntry>(), Lookup.Found<DomainEntry>(DomainEntry.AliasOf _) ->
          new None(Missing.DOMAIN_OFF);
    };
  }

  private static Hosting of(DomainEntry.Hosted hosted, boolean otherName) {
    return hosted.active() ? new At(hosted, otherName) : new None(Missing.DOMAIN_OFF);
  }

  /** Whether a domain relays for the names below it. */
  static Hosting relaying(Directory directory, Domain name) {
    return switch (directory.domain(name)) {
      case Lookup.Unavailable<DomainEntry>(String why) -> new Unknown(why);
      case Lookup.Found<DomainEntry>(DomainEntry.Hosted hosted)
          when hosted.active() && hosted.kind() == DomainEntry.Kind.RELAY && hosted.subdomains() ->
          new At(hosted, false);
      case Lookup.Found<DomainEntry> _, Lookup.Absent<DomainEntry> _ -> new None(Missing.NOT_OURS);
    };
  }

  /**
   * Looks for the nearest domain above this one that relays for names below it. To be asked only
   * for a name that is not ours itself: what is said of it holds, even if it is switched off.
   */
  static Hosting relayAbove(Directory directory, Domain name) {
    Optional<Domain> above = name.parent();
    while (above.isPresent()) {
      Hosting hosting = relaying(directory, above.get());
      if (!(hosting instanceof None)) {
        return hosting;
      }
      above = above.get().parent();
    }
    return new None(Missing.NOT_OURS);
  }
}
