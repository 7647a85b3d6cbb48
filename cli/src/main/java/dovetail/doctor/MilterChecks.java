package dovetail.doctor;

import dovetail.server.ListenSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether Postfix shows all mail to the milter, and in a way that signatures outlast. */
final class MilterChecks {
  private static final String NO_MILTERS = "no_milters";

  /** What is needed, and in which list Postfix says it. */
  private static final Map<String, String> MACROS =
      Map.of("milter_connect_macros", "{daemon_name}", "milter_mail_macros", "{auth_authen}");

  private final Own own;
  private final Postfix postfix;
  private final List<Finding> findings = new ArrayList<>();

  private MilterChecks(Own own, Postfix postfix) {
    this.own = own;
    this.postfix = postfix;
  }

  static List<Finding> run(Own own, Postfix postfix) {
    if (!own.has(Own.Part.MILTER)) {
      return List.of();
    }
    MilterChecks checks = new MilterChecks(own, postfix);
    postfix.places("smtpd", "smtpd_milters").forEach(checks::listed);
    postfix.places("cleanup", "non_smtpd_milters").forEach(checks::listed);
    checks.overridden();
    postfix.places("smtpd", "milter_protocol").forEach(checks::protocol);
    postfix.places("smtpd", "milter_default_action").forEach(checks::defaultAction);
    checks.bounces();
    MACROS.keySet().stream().sorted().forEach(checks::macros);
    checks.timeout();
    return checks.findings;
  }

  private void listed(Place place) {
    List<String> words = Words.of(postfix.expand(place.value()));
    boolean switchedOff = place.own().isPresent() && words.isEmpty();
    if (switchedOff || place.services().stream().allMatch(this::hasNoMilters)) {
      return; // as behind a filter that gives mail back
    }
    List<Own.Reach> reaches =
        words.stream().map(word -> reach(place, Callee.parse(word).address())).toList();
    int at = reaches.indexOf(Own.Reach.THERE);
    if (at >= 0) {
      order(place, words, at);
      mode(place, words.get(at));
    } else if (reaches.contains(Own.Reach.HIDDEN)) {
      hidden(place, words, reaches.indexOf(Own.Reach.HIDDEN));
    } else {
      missing(place);
    }
  }

  private boolean hasNoMilters(MasterService service) {
    return service.overrides().getOrDefault("receive_override_options", "").contains(NO_MILTERS);
  }

  private Own.Reach reach(Place place, String address) {
    return own.reach(Own.Part.MILTER, address, postfix, place.isChrooted());
  }

  private void missing(Place place) {
    String comes =
        place.parameter().equals("non_smtpd_milters")
            ? "what programs of this host and Postfix itself send is not signed"
            : "what comes in there is neither signed nor verified";
    findings.add(
        Finding.postfix(
            place.name() + " does not name Dovetail: " + comes,
            address(place)
                .map(address -> place.set(joined(place.value(), address)))
                .orElseGet(() -> unreachable(place))));
  }

  private static String joined(String list, String address) {
    return list.isBlank() ? address : list + ", " + address;
  }

  private void hidden(Place place, List<String> words, int at) {
    String address = Callee.parse(words.get(at)).address();
    findings.add(
        Finding.postfix(
            "%s names %s, which its services cannot see: they are chrooted to %s"
                .formatted(place.name(), address, postfix.value("queue_directory")),
            address(place)
                .map(other -> postfix.replaced(place, address, other))
                .orElseGet(() -> unreachable(place))));
  }

  /** The listener that is meant for such mail comes first, then one that tells apart itself. */
  private Optional<String> address(Place place) {
    List<ListenSpec> listeners = own.of(Own.Part.MILTER);
    String wanted = isForOwnMail(place) ? "sign" : "verify";
    String wrong = isForOwnMail(place) ? "verify" : "sign";
    return listeners.stream()
        .filter(spec -> !spec.mode().equals(Optional.of(wrong)))
        .sorted((one, other) -> rank(one, wanted) - rank(other, wanted))
        .flatMap(spec -> Own.address(spec, postfix, place.isChrooted()).stream())
        .findFirst();
  }

  private static int rank(ListenSpec spec, String wanted) {
    return spec.mode().equals(Optional.of(wanted)) ? 0 : 1;
  }

  private boolean isForOwnMail(Place place) {
    return place.parameter().equals("non_smtpd_milters")
        || place.services().stream().anyMatch(postfix::isSubmission);
  }

