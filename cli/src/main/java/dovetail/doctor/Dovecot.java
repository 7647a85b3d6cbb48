package dovetail.doctor;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Dovecot is told, as it understands it itself.
 *
 * @param file dovecot.conf
 * @param series "2.3" or "2.4"
 * @param settings all that is no default
 * @param files the texts of files that passdbs and userdbs name; those that could not be read are
 *     not there
 */
public record Dovecot(Path file, String series, DovecotBlock settings, Map<Path, String> files) {
  public Dovecot {
    files = Map.copyOf(files);
  }

  boolean is24() {
    return !series.equals("2.3");
  }

  /** The unix sockets at which its auth process listens. */
  Set<String> authSockets() {
    String given = settings.setting("base_dir");
    Path base = Path.of(given.isEmpty() ? "/run/dovecot" : given);
    return settings.of("service", "auth").stream()
        .flatMap(service -> service.of("unix_listener").stream())
        .map(listener -> base.resolve(listener.name()).normalize().toString())
        .collect(Collectors.toSet());
  }
}
