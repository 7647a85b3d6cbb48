package dovetail.cli;

import dovetail.directory.edit.RefusedException;
import dovetail.serve.StateOwner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail database dump} and {@code restore}. */
final class DatabaseCopyCommands {
  private static final String STANDARD = "-";
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private DatabaseCopyCommands() {}

  /** {@code dovetail database dump}. */
  @Command(
      name = "dump",
      description = {
        "Writes all that is kept in the database, as it is at one moment, for \"restore\".",
        "Private keys, relay passwords and secrets of one-time passwords stay encrypted: keep"
            + " database.key_file, too, and elsewhere."
      })
  static final class Dump implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(
        paramLabel = "FILE",
        description = "Where to; \"-\" for standard output. One that is there is replaced.")
    String file = "";

    @Override
    public Integer call() throws Exception {
      if (file.equals(STANDARD)) {
        try {
          return dump(this::print);
        } catch (IOException e) {
          throw new FailureException(Exit.NO, "the copy is not whole: " + e.getMessage(), e);
        }
      }
      Path target = Path.of(file);
      boolean special = Files.exists(target) && !Files.isRegularFile(target);
      try {
        return special || StateOwner.isNeeded(config.loadWithoutKeys())
            ? dumpInto(target)
            : dumpBeside(target);
      } catch (IOException e) {
        throw new FailureException(Exit.NO, "cannot write " + file + ": " + e, e);
      }
    }

    /** A file that is there stays as it is until the new one is whole. */
    private int dumpBeside(Path target) throws Exception {
      Path folder = Optional.ofNullable(target.toAbsolutePath().getParent()).orElse(target);
      Path beside =
          Files.createTempFile(
              folder, ".dovetail", ".dump", PosixFilePermissions.asFileAttribute(OWNER));
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        return dump(part -> {
          replace(channel, part);
          Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        });
      } finally {
        Files.deleteIfExists(beside);
      }
    }

    /** Opened now, as long as we are who was called: later we may not make files there. */
    private int dumpInto(Path target) throws Exception {
      boolean fresh = Files.notExists(target);
      boolean whole = false;
      try (FileChannel channel =
          FileChannel.open(
              target,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(OWNER))) {
        if (Files.isRegularFile(target)) {
          Files.setPosixFilePermissions(target, OWNER); // for hashes of passwords
        }
        int status =
            dump(part -> {
              requireRoom(target, Files.size(part));
              replace(channel, part);
            });
        whole = true;
        return status;
      } finally {
        if (fresh && !whole) {
          Files.deleteIfExists(target);
        }
      }
    }

    /** Lest the copy that is there be lost for one that is not whole. */
    private static void requireRoom(Path target, long size) throws IOException {
      if (Files.isRegularFile(target)
          && Files.getFileStore(target).getUsableSpace() + Files.size(target) < size) {
        throw new IOException("there is no room for " + size + " bytes");
      }
    }

    /** Takes a file that is whole. */
    private interface Taker {
      void take(Path part) throws IOException;
    }

    private int dump(Taker taker) throws Exception {
      try (BackupFile.Writer writer = new BackupFile.Writer()) {
        long rows = new StoreAccess(config).with(store -> store.backup().dump(writer));
        Path part = writer.end(rows);
        taker.take(part);
        spec.commandLine().getErr().println(rows + (rows == 1 ? " row" : " rows"));
        return Exit.GOOD.status();
      } catch (UncheckedIOException e) {
        throw new FailureException(
            Exit.NO,
            "the copy cannot be made in "
                + System.getProperty("java.io.tmpdir")
                + ": "
                + e.getCause(),
            e);
      }
    }

    private void print(Path part) throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      try (BufferedReader lines = Files.newBufferedReader(part)) {
        lines.transferTo(out);
      }
      if (out.checkError()) {
        throw new IOException("standard output takes no more");
      }
    }

    private static void replace(FileChannel target, Path part) throws IOException {
      try (FileChannel source = FileChannel.open(part)) {
        if (target.size() > 0) {
          target.truncate(0);
        }
        long at = 0;
        while (at < source.size()) {
          at += source.transferTo(at, source.size() - at, target);
        }
        if (target.size() > 0) { // what is no file has none, and cannot be forced
          target.force(true);
        }
      }
    }
  }

  /** {@code dovetail database restore}. */
  @Command(
      name = "restore",
      description = {
        "Puts what \"dump\" has written into a database that holds nothing yet, all of it or nothing.",
        "It may be one of the other kind. Its tables must be there, and database.key_file must be the"
            + " one that the secrets were encrypted with."
      })
  static final class Restore implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(paramLabel = "FILE", description = "The file.")
    Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
      ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
      try (SeekableByteChannel open = Files.newByteChannel(file)) {
        BackupFile rows = new BackupFile(open);
        long made =
            new StoreAccess(config)
                .with(store -> {
                  try {
                    return store.backup().restore(rows, StoreAccess.actor(), progress::made);
                  } catch (BackupFile.UnreadableException e) {
                    throw nothing(String.valueOf(e.getMessage()), e);
                  } catch (RefusedException e) {
                    throw nothing("line " + rows.line() + ": " + e.getMessage(), e);
                  }
                });
        progress.end();
        spec.commandLine().getOut().println(made + (made == 1 ? " row" : " rows"));
        return Exit.GOOD.status();
      } catch (IOException e) {
        throw new FailureException(Exit.NO, FailureException.cannotRead(file.toString(), e), e);
      } finally {
        progress.end();
      }
    }

    private FailureException nothing(String why, Exception cause) {
      return new FailureException(Exit.NO, file + ", " + why + "; nothing was changed", cause);
    }
  }
}
