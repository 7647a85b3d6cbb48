package dovetail.policy.rule;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Optional;

/** Addresses or names that a list means. */
public sealed interface NamePattern {
  /** One address. */
  record One(Address address) implements NamePattern {}

  /** That local part at any domain, written {@code user@}. */
  record LocalPart(String localPart) implements NamePattern {}

  /** A domain, and if it is so the ones below it, written {@code *.domain}. */
  record At(Domain domain, boolean below) implements NamePattern {}

  /** The null sender, written {@code <>}. */
  record Null() implements NamePattern {}

  /** Reads one of these. */
  static Optional<NamePattern> parse(String text) {
    if (text.equals("<>")) {
      return Optional.of(new Null());
    }
    if (text.startsWith("*.")) {
      return Domain.parse(text.substring(2)).map(domain -> new At(domain, true));
    }
    if (text.endsWith("@") && text.length() > 1) {
      return Address.parse(text + "x")
          .map(Address::canonical)
          .map(address -> new LocalPart(address.localPart()));
    }
    return text.indexOf('@') < 0
        ? Domain.parse(text).map(domain -> new At(domain, false))
        : Address.parse(text).map(Address::canonical).map(One::new);
  }

  /** Whether an address, which is canonical, is meant. */
  default boolean matches(Address address) {
    return switch (this) {
      case One(Address one) -> one.equals(address);
      case LocalPart(String part) -> part.equals(address.localPart());
      case At at -> at.matches(address.domain());
      case Null() -> false;
    };
  }

  /** Whether a name is meant. */
  default boolean matches(Domain name) {
    return this instanceof At(Domain domain, boolean below)
        && (below ? name.isSubdomainOf(domain) : name.equals(domain));
  }
}
