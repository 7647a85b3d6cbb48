package dovetail.directory.search;

import dovetail.mail.Address;
import java.util.Optional;

/**
 * An address that is looked up.
 *
 * @param written as it was asked for
 * @param canonical as a directory knows it
 */
public record AddressKey(Address written, Address canonical) {
  /** That address. */
  public static AddressKey of(Address written) {
    return new AddressKey(written, written.canonical());
  }

  /**
   * Reads an address in the form of SMTP, or in the one that Postfix asks for next: with the local
   * part as it is, without the quotes that it needs.
   *
   * @return nothing for what can be no address of a domain: a bare domain, {@code @domain}, the
   *     null sender, an address literal
   */
  public static Optional<AddressKey> parse(String key) {
    return Address.parse(key).or(() -> unquoted(key)).map(AddressKey::of);
  }

  private static Optional<Address> unquoted(String key) {
    int at = key.lastIndexOf('@');
    return at > 0 && !key.endsWith(".")
        ? Address.of(key.substring(0, at), key.substring(at + 1))
        : Optional.empty();
  }
}
