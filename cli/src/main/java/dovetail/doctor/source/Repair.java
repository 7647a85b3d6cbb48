package dovetail.doctor.source;

import dovetail.doctor.Doctor;
import dovetail.doctor.Dovecot;
import dovetail.doctor.Finding;
import dovetail.doctor.Fix;
import dovetail.doctor.Own;
import dovetail.doctor.Postfix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Mends copies of the files until nothing is left that can be mended, shows how they differ, and
 * puts them in place of the old ones, which are kept.
 */
public final class Repair implements AutoCloseable {
  /** One fix may show the next; more in a row than this go in a circle. */
  private static final int ROUNDS = 10;

  private static final List<String> POSTFIX = List.of("main.cf", "master.cf");

  private final Program program;
  private final PostfixFiles postfixFiles;
  private final Path scratch;

  /** The new texts of files, by their places. */
  private final Map<Path, Path> changed = new LinkedHashMap<>();

  /**
   * @throws UnreadableException if there is no room for copies
   */
  public Repair(Program program) throws UnreadableException {
    this.program = program;
    this.postfixFiles = new PostfixFiles(program);
    try {
      this.scratch = Files.createTempDirectory("dovetail-doctor");
    } catch (IOException e) {
      throw new UnreadableException("no folder for copies: " + e.getMessage(), e);
    }
  }

  /**
   * Mends copies of main.cf and master.cf.
   *
   * @param dovecot as it is
   */
  public void mend(Own own, Postfix postfix, Optional<Dovecot> dovecot)
      throws UnreadableException, InterruptedException {
    try {
      for (String name : List.of("main.cf", "master.cf", "dynamicmaps.cf")) {
        Path file = postfix.folder().resolve(name);
        if (Files.exists(file)) {
          Files.copy(file, scratch.resolve(name));
        }
      }
      for (int round = 0; round < ROUNDS && mended(own, dovecot); round++) {
        // Until it finds nothing more.
      }
      for (String name : POSTFIX) {
        Path file = postfix.folder().resolve(name).toRealPath();
        if (Files.mismatch(file, scratch.resolve(name)) >= 0) {
          changed.put(file, scratch.resolve(name));
        }
      }
    } catch (IOException e) {
      throw new UnreadableException("cannot copy: " + e.getMessage(), e);
    }
  }

  /** One round; false if there was nothing to mend. */
  private boolean mended(Own own, Optional<Dovecot> dovecot)
      throws UnreadableException, InterruptedException {
    Postfix now = postfixFiles.read(scratch);
    Set<String> done = new HashSet<>();
    for (Finding finding : Doctor.examine(own, Optional.of(now), dovecot)) {
      for (Fix fix : finding.fixes()) {
        // What else is wrong with the same parameter is found in the next round.
        if (place(fix).filter(done::add).isPresent()) {
          postfixFiles.apply(scratch, fix);
        }
      }
    }
    return !done.isEmpty();
  }

  private static Optional<String> place(Fix fix) {
    return switch (fix) {
      case Fix.Main(String parameter, _) -> Optional.of(parameter);
      case Fix.Master(String service, String parameter, _) ->
          Optional.of(service + "/" + parameter);
      case Fix.Dovecot _, Fix.DovecotFile _, Fix.Advice _ -> Optional.empty();
    };
  }

  /** Mends copies of dovecot.conf and of the files that it names. */
  public void mend(Dovecot dovecot, List<Finding> findings) throws UnreadableException {
    try {
      StringBuilder end = new StringBuilder();
      for (Fix fix : findings.stream().flatMap(finding -> finding.fixes().stream()).toList()) {
        switch (fix) {
          case Fix.Dovecot(String text) when end.indexOf(text) < 0 -> end.append(text);
          case Fix.DovecotFile(Path file, String text) -> put(file, text);
          case Fix.Dovecot _, Fix.Main _, Fix.Master _, Fix.Advice _ -> {}
        }
      }
      if (!end.isEmpty()) {
        String text = Files.readString(dovecot.file(), StandardCharsets.UTF_8);
        put(
            dovecot.file().toRealPath(),
            text + (text.endsWith("\n") ? "" : "\n") + "# By dovetail doctor:\n" + end);
      }
    } catch (IOException e) {
      throw new UnreadableException("cannot copy: " + e.getMessage(), e);
    }
  }

  private void put(Path file, String text) throws IOException {
    Path copy = scratch.resolve("copy-" + changed.size());
    Files.writeString(copy, text);
    changed.put(file, copy);
  }

  /** Whether anything is to be changed. */
  public boolean isEmpty() {
    return changed.isEmpty();
  }

  /** How the files will differ, as diff(1) prints it. */
  public String differences() throws UnreadableException, InterruptedException {
    StringBuilder all = new StringBuilder();
    for (Map.Entry<Path, Path> one : changed.entrySet()) {
      Path old = Files.exists(one.getKey()) ? one.getKey() : Path.of("/dev/null");
      List<String> command = new ArrayList<>(List.of("diff", "-u"));
      for (String label : List.of(one.getKey().toString(), one.getKey() + " mended")) {
        command.addAll(List.of("--label", label));
      }
      command.addAll(List.of(old.toString(), one.getValue().toString()));
      try {
        all.append(program.run(command).out());
      } catch (IOException e) {
        throw new UnreadableException(String.valueOf(e.getMessage()), e);
      }
    }
    return all.toString();
  }

  /**
   * Puts the new files in place.
   *
   * @param suffix what the copies of the old ones have behind their names
   * @return where the old ones are now
   * @throws UnreadableException if one cannot be written; those before it are in place
   */
  public List<Path> apply(String suffix) throws UnreadableException {
    List<Path> kept = new ArrayList<>();
    for (Map.Entry<Path, Path> one : changed.entrySet()) {
      Path file = one.getKey();
      Path next = file.resolveSibling("." + file.getFileName() + suffix);
      try {
        if (Files.exists(file)) {
          Path before = file.resolveSibling(file.getFileName() + suffix);
          Files.copy(file, before, StandardCopyOption.COPY_ATTRIBUTES);
          kept.add(before);
          // For its owner and mode; the text follows.
          Files.copy(file, next, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.write(next, Files.readAllBytes(one.getValue()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UnreadableException("cannot write " + file + ": " + e.getMessage(), e);
      }
    }
    return kept;
  }

  @Override
  public void close() throws UnreadableException {
    try (Stream<Path> files = Files.list(scratch)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(scratch);
    } catch (IOException e) {
      throw new UnreadableException("cannot remove " + scratch + ": " + e.getMessage(), e);
    }
  }
}
