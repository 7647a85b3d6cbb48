package dovetail.doctor.source;

import dovetail.doctor.Fix;
import dovetail.doctor.MasterService;
import dovetail.doctor.Postfix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has postconf(1) read and write main.cf and master.cf. */
public final class PostfixFiles {
  private final Program program;

  public PostfixFiles(Program program) {
    this.program = program;
  }

  /** Where Postfix of this host has its files; empty if it is not installed. */
  public Optional<Path> folder() throws UnreadableException, InterruptedException {
    if (program.find("postconf").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Path.of(run(List.of("postconf", "-h", "config_directory")).strip()));
  }

  /**
   * Reads both files.
   *
   * @throws UnreadableException if postconf cannot
   */
  public Postfix read(Path folder) throws UnreadableException, InterruptedException {
    List<String> postconf = List.of("postconf", "-c", folder.toString());
    Map<String, String> main = new HashMap<>(values(run(postconf)));
    Map<String, String> set = values(run(with(postconf, "-n")));
    main.putAll(set);
    Map<String, Map<String, String>> overrides = overrides(run(with(postconf, "-P")));
    boolean chrooted = isChrootedByDefault(main);
    List<MasterService> services = new ArrayList<>();
    for (String line : run(with(postconf, "-M")).lines().toList()) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length > 7) {
        String name = columns[0] + "/" + columns[1];
        boolean jailed = columns[4].equals("-") ? chrooted : columns[4].equals("y");
        services.add(
            new MasterService(name, jailed, columns[7], overrides.getOrDefault(name, Map.of())));
      }
    }
    return new Postfix(folder, main, Set.copyOf(set.keySet()), services);
  }

  /** Since Postfix 3.0, services are not chrooted if nothing is said (COMPATIBILITY_README). */
  private static boolean isChrootedByDefault(Map<String, String> main) {
    return main.getOrDefault("compatibility_level", "0").equals("0");
  }

  private static Map<String, String> values(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf(" =");
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 2).strip());
      }
    }
    return values;
  }

  /** Lines "service/type/parameter = value". */
  private static Map<String, Map<String, String>> overrides(String text) {
    Map<String, Map<String, String>> all = new HashMap<>();
    values(text)
        .forEach((path, value) -> {
          int slash = path.lastIndexOf('/');
          if (slash > 0) {
            all.computeIfAbsent(path.substring(0, slash), _ -> new HashMap<>())
                .put(path.substring(slash + 1), value);
          }
        });
    return all;
  }

  /** Does it to the files in that folder, if it is a change of theirs. */
  void apply(Path folder, Fix fix) throws UnreadableException, InterruptedException {
    List<String> postconf = List.of("postconf", "-c", folder.toString());
    switch (fix) {
      case Fix.Main(String parameter, String value) ->
          run(with(postconf, "-e", parameter + " = " + value));
      case Fix.Master(String service, String parameter, String value) ->
          run(with(postconf, "-P", service + "/" + parameter + "=" + value));
      case Fix.Dovecot _, Fix.DovecotFile _, Fix.Advice _ -> {}
    }
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
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
