package dovetail.cli;

import dovetail.serve.Configuration;
import dovetail.serve.HostName;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --config}, the same everywhere. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration file; /etc/dovetail/dovetail.toml if none is named, and built-in defaults"
              + " if that is not there.")
  Optional<Path> config = Optional.empty();

  Optional<Path> file() {
    return config;
  }

  /** The configuration, for what can be done by those who may not read the keys. */
  Configuration loadWithoutKeys() throws Configuration.UnusableException {
    return Configuration.loadWithoutKeys(config, HostName.read());
  }

  /** The configuration, with its keys. */
  Configuration load() throws Configuration.UnusableException {
    return Configuration.load(config, HostName.read());
  }
}
