package dovetail.dmarc;

import dovetail.dmarc.DmarcRecord.Note;
import dovetail.mail.MalformedException;
import dovetail.tag.Tag;
import dovetail.tag.TagList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads one record tag by tag, each as a list of its own: an error in one must not void the others
 * (RFC 9989 4.8), as it would in a list of DKIM. Names and fixed values may have any case (RFC 9989
 * 4.8: they are strings of ABNF), but for the value of v=.
 */
final class RecordParser {
  /** The tags that ask for something. */
  static final Set<String> POLICIES = Set.of("p", "sp", "np");

  /** Places for reports that are kept of one tag. */
  static final int MAX_URIS = 20;

  private static final String VERSION = "DMARC1";
  private static final Set<String> KNOWN =
      Set.of("v", "p", "sp", "np", "adkim", "aspf", "psd", "t", "rua", "ruf", "fo");
  private static final Set<String> OBSOLETE = Set.of("pct", "rf", "ri");

  /** The values of known tags; empty, and so never valid, for those that are there twice. */
  private final Map<String, String> values = new HashMap<>();

  private final Set<Note> notes = new LinkedHashSet<>();

  private RecordParser() {}

  static Optional<DmarcRecord> parse(String text) {
    int end = text.indexOf(';');
    if (!isVersion(end < 0 ? text : text.substring(0, end))) {
      return Optional.empty();
    }
    RecordParser parser = new RecordParser();
    parser.readTags(text, end < 0 ? text.length() : end + 1);
    return Optional.of(parser.record(text));
  }

  /** RFC 9989 4.7: v=DMARC1 comes first, and in just these letters, or all is ignored. */
  private static boolean isVersion(String text) {
    return tag(text)
        .filter(tag -> tag.name().equalsIgnoreCase("v") && tag.value().equals(VERSION))
        .isPresent();
  }

  private static Optional<Tag> tag(String text) {
    try {
      return Optional.of(TagList.parse(text).tags().getFirst());
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private void readTags(String text, int start) {
    int count = 0;
    for (int at = start; at < text.length(); count++) {
      int semicolon = text.indexOf(';', at);
      int end = semicolon < 0 ? text.length() : semicolon;
      if (count == TagList.MAX_TAGS || text.length() > DmarcRecord.MAX_LENGTH) {
        values.clear();
        notes.add(new Note(Note.Kind.OVERSIZED, ""));
        return;
      }
      String part = text.substring(at, end);
      boolean last = semicolon < 0;
      if (!last || !TagList.withoutSpace(part).isEmpty()) {
        tag(part).ifPresentOrElse(this::add, () -> notes.add(new Note(Note.Kind.MALFORMED, "")));
      }
      at = end + 1;
    }
  }

  private void add(Tag tag) {
    String name = tag.name().toLowerCase(Locale.ROOT);
    if (OBSOLETE.contains(name)) {
      notes.add(new Note(Note.Kind.OBSOLETE, name));
    } else if (!KNOWN.contains(name)) {
      notes.add(new Note(Note.Kind.UNKNOWN, "")); // RFC 9989 4.7: ignored
    } else if (name.equals("v") || values.containsKey(name)) {
      values.put(name, "");
      notes.add(new Note(Note.Kind.REPEATED, name));
    } else {
      values.put(name, tag.value());
    }
  }

  private DmarcRecord record(String text) {
    DmarcRecord.Modes modes =
        new DmarcRecord.Modes(
            read("adkim", AlignmentMode::of).orElse(AlignmentMode.RELAXED),
            read("aspf", AlignmentMode::of).orElse(AlignmentMode.RELAXED));
    PublicSuffix suffix = read("psd", PublicSuffix::of).orElse(PublicSuffix.UNDECLARED);
    boolean testing = read("t", RecordParser::yesOrNo).orElse(false);
    Optional<DmarcRecord.Policies> policies = policies();
    DmarcRecord.Reporting reporting = reporting();
    return new DmarcRecord(text, policies, modes, suffix, testing, reporting, List.copyOf(notes));
  }

  /** The value of a tag, if it is there and valid. */
  private <T> Optional<T> read(String name, Function<String, Optional<T>> reader) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    Optional<T> meaning = value.flatMap(reader);
    if (value.isPresent() && meaning.isEmpty()) {
      noteInvalid(name);
    }
    return meaning;
  }

  private void noteInvalid(String name) {
    if (!notes.contains(new Note(Note.Kind.REPEATED, name))) {
      notes.add(new Note(Note.Kind.INVALID, name));
    }
  }

  private static Optional<Boolean> yesOrNo(String letter) {
    return switch (letter.toLowerCase(Locale.ROOT)) {
      case "y" -> Optional.of(true);
      case "n" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** RFC 9989 4.10.1: one that is not valid voids them all. */
  private Optional<DmarcRecord.Policies> policies() {
    Optional<Policy> domain = read("p", Policy::of);
    Optional<Policy> subdomains = read("sp", Policy::of);
    Optional<Policy> nonexistent = read("np", Policy::of);
    boolean valid =
        subdomains.isPresent() == values.containsKey("sp")
            && nonexistent.isPresent() == values.containsKey("np");
    return domain
        .filter(_ -> valid)
        .map(policy -> new DmarcRecord.Policies(policy, subdomains, nonexistent));
  }

  private DmarcRecord.Reporting reporting() {
    List<ReportUri> aggregate = uris("rua");
    List<ReportUri> failure = uris("ruf");
    Optional<List<FailureOption>> options = read("fo", FailureOption::listed);
    return new DmarcRecord.Reporting(
        aggregate,
        failure,
        options
            .filter(_ -> values.containsKey("ruf")) // RFC 9989 4.7: fo is ignored without ruf
            .orElse(List.of(FailureOption.ALL)));
  }

  private List<ReportUri> uris(String name) {
    if (!values.containsKey(name)) {
      return List.of();
    }
    List<ReportUri> uris = new ArrayList<>();
    for (String part : values.getOrDefault(name, "").split(",", -1)) {
      String item = part.strip();
      if (uris.size() == MAX_URIS) {
        notes.add(new Note(Note.Kind.OVERSIZED, name));
        break;
      }
      if (ReportUri.hasSize(item)) {
        notes.add(new Note(Note.Kind.OBSOLETE, name)); // RFC 9989 4.8
      }
      ReportUri.parse(item).ifPresentOrElse(uris::add, () -> noteInvalid(name));
    }
    return uris;
  }
}
