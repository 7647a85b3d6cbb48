package dovetail.milter;

import dovetail.config.ConfigException;
import dovetail.config.Key;
import dovetail.config.Position;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.milter.DmarcConfig.OnUnknown;
import dovetail.milter.filter.ArchivePolicy;
import dovetail.milter.source.ArchiveKey;
import dovetail.milter.source.ArchiveRow;
import dovetail.milter.source.ArchiveTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of the section {@code [milter.archive]}. */
public final class ArchiveConfig {
  static final Key<List<ArchiveRow>> COPY =
      Key.tables(
          "copy",
          ArchiveRow::read,
          "Whose mail is copied, and where to: domain (a domain, or \"*.\" and a domain for all below"
              + " it), to (the archive's address). Mail that its users send and mail that they get;"
              + " domains of the database have theirs by \"dovetail domain set --archive\".");

  static final Key<Optional<Path>> SECRET_FILE =
      Key.path(
              "secret_file",
              "/etc/dovetail/archive.secret",
              "The secret by which a message that was copied is known when it comes again; hosts that"
                  + " hand mail to each other share it. Another one at each start, if not set.")
          .optional();

  static final Key<OnUnknown> ON_UNKNOWN =
      Key.choice(
          "on_unknown",
          OnUnknown.class,
          OnUnknown.ACCEPT,
          "What becomes of mail of which a copy may be due that cannot be had: the database has not"
              + " answered since the start, the MTA lets nobody add recipients, or an address of the"
              + " envelope cannot be read.");

  /** The whole section. */
  public static final Section SECTION =
      Section.of(
          "milter.archive",
          "Copies of all mail of a domain for its archive.",
          List.of(COPY, SECRET_FILE, ON_UNKNOWN));

  /**
   * What was read of it.
   *
   * @param table the rows
   * @param key the secret, if there is one
   */
  public record Loaded(ArchiveTable table, Optional<ArchiveKey> key) {
    /** No archive. */
    public static final Loaded NONE = new Loaded(ArchiveTable.EMPTY, Optional.empty());
  }

  /** A secret that cannot be used; the message says why. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(Position position, IOException cause) {
      super(position + ": 'milter.archive.secret_file': " + cause.getMessage(), cause);
    }
  }

  private ArchiveConfig() {}

  static ArchivePolicy policy(Settings settings) {
    return new ArchivePolicy(settings.get(ON_UNKNOWN) == OnUnknown.DEFER);
  }

  /**
   * Reads the rows and the secret.
   *
   * @throws ConfigException if two rows are for the same domains
   * @throws UnusableException if the secret cannot be read, or anybody could read it
   */
  public static Loaded load(Settings settings) throws ConfigException, UnusableException {
    ArchiveTable table = ArchiveTable.of(settings.get(COPY));
    Optional<Path> file = settings.get(SECRET_FILE);
    Optional<Position> position = settings.position(SECRET_FILE);
    if (!settings.get(MilterConfig.ENABLED) || file.isEmpty() || position.isEmpty()) {
      return new Loaded(table, Optional.empty());
    }
    try {
      return new Loaded(table, Optional.of(ArchiveKey.read(file.get())));
    } catch (IOException e) {
      throw new UnusableException(position.get(), e);
    }
  }
}
