package dovetail.policy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configurations that tests write. */
final class Written {
  private Written() {}

  /** What a file says of policies. */
  static Settings load(Path folder, String text) throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("dovetail.toml"), text);
    return ConfigLoader.load(file, List.of(PolicyConfig.SECTION));
  }

  /** Rules, each as an inline table with ' for ". */
  static List<RuleConfig> rules(Path folder, String... tables) throws IOException, ConfigException {
    String text = "[policy]\nrule = [" + String.join(", ", tables).replace('\'', '"') + "]\n";
    return load(folder, text).get(PolicyConfig.RULES);
  }

  /** The same with a folder of its own. */
  static List<RuleConfig> rules(List<String> tables) throws IOException, ConfigException {
    Path folder = Files.createTempDirectory("rules");
    try {
      return rules(folder, tables.toArray(String[]::new));
    } finally {
      Files.deleteIfExists(folder.resolve("dovetail.toml"));
      Files.delete(folder);
    }
  }

  /** One rule. */
  static RuleConfig rule(Path folder, String table) throws IOException, ConfigException {
    return rules(folder, "{ " + table + " }").getFirst();
  }
}
