package dovetail.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The plain forms of {@code serve}: {@code serve [--config FILE] [SERVICE …]}. Everything else,
 * help and mistakes included, is the command line library's to answer.
 *
 * @param config the configuration file, if one is named
 * @param services the services to run; none named means all
 */
record ServeArguments(Optional<Path> config, Set<String> services) {
  static Optional<ServeArguments> read(String[] arguments) {
    if (arguments.length == 0 || !arguments[0].equals("serve")) {
      return Optional.empty();
    }
    Optional<Path> config = Optional.empty();
    Set<String> services = new LinkedHashSet<>();
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i].equals("--config") && i + 1 < arguments.length) {
        config = Optional.of(Path.of(arguments[++i]));
      } else if (arguments[i].startsWith("--config=")) {
        config = Optional.of(Path.of(arguments[i].substring("--config=".length())));
      } else if (ServeCommand.SERVICES.contains(arguments[i])) {
        services.add(arguments[i]);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new ServeArguments(config, services));
  }
}
