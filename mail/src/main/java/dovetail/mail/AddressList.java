package dovetail.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * What a field such as From, To or Cc holds (RFC 5322 3.4, 4.4, RFC 6532): mailboxes and groups, or
 * what is wrong with it. Old forms are read where they mean one thing only: empty list elements,
 * white space and comments around the dots of an address, source routes, dots in names.
 */
public sealed interface AddressList {
  /** Octets in the value of one field; Postfix cuts a field off there (header_size_limit). */
  int MAX_LENGTH = 102_400;

  /** Mailboxes in one field. */
  int MAX_MAILBOXES = 5_000;

  /** A list that could be read; it may be empty. */
  record Parsed(List<Entry> entries) implements AddressList {
    /** Takes a copy of the list. */
    public Parsed {
      entries = List.copyOf(entries);
    }

    /** All mailboxes, those within groups too, in the order of the field. */
    public List<Single> mailboxes() {
      List<Single> all = new ArrayList<>();
      for (Entry entry : entries) {
        switch (entry) {
          case Single single -> all.add(single);
          case Group group -> all.addAll(group.mailboxes());
        }
      }
      return all;
    }
  }

  /**
   * A list that breaks the grammar or a limit.
   *
   * @param reason fixed text, never a part of the field
   * @param offset where, in octets from the start of the value
   */
  record Malformed(String reason, int offset) implements AddressList {}

  /** One element of the list. */
  sealed interface Entry {}

  /** One mailbox, wherever it is. */
  sealed interface Single extends Entry {
    /** The name before the address: quotes undone, encoded words left; may be empty. */
    String displayName();
  }

  /** A mailbox at a domain. */
  record Mailbox(String displayName, Address address) implements Single {}

  /**
   * A mailbox at an address literal.
   *
   * @param literal from bracket to bracket, not checked
   */
  record LiteralMailbox(String displayName, String localPart, String literal) implements Single {}

  /** A named group, which may be empty (RFC 5322 3.4, RFC 6854). */
  record Group(String name, List<Single> mailboxes) implements Entry {
    /** Takes a copy of the list. */
    public Group {
      mailboxes = List.copyOf(mailboxes);
    }
  }
}
