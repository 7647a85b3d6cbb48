package dovetail.milter.filter;

import dovetail.dkim.Identity;
import dovetail.mail.Address;
import dovetail.mail.Author;
import java.util.Optional;

/** What the {@code i=} tag of a signature says (RFC 6376 3.5). */
public enum IdentityTag {
  /** There is none, which means "@" and the signing domain. */
  NONE,
  /** "@" and the author's domain. */
  DOMAIN,
  /** The author's address. */
  ADDRESS;

  /**
   * What the tag says for an author; empty too where it wants one address and there are several.
   */
  public Optional<Identity> of(Author author) {
    return switch (this) {
      case NONE -> Optional.empty();
      case DOMAIN -> author.domain().map(domain -> new Identity("", domain));
      case ADDRESS ->
          onlyAddress(author)
              .map(address -> new Identity(writtenLocalPart(address), address.domain()));
    };
  }

  /** With the quotes that it needs in mail, as RFC 6376 3.5 has it. */
  private static String writtenLocalPart(Address address) {
    String text = address.toString();
    return text.substring(0, text.lastIndexOf('@'));
  }

  private static Optional<Address> onlyAddress(Author author) {
    return author instanceof Author.Known known && known.mailboxes().size() == 1
        ? Optional.of(known.mailboxes().getFirst())
        : Optional.empty();
  }
}
