package dovetail.config;

import dovetail.config.ConfigValue.Content;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads a configuration file and the {@code conf.d/*.toml} beside it, in the order of their names.
 * A later file's key replaces an earlier one's; tables written as {@code [[…]]} add up. All that is
 * wrong is reported at once.
 */
public final class ConfigLoader {
  private final List<Section> sections;
  private final List<Problem> problems = new ArrayList<>();

  private ConfigLoader(List<Section> sections) {
    this.sections = sections;
  }

  /**
   * Loads a file that must exist.
   *
   * @throws ConfigException with every problem, none of them fatal for finding the next
   */
  public static Settings load(Path file, List<Section> sections) throws ConfigException {
    return new ConfigLoader(sections).load(true, file);
  }

  /** Loads the file at its usual place; where it is absent, the built-in defaults hold. */
  public static Settings loadIfPresent(Path file, List<Section> sections) throws ConfigException {
    // What may be there but cannot be seen, or is a link to nowhere, is an error and not a default.
    return new ConfigLoader(sections).load(!Files.notExists(file, LinkOption.NOFOLLOW_LINKS), file);
  }

  /** The built-in defaults, with no file read. */
  public static Settings defaults(List<Section> sections) throws ConfigException {
    return new ConfigLoader(sections).settings(List.of());
  }

  private Settings load(boolean withMain, Path file) throws ConfigException {
    List<ConfigValue> files = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    if (withMain) {
      paths.add(file);
    }
    paths.addAll(additions(file));
    for (Path path : paths) {
      try {
        files.add(TomlFile.read(path));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    return settings(files);
  }

  private List<Path> additions(Path file) {
    Path folder = file.resolveSibling("conf.d");
    List<Path> paths = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.toml")) {
        entries.forEach(paths::add);
      } catch (IOException | DirectoryIteratorException e) {
        String message = "the folder cannot be read: " + e.getMessage();
        problems.add(new Problem(Position.file(folder.toString()), message));
      }
    }
    paths.sort(null);
    return paths;
  }

  private Settings settings(List<ConfigValue> files) throws ConfigException {
    files.forEach(root -> refuseUnknown(root, ""));
    Settings.Builder builder = new Settings.Builder();
    for (Section section : sections) {
      List<Content.Table> tables = tables(section, files);
      section.keys().forEach(key -> put(builder, key, tables));
    }
    if (problems.isEmpty()) {
      // Checks may rely on every value being right by itself.
      check(builder.build());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return builder.build();
  }

  /** The section's table in each file that has one. */
  private List<Content.Table> tables(Section section, List<ConfigValue> files) {
    List<Content.Table> tables = new ArrayList<>();
    for (ConfigValue root : files) {
      Optional<ConfigValue> value = Optional.of(root);
      for (String step : section.name().split("\\.", -1)) {
        value = value.flatMap(table -> child(table, step));
      }
      value.ifPresent(found -> {
        if (found.content() instanceof Content.Table table) {
          tables.add(table);
        }
      });
    }
    return tables;
  }

  private static Optional<ConfigValue> child(ConfigValue table, String name) {
    return table.content() instanceof Content.Table(var entries)
        ? Optional.ofNullable(entries.get(name))
        : Optional.empty();
  }

  private <T> void put(Settings.Builder builder, Key<T> key, List<Content.Table> tables) {
    List<ConfigValue> values = new ArrayList<>();
    for (Content.Table table : tables) {
      ConfigValue value = table.entries().get(key.name());
      if (value != null) {
        values.add(value);
      }
    }
    builder.putDefault(key);
    try {
      if (!values.isEmpty()) {
        ConfigValue value = merged(key, values);
        builder.put(key, key.read(value), value.position());
      }
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
  }

  private static ConfigValue merged(Key<?> key, List<ConfigValue> values) throws ConfigException {
    return switch (key.merge()) {
      case LAST_WINS -> values.getLast();
      case APPEND -> {
        List<ConfigValue> items = new ArrayList<>();
        for (ConfigValue value : values) {
          items.addAll(value.asList());
        }
        ConfigValue first = values.getFirst();
        yield new ConfigValue(first.name(), first.position(), new Content.Items(items));
      }
    };
  }

  /** Walks the tables that are sections, or lead to one, and reports every name that is neither. */
  private void refuseUnknown(ConfigValue table, String path) {
    if (!(table.content() instanceof Content.Table(var entries))) {
      return;
    }
    String prefix = path.isEmpty() ? "" : path + ".";
    List<String> keys = section(path).map(Section::keyNames).orElse(List.of());
    Set<String> children = children(prefix);
    for (Map.Entry<String, ConfigValue> entry : entries.entrySet()) {
      String name = entry.getKey();
      ConfigValue value = entry.getValue();
      if (keys.contains(name)) {
        continue;
      }
      if (!children.contains(name)) {
        problems.add(unknown(prefix, value, name, known(keys, children)));
      } else if (value.isTable()) {
        refuseUnknown(value, prefix + name);
      } else {
        String message = "'" + prefix + name + "' is a section: write [" + prefix + name + "]";
        problems.add(new Problem(value.position(), message));
      }
    }
  }

  private static Problem unknown(
      String prefix, ConfigValue value, String name, Collection<String> known) {
    String kind = value.isTable() ? "section" : "key";
    String hint = Nearest.hint(prefix, name, known);
    return new Problem(value.position(), "unknown %s '%s%s'%s".formatted(kind, prefix, name, hint));
  }

  private static Set<String> known(List<String> keys, Set<String> children) {
    Set<String> known = new LinkedHashSet<>(keys);
    known.addAll(children);
    return known;
  }

  private Optional<Section> section(String path) {
    return sections.stream().filter(section -> section.name().equals(path)).findFirst();
  }

  /** The next step of every section below a prefix. */
  private Set<String> children(String prefix) {
    Set<String> children = new LinkedHashSet<>();
    for (Section section : sections) {
      if (section.name().startsWith(prefix) && section.name().length() > prefix.length()) {
        children.add(section.name().substring(prefix.length()).split("\\.", -1)[0]);
      }
    }
    return children;
  }

  private void check(Settings settings) {
    for (Section section : sections) {
      if (section.condition().test(settings)) {
        Section.Complaints complaints =
            (key, message) -> {
              Position position = settings.position(key).orElse(Position.BUILT_IN);
              String name = "'" + section.name() + "." + key.name() + "': ";
              problems.add(new Problem(position, name + message));
            };
        section.checks().forEach(check -> check.check(settings, complaints));
      }
    }
  }
}
