package dovetail.ledger;

import dovetail.ledger.BatchFile.DamagedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A folder in which entries wait for the database. Those that come in go into one file, written
 * anew with each of them that differs, until that is large or is taken out. For any thread.
 */
final class Spool implements AutoCloseable {
  /** Entries of a file. */
  static final int MAX_ENTRIES = 1000;

  /** Characters of a file, since it is built in memory. */
  private static final long MAX_CHARACTERS = 1024 * 1024;

  /** Files that may wait: about 1 GB. */
  static final int MAX_FILES = 1000;

  private static final String WAITING = ".batch";
  private static final String GROWING = ".growing";
  private static final String DAMAGED = ".damaged";

  private final Path folder;
  private final FileChannel lock;
  private final Names names;
  private SequencedMap<Entry, Entry> growing = new LinkedHashMap<>();
  private String id;
  private long characters;

  /** What names of batches are made of. */
  record Names(InstantSource clock, RandomGenerator random) {}

  private Spool(Path folder, FileChannel lock, Names names) {
    this.folder = folder;
    this.lock = lock;
    this.names = names;
    this.id = newId();
  }

  /**
   * Opens the folder, which is made if need be.
   *
   * @throws IOException if it cannot be used, or another process uses it
   */
  static Spool open(Path folder, Names names) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock mine = lock.tryLock();
      if (mine == null) {
        throw new IOException("another process uses it");
      }
      try (Stream<Path> all = Files.list(folder)) {
        for (Path half : all.filter(file -> file.toString().endsWith(BatchFile.HALF)).toList()) {
          Files.delete(half); // left by a crash; what was in it stands in the file beside it
        }
      }
      Spool spool = new Spool(folder, lock, names);
      for (Path left : spool.files(GROWING)) {
        Files.move(left, spool.named(left, WAITING), StandardCopyOption.ATOMIC_MOVE);
      }
      return spool;
    } catch (IOException e) {
      lock.close();
      throw e;
    } catch (OverlappingFileLockException e) {
      lock.close();
      throw new IOException("this process uses it already", e);
    }
  }

  /** Sorts by time; what the clock does wrong costs the order only. */
  private String newId() {
    return "%012x-%016x".formatted(names.clock().millis(), names.random().nextLong());
  }

  /**
   * Takes entries; once it returns they outlive this process.
   *
   * @return whether there was room for them
   * @throws IOException if they could not be written; none was taken
   */
  synchronized boolean add(List<Entry> entries) throws IOException {
    long more = entries.stream().mapToLong(Entry::characters).sum();
    boolean full =
        growing.size() + entries.size() > MAX_ENTRIES || characters + more > MAX_CHARACTERS;
    if (full && !growing.isEmpty()) {
      release();
    }
    if (growing.isEmpty() && files(WAITING).size() >= MAX_FILES) {
      return false;
    }
    SequencedMap<Entry, Entry> all = new LinkedHashMap<>(growing);
    entries.forEach(entry -> all.merge(entry.one(), entry, Entry::plus));
    BatchFile.write(file(GROWING), new Batch(id, List.copyOf(all.values())));
    growing = all;
    characters += more;
    return true;
  }

  /** Lets go of the file that grows. */
  private void release() throws IOException {
    Files.move(file(GROWING), file(WAITING), StandardCopyOption.ATOMIC_MOVE);
    growing = new LinkedHashMap<>();
    characters = 0;
    id = newId();
  }

  private Path file(String ending) {
    return folder.resolve(id + ending);
  }

  private Path named(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return folder.resolve(name.substring(0, name.lastIndexOf('.')) + ending);
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** The oldest file that waits, and will not grow any more. */
  synchronized Optional<Path> oldest() throws IOException {
    if (files(WAITING).isEmpty() && !growing.isEmpty()) {
      release();
    }
    List<Path> waiting = files(WAITING);
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.getFirst());
  }

  /**
   * Reads a file that waits.
   *
   * @throws DamagedException if it cannot be; it is put aside
   */
  Batch read(Path file) throws IOException, DamagedException {
    try {
      return BatchFile.read(file);
    } catch (DamagedException e) {
      Files.move(file, named(file, DAMAGED), StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
  }

  /** How many files wait. */
  synchronized int waiting() throws IOException {
    return files(WAITING).size() + (growing.isEmpty() ? 0 : 1);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
