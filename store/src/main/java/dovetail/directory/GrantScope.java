package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Optional;

/** In whose name somebody may send who could not otherwise. */
public sealed interface GrantScope {
  /** In that of one address. */
  record One(Address address) implements GrantScope {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** In that of all addresses of a domain, written {@code @domain}. */
  record WholeDomain(Domain domain) implements GrantScope {
    @Override
    public String toString() {
      return "@" + domain;
    }
  }

  /** In everybody's name, written {@code *}. */
  record Anybody() implements GrantScope {
    @Override
    public String toString() {
      return "*";
    }
  }

  /** Reads what {@code toString} writes, in any case. */
  static Optional<GrantScope> parse(String text) {
    if (text.equals("*")) {
      return Optional.of(new Anybody());
    }
    return text.startsWith("@")
        ? Domain.parse(text.substring(1)).map(WholeDomain::new)
        : Address.parse(text).map(Address::canonical).map(One::new);
  }
}
