package dovetail.mail;

import dovetail.mail.FieldCursor.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads one address list in one pass (RFC 5322 3.4, 4.4), and notes what readers may differ on. */
final class AddressParser {
  private final FieldCursor cursor;
  private final int length;
  private final AddressOddities oddities = new AddressOddities();
  private int mailboxes;
  private boolean spaceAfterDomain;

  AddressParser(byte[] value) {
    this.cursor = new FieldCursor(value);
    this.length = value.length;
  }

  static byte[] valueOf(HeaderField field) {
    byte[] raw = field.raw();
    return Arrays.copyOfRange(raw, field.colon() + 1, raw.length);
  }

  /** What was met on the way; complete only after {@link #parse}. */
  AddressOddities oddities() {
    return oddities;
  }

  /** How many steps reading took. */
  int steps() {
    return cursor.steps();
  }

  AddressList parse() {
    try {
      if (length > AddressList.MAX_LENGTH) {
        throw cursor.malformed("field too long");
      }
      return new AddressList.Parsed(list());
    } catch (MalformedException e) {
      return new AddressList.Malformed(e.reason(), Math.toIntExact(e.offset()));
    }
  }

  private List<AddressList.Entry> list() throws MalformedException {
    List<AddressList.Entry> entries = new ArrayList<>();
    while (nextElement()) {
      List<Word> words = words();
      if (cursor.peek() == ':' && !words.isEmpty()) {
        oddities.phrase(words);
        entries.add(group(Word.phrase(words)));
      } else {
        entries.add(mailbox(words));
      }
      endOfElement();
    }
    return entries;
  }

  /** Skips to the next element; the list may hold empty ones (RFC 5322 4.4 obs-addr-list). */
  private boolean nextElement() throws MalformedException {
    cursor.skipCfws(oddities);
    while (cursor.skip(',')) {
      cursor.skipCfws(oddities);
    }
    return cursor.peek() != FieldCursor.END;
  }

  private void endOfElement() throws MalformedException {
    cursor.skipCfws(oddities);
    int c = cursor.peek();
    if (c != ',' && c != ';' && c != FieldCursor.END) {
      throw cursor.malformed("text after an address");
    }
    if (c == ';') {
      throw cursor.malformed("semicolon outside a group");
    }
  }

  private AddressList.Group group(String name) throws MalformedException {
    cursor.advance();
    List<AddressList.Single> members = new ArrayList<>();
    while (nextElement() && cursor.peek() != ';') {
      members.add(mailbox(words()));
      cursor.skipCfws(oddities);
      int c = cursor.peek();
      if (c != ',' && c != ';' && c != FieldCursor.END) {
        throw cursor.malformed("text after an address of a group");
      }
    }
    cursor.expect(';', "unterminated group");
    return new AddressList.Group(name, members);
  }

  /** The words and dots before a special character: a name or a local part, not yet known which. */
  private List<Word> words() throws MalformedException {
    List<Word> words = new ArrayList<>();
    while (true) {
      boolean spaced = cursor.skipCfws(oddities);
      int c = cursor.peek();
      if (c == '"') {
        Quoted quoted = cursor.quotedString();
        words.add(new Word(quoted.text(), Word.Kind.QUOTED, quoted.pairs(), spaced));
      } else if (cursor.skip('.')) {
        words.add(new Word(new byte[] {'.'}, Word.Kind.DOT, false, spaced));
      } else if (c != FieldCursor.END && Atoms.isAtext(c)) {
        words.add(new Word(cursor.atom(), Word.Kind.ATOM, false, spaced));
      } else {
        if (spaced && c == '@') {
          oddities.spaceInAddress();
        }
        return words;
      }
    }
  }

  private AddressList.Single mailbox(List<Word> words) throws MalformedException {
    if (++mailboxes > AddressList.MAX_MAILBOXES) {
      throw cursor.malformed("too many mailboxes");
    }
    return switch (cursor.peek()) {
      case '@' -> address("", words);
      case '<' -> angleAddress(words);
      case FieldCursor.END, ',', ';' -> throw cursor.malformed("no domain");
      default -> throw cursor.malformed("character that must be quoted");
    };
  }

  private AddressList.Single angleAddress(List<Word> name) throws MalformedException {
    oddities.phrase(name);
    cursor.advance();
    if (cursor.skipCfws(oddities)) {
      oddities.spaceInAddress();
    }
    if (cursor.peek() == '@') {
      route();
    }
    List<Word> localPart = words();
    if (cursor.peek() != '@') {
      throw cursor.malformed("no domain");
    }
    AddressList.Single mailbox = address(Word.phrase(name), localPart);
    if (spaceAfterDomain) {
      oddities.spaceInAddress();
    }
    cursor.expect('>', "unterminated angle bracket");
    return mailbox;
  }

  /** Skips {@code @relay,@relay:} (RFC 5322 4.4 obs-route). */
  private void route() throws MalformedException {
    oddities.route();
    while (cursor.peek() == '@' || cursor.peek() == ',') {
      if (cursor.skip('@')) {
        domain();
      } else {
        cursor.advance();
      }
      cursor.skipCfws(oddities);
    }
    cursor.expect(':', "unterminated source route");
    cursor.skipCfws(oddities);
  }

  private AddressList.Single address(String name, List<Word> words) throws MalformedException {
    String localPart = localPart(words);
    cursor.advance();
    if (cursor.skipCfws(oddities)) {
      oddities.spaceInAddress();
    }
    if (cursor.peek() == '[') {
      String literal = cursor.domainLiteral();
      spaceAfterDomain = cursor.skipCfws(oddities);
      return new AddressList.LiteralMailbox(name, localPart, literal);
    }
    MalformedException otherwise = cursor.malformed("not a domain");
    String spelling = domain();
    Address address = Address.of(localPart, spelling).orElseThrow(() -> otherwise);
    oddities.address(address, spelling);
    return new AddressList.Mailbox(name, address);
  }

  private String localPart(List<Word> words) throws MalformedException {
    boolean afterWord = false;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      if (afterWord && word.kind() != Word.Kind.DOT) {
        throw cursor.malformed("two words before an at sign");
      }
      afterWord = word.kind() != Word.Kind.DOT;
      if (word.spaced() && i > 0) {
        oddities.spaceInAddress();
      }
    }
    if (words.isEmpty()) {
      throw cursor.malformed("no local part");
    }
    oddities.localPart(words);
    Optional<String> text = Utf8.strict(Word.joined(words));
    MalformedException otherwise = cursor.malformed("not a local part");
    return text.filter(Address::isLocalPart).orElseThrow(() -> otherwise);
  }

  /** The spelling of a domain, without the white space and comments that may surround its dots. */
  private String domain() throws MalformedException {
    StringBuilder name = new StringBuilder();
    while (true) {
      MalformedException otherwise = cursor.malformed("domain that is not UTF-8");
      name.append(Utf8.strict(cursor.atom()).orElseThrow(() -> otherwise));
      spaceAfterDomain = cursor.skipCfws(oddities);
      if (!cursor.skip('.')) {
        return finished(name);
      }
      name.append('.');
      if (spaceAfterDomain || cursor.skipCfws(oddities)) {
        oddities.spaceInAddress();
        cursor.skipCfws(oddities);
      }
    }
  }

  private String finished(StringBuilder name) throws MalformedException {
    if (name.isEmpty()) {
      throw cursor.malformed("no domain");
    }
    if (name.charAt(name.length() - 1) == '.') {
      throw cursor.malformed("domain that ends in a dot");
    }
    return name.toString();
  }
}
