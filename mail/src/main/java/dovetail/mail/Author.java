package dovetail.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who the From field says wrote a message. This decides for whom we sign and whose policy counts,
 * so nothing is guessed: where two common readers of mail could take the field for different
 * domains, it is {@link Ambiguous}, even if the grammar allows it (RFC 5322 3.6.2, RFC 7489 6.6.1,
 * RFC 9989).
 */
public sealed interface Author {
  /** There is no From field. */
  record Missing() implements Author {}

  /** There are several From fields; readers differ on which one counts. */
  record Repeated(int fields) implements Author {}

  /**
   * There is one From field, but not one domain that all readers see in it.
   *
   * @param reason fixed text, never a part of the message
   */
  record Ambiguous(String reason) implements Author {}

  /**
   * There is one From field, and all its mailboxes are at one domain.
   *
   * @param mailboxes one or more, in the order of the field
   */
  record Known(List<Address> mailboxes) implements Author {
    /**
     * Takes a copy of the list.
     *
     * @throws IllegalArgumentException if it is empty or names several domains
     */
    public Known {
      mailboxes = List.copyOf(mailboxes);
      if (mailboxes.stream().map(Address::domain).distinct().count() != 1) {
        throw new IllegalArgumentException("not one domain");
      }
    }
  }

  /** The domain of all authors, if it is known. */
  default Optional<Domain> domain() {
    return switch (this) {
      case Missing _, Repeated _, Ambiguous _ -> Optional.empty();
      case Known(List<Address> mailboxes) -> Optional.of(mailboxes.getFirst().domain());
    };
  }

  /**
   * Reads the author from a header. White space between the name From and the colon does not make
   * it another field (RFC 5322 4.5); a control character or a letter of another script does.
   */
  static Author of(Headers headers) {
    List<HeaderField> fields = headers.all("From");
    if (fields.size() > 1) {
      return new Repeated(fields.size());
    }
    for (HeaderField field : headers) {
      if (StrayLineEnd.hidesFrom(field)) {
        return new Ambiguous("From field behind a stray line end");
      }
    }
    return fields.isEmpty() ? new Missing() : of(fields.getFirst());
  }

  private static Author of(HeaderField from) {
    AddressParser parser = new AddressParser(AddressParser.valueOf(from));
    return switch (parser.parse()) {
      case AddressList.Malformed(String reason, _) -> new Ambiguous(reason);
      case AddressList.Parsed parsed ->
          parser.oddities().first().<Author>map(Ambiguous::new).orElseGet(() -> of(parsed));
    };
  }

  private static Author of(AddressList.Parsed list) {
    List<Address> mailboxes = new ArrayList<>();
    for (AddressList.Entry entry : list.entries()) {
      if (entry instanceof AddressList.Group(_, List<AddressList.Single> members)
          && members.isEmpty()) {
        return new Ambiguous("empty group");
      }
    }
    for (AddressList.Single mailbox : list.mailboxes()) {
      switch (mailbox) {
        case AddressList.LiteralMailbox _ -> {
          return new Ambiguous("address literal");
        }
        case AddressList.Mailbox(_, Address address) -> mailboxes.add(address);
      }
    }
    if (mailboxes.isEmpty()) {
      return new Ambiguous("no address");
    }
    Domain first = mailboxes.getFirst().domain();
    boolean several = mailboxes.stream().anyMatch(address -> !address.domain().equals(first));
    return several ? new Ambiguous("several domains") : new Known(mailboxes);
  }
}
