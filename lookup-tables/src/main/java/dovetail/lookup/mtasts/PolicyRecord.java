package dovetail.lookup.mtasts;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.mail.MalformedException;
import java.util.List;
import java.util.Optional;

/** What the DNS says of a domain's policy (RFC 8461 3.1). */
sealed interface PolicyRecord {
  /** The label of the record, below the domain. */
  String LABEL = "_mta-sts";

  /**
   * There is a policy.
   *
   * @param id changes with it; letters and digits, 1 to 32
   */
  record Published(String id) implements PolicyRecord {}

  /** There is none. */
  record Absent() implements PolicyRecord {}

  /**
   * There is something that is no record, or more than one: as good as none.
   *
   * @param why in fixed words
   */
  record Invalid(String why) implements PolicyRecord {}

  /** Nobody knows. */
  record Unknown(Failure failure) implements PolicyRecord {}

  /** Reads the TXT records at the label. */
  static PolicyRecord of(Answer<String> answer) {
    return switch (answer) {
      case Answer.Records<String>(List<String> texts, boolean _) -> of(texts);
      case Answer.NoData<String>(), Answer.NoSuchName<String>() -> new Absent();
      case Answer.Failed<String>(Failure failure) -> new Unknown(failure);
    };
  }

  private static PolicyRecord of(List<String> texts) {
    // RFC 8461 3.1: other records are none of ours, and of ours there must be one.
    List<String> ours = texts.stream().filter(RecordText::isOurs).toList();
    if (ours.isEmpty()) {
      return new Absent();
    }
    if (ours.size() > 1) {
      return new Invalid("more than one record");
    }
    try {
      return new Published(new RecordText(ours.getFirst()).id());
    } catch (MalformedException e) {
      return new Invalid(e.reason());
    }
  }

  /** One walk over a record that begins with its version. */
  final class RecordText {
    private static final String VERSION = "v=STSv1";
    private static final int MOST_ID = 32;

    private final String text;
    private int at;

    private RecordText(String text) {
      this.text = text;
    }

    private static boolean isOurs(String text) {
      RecordText record = new RecordText(text);
      record.at = VERSION.length();
      return text.startsWith(VERSION) && record.isDelimiter();
    }

    private String id() throws MalformedException {
      at = VERSION.length();
      Optional<String> id = Optional.empty();
      while (isDelimiter() && at < text.length()) {
        String name = name();
        String value = value();
        if (name.equals("id")) {
          if (id.isPresent()) {
            throw new MalformedException("two ids", at);
          }
          id = Optional.of(value).filter(RecordText::isId);
          if (id.isEmpty()) {
            throw new MalformedException("an id that is none", at);
          }
        }
      }
      if (at < text.length()) {
        throw new MalformedException("something between the fields", at);
      }
      return id.orElseThrow(() -> new MalformedException("no id", at));
    }

    /** Passes {@code *WSP ";" *WSP}. */
    private boolean isDelimiter() {
      skipSpace();
      if (at == text.length() || text.charAt(at) != ';') {
        return false;
      }
      at++;
      skipSpace();
      return true;
    }

    private void skipSpace() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }

    private String name() throws MalformedException {
      int start = at;
      while (at < text.length() && text.charAt(at) != '=') {
        at++;
      }
      String name = text.substring(start, at);
      if (at == text.length() || !PolicyParser.isExtensionName(name)) {
        throw new MalformedException("a field without a name", start);
      }
      at++;
      return name;
    }

    /** {@code %x21-3A / %x3C / %x3E-7E}: neither space nor semicolon nor equals sign. */
    private String value() throws MalformedException {
      int start = at;
      while (at < text.length() && isValue(text.charAt(at))) {
        at++;
      }
      if (at == start) {
        throw new MalformedException("a field without a value", at);
      }
      return text.substring(start, at);
    }

    private static boolean isValue(char c) {
      return c > ' ' && c < 0x7F && c != ';' && c != '=';
    }

    private static boolean isId(String value) {
      return value.length() <= MOST_ID && value.chars().allMatch(PolicyParser::isLetterOrDigit);
    }
  }
}
