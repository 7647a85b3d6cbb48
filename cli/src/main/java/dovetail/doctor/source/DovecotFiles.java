package dovetail.doctor.source;

import dovetail.doctor.Dovecot;
import dovetail.doctor.DovecotBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Has doveconf(1) read dovecot.conf. */
public final class DovecotFiles {
  private static final Pattern VERSION = Pattern.compile("(?m)^# ([0-9]+\\.[0-9]+)\\.");

  /** No secret, but hidden for its name. */
  private static final String KEY = "last_login_key";

  private final Program program;

  public DovecotFiles(Program program) {
    this.program = program;
  }

  /** Whether Dovecot is installed here. */
  public boolean isThere() {
    return program.find("doveconf").isPresent();
  }

  /**
   * Reads it, and the files that its passdbs and userdbs name.
   *
   * @throws UnreadableException if doveconf cannot
   */
  public Dovecot read(Path file) throws UnreadableException, InterruptedException {
    String text = run(List.of("doveconf", "-c", file.toString(), "-n"));
    Matcher version = VERSION.matcher(text);
    DovecotBlock settings = DovecotBlock.parse(text);
    if (text.contains(KEY + " = " + DovecotBlock.HIDDEN)) {
      String value = run(List.of("doveconf", "-c", file.toString(), "-h", "plugin/" + KEY)).strip();
      settings.of("plugin").forEach(plugin -> plugin.settings().put(KEY, value));
    }
    Map<Path, String> files = new HashMap<>();
    Stream.concat(settings.of("passdb").stream(), settings.of("userdb").stream())
        .map(block -> block.setting("args"))
        .filter(args -> args.startsWith("/"))
        .map(Path::of)
        .distinct()
        .forEach(path -> text(path).ifPresent(content -> files.put(path, content)));
    return new Dovecot(file, version.find() ? version.group(1) : "2.3", settings, files);
  }

  private static Optional<String> text(Path path) {
    try {
      return Optional.of(Files.readString(path));
    } catch (IOException _) {
      return Optional.empty(); // that is a finding
    }
  }

  private String run(List<String> command) throws UnreadableException, InterruptedException {
    try {
      Program.Result result = program.run(command);
      if (result.status() != 0) {
        throw new UnreadableException(result.trouble());
      }
      return result.out();
    } catch (IOException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    }
  }
}