  private Fix unreachable(Place place) {
    String path = postfix.value("queue_directory") + "/dovetail/milter";
    return new Fix.Advice(
        ("dovetail.toml: [milter] listen = [\"inet:localhost:8891\"], or"
                + " [{ address = \"unix:%s\", group = \"postfix\" }]; then %s names it")
            .formatted(path, place.parameter()));
  }

  /** Whoever changes a message behind us breaks the signature. */
  private void order(Place place, List<String> words, int at) {
    if (!isForOwnMail(place) || at == words.size() - 1) {
      return;
    }
    List<String> mended = new ArrayList<>(words);
    mended.addLast(mended.remove(at));
    findings.add(
        Finding.postfix(
            "%s asks %s behind Dovetail, which has signed by then: what that changes breaks signatures"
                .formatted(place.name(), Callee.parse(words.get(at + 1)).address()),
            place.set(String.join(", ", mended))));
  }

  private void mode(Place place, String word) {
    Optional<String> mode =
        own.listener(Own.Part.MILTER, Callee.parse(word).address(), postfix, place.isChrooted())
            .flatMap(ListenSpec::mode);
    boolean wrong =
        isForOwnMail(place) ? mode.equals(Optional.of("verify")) : mode.equals(Optional.of("sign"));
    if (!wrong) {
      return;
    }
    String what =
        isForOwnMail(place)
            ? "only verifies: own mail is not signed"
            : "only signs: mail of strangers is not verified";
    findings.add(
        Finding.postfix(
            "%s names a listener that %s".formatted(place.name(), what),
            address(place)
                .map(address -> postfix.replaced(place, Callee.parse(word).address(), address))
                .orElseGet(() -> unreachable(place))));
  }

  private void overridden() {
    Place place = postfix.place("receive_override_options");
    List<String> words = Words.of(postfix.expand(place.value()));
    if (words.contains(NO_MILTERS)) {
      List<String> others = words.stream().filter(word -> !word.equals(NO_MILTERS)).toList();
      findings.add(
          Finding.postfix(
              "receive_override_options has no_milters, so that no mail is shown to any milter",
              place.set(String.join(", ", others))));
    }
  }

  private void protocol(Place place) {
    String value = postfix.expand(place.value());
    if (value.matches("[0-5]")) {
      findings.add(
          Finding.postfix(
              place.name()
                  + " = "
                  + value
                  + ": Dovetail refuses such connections, since signatures would be of another header than is sent",
              place.set("6")));
    }
  }

  private void defaultAction(Place place) {
    String comes =
        switch (postfix.expand(place.value())) {
          case "accept" -> "mail goes out unsigned and comes in unchecked";
          case "reject" -> "mail is refused for good";
          case "discard" -> "mail is lost";
          default -> "";
        };
    if (!comes.isEmpty()) {
      findings.add(
          Finding.postfix(
              "%s = %s: while Dovetail is away, %s"
                  .formatted(place.name(), postfix.expand(place.value()), comes),
              place.set("tempfail")));
    }
  }

  private void bounces() {
    Place place = postfix.place("internal_mail_filter_classes");
    if (!Words.of(postfix.expand(place.value())).contains("bounce")) {
      findings.add(
          Finding.postfix(
              "internal_mail_filter_classes lacks bounce: bounces that Postfix writes are not signed",
              place.set(joined(place.value(), "bounce"))));
    }
  }

  private void macros(String parameter) {
    String macro = MACROS.getOrDefault(parameter, "");
    for (Place place : postfix.places("smtpd", parameter)) {
      if (!Words.of(postfix.expand(place.value())).contains(macro)) {
        findings.add(
            Finding.postfix(
                place.name() + " lacks " + macro + ", by which Dovetail knows whose mail it is",
                place.set((place.value() + " " + macro).strip())));
      }
    }
  }

  private void timeout() {
    Place place = postfix.place("milter_content_timeout");
    Optional<Duration> timeout = PostfixTime.parse(postfix.expand(place.value()));
    Duration needed = own.dnsWait().multipliedBy(2);
    if (timeout.filter(time -> time.compareTo(needed) < 0).isPresent()) {
      findings.add(
          Finding.postfix(
              "milter_content_timeout = %s is over before the DNS has had its time (%d s)"
                  .formatted(place.value(), needed.toSeconds()),
              place.set("300s")));
    }
  }
}
