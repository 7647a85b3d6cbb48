package dovetail.milter.source;

import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import dovetail.dkim.SigningKey;
import dovetail.mail.Domain;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Reads {@code <domain>/<selector>.pem} below a folder, and checks it together with the signing
 * table. Everything that is wrong is found at once, and nothing is used unless all is right.
 */
public final class KeyFolder {
  private static final String SUFFIX = ".pem";

  private final Path folder;
  private final SequencedMap<Domain, List<SigningKey>> keys =
      new TreeMap<>(Comparator.comparing(Domain::ascii));
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * What was found.
   *
   * @param table the keys, ready to sign
   * @param keys the same, by signing domain
   * @param warnings what works but should be mended
   */
  public record Loaded(
      SigningTable table, SequencedMap<Domain, List<SigningKey>> keys, List<String> warnings) {
    /** No keys at all. */
    public static final Loaded NONE =
        new Loaded(
            SigningTable.of(Collections.emptyNavigableMap(), List.of()),
            Collections.emptyNavigableMap(),
            List.of());
  }

  /** Keys that cannot be used, with all that is wrong, a line each. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(List<String> problems) {
      super(String.join("\n", problems));
    }
  }

  private KeyFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads all keys of a folder.
   *
   * @param folder need not exist, which is the same as empty
   * @param rows the signing table
   * @throws UnusableException if a key cannot be read or is unsafe, or a row names one that is not
   *     there
   */
  public static Loaded load(Path folder, List<SigningRow> rows) throws UnusableException {
    KeyFolder reader = new KeyFolder(folder);
    reader.readAll();
    rows.forEach(reader::check);
    if (reader.keys.isEmpty()) {
      reader.warnings.add(folder + ": there is no key in it, so nothing will be signed");
    }
    if (!reader.problems.isEmpty()) {
      throw new UnusableException(reader.problems);
    }
    return new Loaded(SigningTable.of(reader.keys, rows), reader.keys, reader.warnings);
  }

  private void readAll() {
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        readDomain(entry);
      } else {
        problems.add(entry + ": expected a folder named by a domain, with <selector>.pem in it");
      }
    }
  }

  private void readDomain(Path entry) {
    Optional<Domain> domain = Domain.parse(name(entry));
    if (domain.isEmpty()) {
      problems.add(entry + ": the folder's name is no domain");
      return;
    }
    List<SigningKey> found = new ArrayList<>();
    for (Path file : entries(entry)) {
      if (name(file).endsWith(SUFFIX)) {
        readKey(domain.get(), file).ifPresent(found::add);
      }
    }
    // RSA first, which every verifier knows; then by name.
    found.sort(Comparator.comparing(key -> key.key().algorithm()));
    if (!found.isEmpty() && keys.putIfAbsent(domain.get(), List.copyOf(found)) != null) {
      problems.add(entry + ": a second folder for " + domain.get());
    }
  }

  private Optional<SigningKey> readKey(Domain domain, Path file) {
    String selector = name(file).substring(0, name(file).length() - SUFFIX.length());
    try {
      DkimKey key = DkimKey.read(file);
      key.warnings().forEach(warning -> warnings.add(file + ": " + warning));
      return Optional.of(new SigningKey(domain, selector, key));
    } catch (DkimKeyException e) {
      problems.add(String.valueOf(e.getMessage())); // which names the file
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      problems.add(file + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** All entries but hidden ones, by name; a folder that is not there has none. */
  private List<Path> entries(Path parent) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
      for (Path entry : stream) {
        if (!name(entry).startsWith(".")) {
          entries.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (NotDirectoryException e) {
      problems.add(parent + ": not a folder");
    } catch (AccessDeniedException e) {
      problems.add(parent + ": cannot be read: permission denied");
    } catch (IOException e) {
      problems.add(parent + ": cannot be read: " + e.getMessage());
    }
    entries.sort(null);
    return entries;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private void check(SigningRow row) {
    List<SigningKey> found = keys.getOrDefault(row.domain(), List.of());
    if (found.isEmpty()) {
      complain(
          row,
          "there is no key for " + row.domain() + " in " + folder.resolve(row.domain().ascii()));
      return;
    }
    for (String selector : row.selectors()) {
      if (SigningTable.select(found, List.of(selector)).isEmpty()) {
        complain(row, row.domain() + " has no key with the selector '" + selector + "'");
      }
    }
  }

  private void complain(SigningRow row, String what) {
    problems.add(row.origin().error(what).getMessage());
  }
}
