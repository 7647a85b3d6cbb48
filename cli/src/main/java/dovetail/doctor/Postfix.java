package dovetail.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Postfix is told, as it understands it itself.
 *
 * @param folder where main.cf is
 * @param main all parameters of main.cf, defaults among them, as they stand there
 * @param set those that stand in main.cf
 * @param services what stands in master.cf
 */
public record Postfix(
    Path folder, Map<String, String> main, Set<String> set, List<MasterService> services) {
  private static final Pattern NAME =
      Pattern.compile("\\$(?:([A-Za-z0-9_]+)|\\{([A-Za-z0-9_]+)\\}|\\(([A-Za-z0-9_]+)\\))");

  /** Postfix itself gives up on circles. */
  private static final int DEPTH = 10;

  private static final Set<String> SUBMISSION =
      Set.of("submission", "submissions", "smtps", "587", "465");

  public Postfix {
    main = Map.copyOf(main);
    set = Set.copyOf(set);
    services = List.copyOf(services);
  }

  /** Whether this Postfix knows the parameter at all. */
  boolean knows(String parameter) {
    return main.containsKey(parameter);
  }

  /** A parameter of main.cf, with what it names in place of the names. */
  String value(String parameter) {
    return expand(main.getOrDefault(parameter, ""));
  }

  /** The same for one service. */
  String value(MasterService service, String parameter) {
    return expand(raw(service, parameter));
  }

  private String raw(MasterService service, String parameter) {
    String own = service.overrides().get(parameter);
    return own != null ? own : main.getOrDefault(parameter, "");
  }

  boolean isYes(MasterService service, String parameter) {
    return value(service, parameter).equals("yes");
  }

  /** The services of one program. */
  List<MasterService> running(String program) {
    return services.stream().filter(service -> service.program().equals(program)).toList();
  }

  /** Whether people log in there to send. */
  boolean isSubmission(MasterService service) {
    String port = service.shortName().substring(service.shortName().lastIndexOf(':') + 1);
    return SUBMISSION.contains(port)
        || service.overrides().getOrDefault("smtpd_sasl_auth_enable", "").equals("yes")
        || value(service, "milter_macro_daemon_name").equals("ORIGINATING");
  }

  /** All places where the parameter has a value for a service of that program. */
  List<Place> places(String program, String parameter) {
    List<Place> places = new ArrayList<>();
    List<MasterService> common = new ArrayList<>();
    for (MasterService service : running(program)) {
      if (service.overrides().containsKey(parameter)) {
        String own = raw(service, parameter);
        places.add(new Place(parameter, own, Optional.of(service), List.of(service)));
      } else {
        common.add(service);
      }
    }
    if (!common.isEmpty()) {
      String value = main.getOrDefault(parameter, "");
      places.addFirst(new Place(parameter, value, Optional.empty(), common));
    }
    return places;
  }

  /** Where the parameter of main.cf is, for whoever reads it there. */
  Place place(String parameter) {
    return new Place(parameter, main.getOrDefault(parameter, ""), Optional.empty(), services);
  }

  /** Names of parameters replaced by what they stand for; conditions stay as they are. */
  String expand(String value) {
    return expand(value, 0);
  }

  private String expand(String value, int depth) {
    return depth == DEPTH
        ? value
        : NAME.matcher(value)
            .replaceAll(match -> Matcher.quoteReplacement(replacement(match.group(), depth)));
  }

  private String replacement(String reference, int depth) {
    String name = reference.replaceAll("[^A-Za-z0-9_]", "");
    return main.containsKey(name) ? expand(main.getOrDefault(name, ""), depth + 1) : reference;
  }

  /**
   * Another text in place of one that the value has when names are replaced: there, or in the
   * parameter that it comes from.
   */
  Fix replaced(Place place, String text, String other) {
    if (place.value().contains(text)) {
      return place.set(place.value().replace(text, other));
    }
    return NAME.matcher(place.value())
        .results()
        .map(reference -> reference.group().replaceAll("[^A-Za-z0-9_]", ""))
        .filter(name -> main.getOrDefault(name, "").contains(text))
        .findFirst()
        .<Fix>map(name -> new Fix.Main(name, main.getOrDefault(name, "").replace(text, other)))
        .orElseGet(() -> place.set(expand(place.value()).replace(text, other)));
  }

  /** Where a path of a unix socket leads that Postfix is told. */
  Path socket(String path, boolean chrooted) {
    Path queue = Path.of(value("queue_directory"));
    String inside = chrooted && path.startsWith("/") ? path.substring(1) : path;
    return queue.resolve(inside).normalize();
  }
}
