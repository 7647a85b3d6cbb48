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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Policies in files, so that a restart forgets none: one file for each domain, with its name, for
 * the owner alone. A file takes the place of the one before in one step, and is on the disk then.
 * What cannot be read or written is told, and never more than that: without the folder policies
 * hold until the next restart.
 */
final class PolicyFolder {
  /** Beyond what a file of ours has before the policy. */
  private static final int MOST_OCTETS = PolicyParser.MOST_OCTETS + 1024;

  private static final String UNFINISHED = ".new-";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final Consumer<String> complaints;

  /**
   * A folder, which is made when it is first needed.
   *
   * @param complaints is told what is wrong with it
   */
  PolicyFolder(Path folder, Consumer<String> complaints) {
    this.folder = folder;
    this.complaints = complaints;
  }

  /**
   * All policies that hold yet; what is over is removed.
   *
   * @param most no more are read
   */
  Map<Domain, HeldPolicy> load(Instant now, int most) {
    Map<Domain, HeldPolicy> all =
        new TreeMap<>((one, other) -> one.ascii().compareTo(other.ascii()));
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .sorted()
          .limit(most)
          .forEach(file ->
              domain(file)
                  .ifPresent(domain -> read(file, now).ifPresent(held -> all.put(domain, held))));
    } catch (IOException | UncheckedIOException e) {
      complaints.accept(folder + " cannot be read: " + e.getMessage());
    }
    return all;
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

  private Optional<HeldPolicy> read(Path file, Instant now) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_OCTETS) {
        throw new IOException("no file, or too long");
      }
      HeldPolicy held =
          PolicyFile.read(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      if (held.isOver(now)) {
        delete(file);
        return Optional.empty();
      }
      if (held.fetched().isAfter(now)) { // a clock that was wrong: it would hold too long
        return Optional.of(new HeldPolicy(held.id(), now, held.policy()));
      }
      return Optional.of(held);
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
        Files.move(
            unfinished,
            folder.resolve(domain.ascii()),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
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

  /** Forgets a domain's policy. */
  void remove(Domain domain) {
    delete(folder.resolve(domain.ascii()));
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      complaints.accept(file + " cannot be removed: " + e.getMessage());
    }
  }
}
