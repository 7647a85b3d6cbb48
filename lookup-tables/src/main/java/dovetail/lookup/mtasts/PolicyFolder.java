package dovetail.lookup.mtasts;

import dovetail.mail.Domain;
import dovetail.mail.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Policies in files, so that neither a restart nor want of memory forgets any: one file for each
 * domain, with its name, for the owner alone. A file takes the place of the one before in one step,
 * and is on the disk then. There are only so many: those that were fetched longest ago go first.
 * What cannot be read or written is told, and never more than that: without the folder policies
 * hold until the next restart. For any thread.
 */
final class PolicyFolder {
  /** More than we write: the most patterns, of the longest names, are less than a policy may be. */
  private static final int MOST_OCTETS = PolicyParser.MOST_OCTETS + 1024;

  private static final String UNFINISHED = ".new-";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final int most;
  private final Consumer<String> complaints;

  /** Whose files there are, the one that was fetched last at the end. */
  private final LinkedHashSet<Domain> files = new LinkedHashSet<>();

  /**
   * A folder, which is made when it is first needed.
   *
   * @param most no more files than that are kept
   * @param complaints is told what is wrong with it
   */
  PolicyFolder(Path folder, int most, Consumer<String> complaints) {
    this.folder = folder;
    this.most = most;
    this.complaints = complaints;
  }

  /** A file that has a policy. */
  private record Dated(Domain domain, Instant fetched) {}

  /**
   * Looks at what is there; what is over is removed.
   *
   * @return those that have a policy, the one that was fetched last first
   */
  synchronized List<Domain> open(Instant now) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Dated> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.forEach(file -> domain(file).flatMap(it -> dated(it, now)).ifPresent(found::add));
    } catch (IOException | UncheckedIOException e) {
      complaints.accept(folder + " cannot be read: " + e.getMessage());
    }
    found.sort(Comparator.comparing(Dated::fetched));
    found.forEach(each -> files.addLast(each.domain()));
    trim();
    return List.copyOf(files.reversed());
  }

  /** The domain whose file it is; one that was not finished is removed. */
  private Optional<Domain> domain(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.startsWith(UNFINISHED)) {
      delete(file);
      return Optional.empty();
    }
    Optional<Domain> domain = Domain.parse(name).filter(it -> it.ascii().equals(name));
    if (domain.isEmpty()) {
      complaints.accept(file + " is ignored: its name is no domain");
    }
    return domain;
  }

  private Optional<Dated> dated(Domain domain, Instant now) {
    Optional<HeldPolicy> held = read(file(domain));
    if (held.isPresent() && held.get().hasEnded(now)) {
      delete(file(domain));
      return Optional.empty();
    }
    return held.map(it -> new Dated(domain, it.fetched()));
  }

  /** What is kept of a domain, if it holds yet. */
  synchronized Optional<HeldPolicy> find(Domain domain, Instant now) {
    if (!files.contains(domain)) {
      return Optional.empty();
    }
    Optional<HeldPolicy> held = read(file(domain));
    if (held.isPresent() && held.get().hasEnded(now)) {
      files.remove(domain);
      delete(file(domain));
      return Optional.empty();
    }
    return held.map(it -> it.found(now)).filter(it -> !it.isOver(now));
  }

  /** Removes what is kept of a domain, if that is over. */
  void removeEnded(Domain domain, Instant now) {
    Optional<HeldPolicy> _ = find(domain, now); // a newer one may have come
  }

  private Optional<HeldPolicy> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_OCTETS) {
        throw new IOException("no file, or too long");
      }
      return Optional.of(
          PolicyFile.read(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      complaints.accept(file + " is ignored: " + e.getMessage());
    } catch (MalformedException e) {
      complaints.accept(file + " is ignored: " + e.reason());
    }
    return Optional.empty();
  }

  /** Writes a policy in place of the domain's last one. */
  void put(Domain domain, HeldPolicy held) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, OWNER_ONLY_FOLDER);
      }
      Path unfinished =
          Files.createTempFile(
              folder, UNFINISHED, "", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try {
        write(unfinished, PolicyFile.write(held));
        place(unfinished, domain);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      // Not its message, which has the name of a file that is another one each time.
      complaints.accept(
          "policies are lost at the next restart, since %s cannot be written: %s"
              .formatted(folder, e.getClass().getSimpleName()));
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private synchronized void place(Path unfinished, Domain domain) throws IOException {
    Files.move(
        unfinished,
        file(domain),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    files.addLast(domain);
    trim();
  }

  private void trim() {
    while (files.size() > most) {
      delete(file(files.removeFirst()));
    }
  }

  private Path file(Domain domain) {
    return folder.resolve(domain.ascii());
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      complaints.accept(file + " cannot be removed: " + e.getMessage());
    }
  }
}
