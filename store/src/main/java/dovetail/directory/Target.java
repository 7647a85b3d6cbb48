package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Optional;

/** To whom an alias leads. */
public sealed interface Target {
  /** One address, here or elsewhere. */
  record One(Address address) implements Target {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** The same local part at another domain, written {@code @domain}. */
  record SameLocalPart(Domain domain) implements Target {
    @Override
    public String toString() {
      return "@" + domain;
    }
  }

  /** Reads an address or {@code @domain}, and makes it canonical. */
  static Optional<Target> parse(String text) {
    return text.startsWith("@")
        ? Domain.parse(text.substring(1)).map(SameLocalPart::new)
        : Address.parse(text).map(Address::canonical).map(One::new);
  }

  /** The address to which mail for that one goes. */
  default Address of(Address recipient) {
    return switch (this) {
      case One(Address address) -> address;
      case SameLocalPart(Domain domain) -> new Address(recipient.localPart(), domain);
    };
  }
}
