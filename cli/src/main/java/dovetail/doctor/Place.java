package dovetail.doctor;

import java.util.List;
import java.util.Optional;

/**
 * Where a parameter has a value: main.cf, or a service of master.cf that has its own.
 *
 * @param parameter its name
 * @param value as it stands there
 * @param own the service whose own it is; none: main.cf's
 * @param services for which it holds
 */
record Place(
    String parameter, String value, Optional<MasterService> own, List<MasterService> services) {
  Place {
    services = List.copyOf(services);
  }

  /** How it is told apart in a sentence. */
  String name() {
    return own.map(service -> parameter + " of " + service.shortName() + " in master.cf")
        .orElse(parameter);
  }

  /** Another value there. */
  Fix set(String other) {
    return own.<Fix>map(service -> new Fix.Master(service.name(), parameter, tight(other)))
        .orElseGet(() -> new Fix.Main(parameter, other));
  }

  boolean isChrooted() {
    return services.stream().anyMatch(MasterService::chrooted);
  }

  /** Without white space: commas do as well, in braces, too. */
  private static String tight(String list) {
    return String.join(
        ",",
        Words.of(list).stream()
            .map(word -> word.startsWith("{") ? Callee.parse(word).word() : word)
            .toList());
  }
}
