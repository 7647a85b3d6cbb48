package dovetail.directory.search;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.List;

/**
 * An address at which something may stand that concerns the one that was asked for.
 *
 * @param address canonical
 * @param extension what was left out of it, as it was written, with its delimiter; may be empty
 */
public record Place(Address address, String extension) {
  /** Where to look at a domain: at the address itself, then at it without its extension. */
  public static List<Place> of(AddressKey key, Domain domain, String delimiters) {
    Place whole = new Place(at(key.canonical(), domain), "");
    String written = key.written().localPart();
    int start = Extension.start(written, delimiters);
    if (start < 0) {
      return List.of(whole);
    }
    Address base = new Address(written.substring(0, start), domain).canonical();
    return List.of(whole, new Place(base, written.substring(start)));
  }

  /** Where to look by the rules of the domain that has it. */
  public static List<Place> of(AddressKey key, Hosting.At at) {
    return of(key, at.domain().name(), at.domain().delimiters());
  }

  private static Address at(Address address, Domain domain) {
    return address.domain().equals(domain) ? address : new Address(address.localPart(), domain);
  }

  /** The address with what was left out. */
  public Address whole() {
    return Extension.append(address, extension);
  }
}
