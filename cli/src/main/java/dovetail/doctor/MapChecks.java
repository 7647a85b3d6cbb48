package dovetail.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether Postfix asks the right lookup tables, and where it can reach them. */
final class MapChecks {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(proxy:)?socketmap:(inet:(?:\\[[^\\]]*\\]|[^:\\s,]+):[0-9]+|unix:[^:\\s,]+):([A-Za-z0-9_]+)");

  private static final String DOMAINS = "virtual_mailbox_domains";
  private static final String MAILBOXES = "virtual_mailbox_maps";
  private static final String ALIASES = "virtual_alias_maps";
  private static final String ALIAS_DOMAINS = "virtual_alias_domains";
  private static final String PASSWORDS = "smtp_sasl_password_maps";
  private static final String TLS = "smtp_tls_policy_maps";

  private final Own own;
  private final Postfix postfix;
  private final List<Finding> findings = new ArrayList<>();

  private MapChecks(Own own, Postfix postfix) {
    this.own = own;
    this.postfix = postfix;
  }

  static List<Finding> run(Own own, Postfix postfix) {
    if (!own.has(Own.Part.LOOKUP)) {
      return List.of();
    }
    MapChecks checks = new MapChecks(own, postfix);
    new TreeSet<>(postfix.set())
        .stream()
            .filter(name -> own.maps().contains(name) || name.endsWith("_restrictions"))
            .map(postfix::place)
            .forEach(checks::named);
    checks.domains();
    checks.defaults();
    return checks.findings;
  }

  private void named(Place place) {
    List<String> words =
        Restrictions.of(postfix, place.value()).words().stream()
            .map(Restrictions.Word::text)
            .toList();
    for (int i = 0; i < words.size(); i++) {
      Matcher matcher = ADDRESS.matcher(words.get(i));
      if (matcher.matches() && isOurs(matcher.group(2))) {
        String wanted =
            i > 0 && words.get(i - 1).startsWith("check_") ? words.get(i - 1) : place.parameter();
        named(place, matcher.toMatchResult(), wanted);
      }
    }
  }

  private boolean isOurs(String address) {
    return own.reach(Own.Part.LOOKUP, address, postfix, false) == Own.Reach.THERE;
  }

  private void named(Place place, MatchResult map, String wanted) {
    String name = map.group(3);
    boolean fits =
        name.equals(wanted)
            || name.startsWith("srs_")
            || (name.startsWith(TLS) && wanted.equals(TLS));
    if (!fits && own.maps().contains(wanted)) {
      findings.add(
          Finding.postfix(
              "%s asks Dovetail's table %s, which has rows of another kind"
                  .formatted(place.name(), name),
              postfix.replaced(place, ":" + name, ":" + wanted)));
    } else if (!own.maps().contains(name)) {
      findings.add(
          Finding.postfix(
              "%s asks Dovetail for a table %s, which there is none of; mail is put off"
                  .formatted(place.name(), name),
              new Fix.Advice(
                  "tables have the names of their parameters: see operations.md, \"Virtual domains\"")));
    }
    reachable(place, map);
  }

  private void reachable(Place place, MatchResult map) {
    String address = map.group(2);
    if (place.parameter().equals(PASSWORDS) && address.startsWith("inet:")) {
      findings.add(
          Finding.postfix(
              place.name() + " asks over an inet socket, where no passwords are answered",
              unix()
                  .map(other -> postfix.replaced(place, map.group(), other + ":" + PASSWORDS))
                  .orElseGet(() ->
                      new Fix.Advice(
                          "dovetail.toml: [lookup] listen = [\"inet:localhost:10032\", { address ="
                              + " \"unix:/run/dovetail/lookup\", group = \"postfix\" }]; then"
                              + " postconf -e '"
                              + PASSWORDS
                              + " = proxy:socketmap:unix:/run/dovetail/lookup:"
                              + PASSWORDS
                              + "'"))));
    } else if (map.group(1) == null
        && own.reach(Own.Part.LOOKUP, address, postfix, isChrooted()) == Own.Reach.HIDDEN) {
      findings.add(
          Finding.postfix(
              "%s asks %s, which chrooted services cannot see".formatted(place.name(), address),
              postfix.replaced(place, map.group(), "proxy:" + map.group())));
    }
  }

  private boolean isChrooted() {
    return postfix.services().stream()
        .filter(service ->
            Set.of("smtpd", "cleanup", "trivial-rewrite", "smtp").contains(service.program()))
        .anyMatch(MasterService::chrooted);
  }

  /** The unix socket, asked by proxymap(8) where services are chrooted. */
  private Optional<String> unix() {
    return own.paths(Own.Part.LOOKUP).stream()
        .findFirst()
        .map(path -> (isChrooted() ? "proxy:" : "") + "socketmap:unix:" + path);
  }

  /** Whether the parameter asks our table of its name. */
  private boolean asks(String parameter) {
    return Words.of(postfix.value(parameter)).stream()
        .map(ADDRESS::matcher)
        .anyMatch(matcher ->
            matcher.matches() && isOurs(matcher.group(2)) && matcher.group(3).equals(parameter));
  }

  private void domains() {
    Set<String> listed = Set.copyOf(Words.of(postfix.value(DOMAINS)));
    Set<String> local =
        own.domains().stream()
            .filter(Words.of(postfix.value("mydestination"))::contains)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!local.isEmpty()) {
      Place place = postfix.place("mydestination");
      findings.add(
          Finding.postfix(
              "mydestination has %s, whose mailboxes are in Dovetail's database: mail goes to accounts of this host instead"
                  .formatted(String.join(", ", local)),
              place.set(
                  Words.of(place.value()).stream()
                      .filter(word -> !local.contains(postfix.expand(word)))
                      .collect(Collectors.joining(", ")))));
    }
    if (!own.domains().isEmpty() && !asks(DOMAINS) && !listed.containsAll(own.domains())) {
      findings.add(
          new Finding(
              Finding.Subject.POSTFIX,
              "virtual_mailbox_domains does not ask Dovetail: mail for its %d domains is not taken"
                  .formatted(own.domains().size()),
              tables()));
    }
  }

  private List<Fix> tables() {
    return own.address(Own.Part.LOOKUP, postfix, isChrooted())
        .map(address ->
            List.of(DOMAINS, MAILBOXES, ALIASES, ALIAS_DOMAINS).stream()
                .<Fix>map(name -> new Fix.Main(name, "socketmap:" + address + ":" + name))
                .toList())
        .orElseGet(() ->
            List.of(
                new Fix.Advice(
                    "dovetail.toml: [lookup] listen = [\"inet:localhost:10032\"]; then run doctor again")));
  }

  /** What Postfix does if nothing is said, and what our tables do already. */
  private void defaults() {
    if (asks(MAILBOXES) && postfix.value(DOMAINS).equals(postfix.value(MAILBOXES))) {
      like(
          DOMAINS,
          MAILBOXES,
          "is the table of mailboxes: domains are not found, and their mail is not taken");
    }
    if (asks(ALIASES) && postfix.value(ALIAS_DOMAINS).equals(postfix.value(ALIASES))) {
      like(
          ALIAS_DOMAINS,
          ALIASES,
          "is the table of aliases, which is asked for bare domains in vain");
    }
    if ((asks(ALIASES) || asks(MAILBOXES)) && !postfix.value("recipient_delimiter").isEmpty()) {
      findings.add(
          Finding.postfix(
              "recipient_delimiter = %s: Dovetail strips extensions, by what is set for each domain; Postfix strips them again"
                  .formatted(postfix.value("recipient_delimiter")),
              new Fix.Main("recipient_delimiter", "")));
    }
    if (Words.of(postfix.value(PASSWORDS)).stream().anyMatch(word -> word.contains(":" + PASSWORDS))
        && !postfix.value("smtp_sender_dependent_authentication").equals("yes")) {
      findings.add(
          Finding.postfix(
              "smtp_sender_dependent_authentication is not yes: the passwords that Dovetail has for senders are not used",
              new Fix.Main("smtp_sender_dependent_authentication", "yes")));
    }
  }

  private void like(String parameter, String other, String what) {
    String value = postfix.main().getOrDefault(other, "").replace(":" + other, ":" + parameter);
    findings.add(Finding.postfix(parameter + " " + what, new Fix.Main(parameter, value)));
  }
}
