package dovetail.cli.opendkim;

import dovetail.cli.opendkim.Dataset.Entry;
import dovetail.mail.Domain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads with what opendkim signs, as opendkim.conf(5) has it. All faults are found at once; what is
 * right but cannot be said in our terms is left, with the reason.
 */
public final class SigningReader {
  private final KeyTable keys;
  private final boolean multiple;
  private final List<Signing.Row> rows = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<Authors> covered = new ArrayList<>();
  private final Set<String> named = new HashSet<>();

  private SigningReader(KeyTable keys, boolean multiple) {
    this.keys = keys;
    this.multiple = multiple;
  }

  /**
   * Reads the two tables.
   *
   * @param multiple whether all rows that fit sign, or the first one alone
   */
  public static Signing ofTables(String keyTable, String signingTable, boolean multiple)
      throws OpenDkimException {
    Dataset signing = Dataset.read(signingTable);
    SigningReader reader = new SigningReader(new KeyTable(Dataset.read(keyTable)), multiple);
    reader.readAll(signing);
    return reader.result();
  }

  /** Reads opendkim.conf, with the tables or the one key that it names. */
  public static Signing ofConfig(Path file) throws OpenDkimException {
    OpenDkimConfig config = OpenDkimConfig.read(file);
    Optional<String> keyTable = config.get("KeyTable");
    if (keyTable.isPresent()) {
      String signingTable =
          config
              .get("SigningTable")
              .orElseThrow(() ->
                  new OpenDkimException(
                      file + ": there is a KeyTable, but no SigningTable, so it signs nothing"));
      return ofTables(keyTable.get(), signingTable, config.flag("MultipleSignatures"));
    }
    Dataset domains = Dataset.read(required(file, config, "Domain"));
    String key = required(file, config, "KeyFile");
    String selector = required(file, config, "Selector");
    List<Entry> keys = new ArrayList<>();
    List<Entry> signing = new ArrayList<>();
    for (Entry domain : domains.entries()) {
      String name = domain.key().toLowerCase(Locale.ROOT);
      keys.add(new Entry(domain.place(), name, name + ":" + selector + ":" + path(key)));
      signing.add(new Entry(domain.place(), name, name));
      if (config.flag("SubDomains")) {
        signing.add(new Entry(domain.place(), "." + name, name));
      }
    }
    SigningReader reader = new SigningReader(new KeyTable(new Dataset(false, keys)), false);
    reader.readAll(new Dataset(false, signing));
    return reader.result();
  }

  /** Any path may stand there, while in a key table it has to be told from a key. */
  private static String path(String file) {
    return file.startsWith("/") ? file : "./" + file;
  }

  private static String required(Path file, OpenDkimConfig config, String name)
      throws OpenDkimException {
    return config
        .get(name)
        .orElseThrow(() ->
            new OpenDkimException(
                file + ": there is neither a KeyTable nor " + name + ", so it signs nothing"));
  }

  private Signing result() throws OpenDkimException {
    if (!problems.isEmpty()) {
      throw new OpenDkimException(problems);
    }
    for (String name : keys.names()) {
      if (!named.contains(name)) {
        left.add("the key " + name + ": nothing is signed with it");
      }
    }
    return new Signing(keys.used(), rows, left, notes);
  }

  private void readAll(Dataset signing) {
    for (Entry entry : signing.entries()) {
      read(entry, signing.patterns());
    }
  }

  private void read(Entry entry, boolean pattern) {
    String[] value = entry.value().split(":", 2);
    String name = value[0].strip();
    named.add(name);
    if (name.isEmpty() || !keys.has(name)) {
      problems.add(
          entry.place() + ": expected the name of a key, found '" + name + "', which is none");
      return;
    }
    if (value.length > 1) {
      notes.add(
          entry.place() + ": without the identity (i=) " + value[1] + ": see milter.identity");
    }
    Optional<Authors> authors = Authors.read(entry.key().toLowerCase(Locale.ROOT), pattern);
    if (authors.isEmpty()) {
      left.add(
          "%s: '%s' is not all of a domain, and we sign by the author's domain"
              .formatted(entry.place(), entry.key()));
      return;
    }
    if (!multiple && covered.stream().anyMatch(other -> shadows(other, authors.get(), pattern))) {
      left.add(
          "%s: a row before it counts, since MultipleSignatures is off".formatted(entry.place()));
      return;
    }
    covered.add(authors.get());
    try {
      take(entry, name, authors.get());
    } catch (OpenDkimException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static boolean shadows(Authors before, Authors authors, boolean pattern) {
    return pattern ? authors.within(before) : authors.equals(before);
  }

  private void take(Entry entry, String name, Authors authors) throws OpenDkimException {
    Optional<Domain> author =
        authors instanceof Authors.Of(Domain domain) ? Optional.of(domain) : Optional.empty();
    if (author.isEmpty() && keys.isForAuthor(name)) {
      left.add(
          "%s: the key %s signs for whatever domain the author is of: import it by a row for each"
              .formatted(entry.place(), name));
      return;
    }
    Signing.Key key = keys.key(name, author);
    boolean own = author.filter(key.key().domain()::equals).isPresent();
    if (multiple && author.isEmpty()) {
      notes.add(
          "%s: signs beside more special rows there, and only where there is none here"
              .formatted(entry.place()));
    }
    rows.add(new Signing.Row(entry.place(), authors.toString(), key, own));
  }
}
