package dovetail.doctor;

import dovetail.policy.RuleConfig;
import dovetail.policy.rule.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether Postfix asks the policy daemon where its rules can do something. */
final class PolicyChecks {
  private static final String QUESTION = "check_policy_service";
  private static final String DUNNO = "default_action=DUNNO";
  private static final String RCPT = "smtpd_recipient_restrictions";
  private static final String DATA = "smtpd_data_restrictions";
  private static final String END = "smtpd_end_of_data_restrictions";

  /** Those that Postfix looks at for each recipient, as long as smtpd_delay_reject is yes. */
  private static final List<String> AT_RCPT =
      List.of(
          "smtpd_client_restrictions",
          "smtpd_helo_restrictions",
          "smtpd_sender_restrictions",
          "smtpd_relay_restrictions",
          RCPT);

  private final Own own;
  private final Postfix postfix;
  private final List<Call> calls = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /** A question to us, in one list. */
  private record Call(Place place, Restrictions list, int index, Callee callee) {
    Set<String> services() {
      return place.services().stream().map(MasterService::name).collect(Collectors.toSet());
    }

    String context() {
      return callee.option("policy_context").orElse("");
    }
  }

  private PolicyChecks(Own own, Postfix postfix) {
    this.own = own;
    this.postfix = postfix;
  }

  static List<Finding> run(Own own, Postfix postfix) {
    if (!own.has(Own.Part.POLICY) || own.rules().isEmpty()) {
      return List.of();
    }
    PolicyChecks checks = new PolicyChecks(own, postfix);
    Stream.concat(AT_RCPT.stream(), Stream.of(DATA, END))
        .flatMap(parameter -> postfix.places("smtpd", parameter).stream())
        .forEach(checks::collect);
    checks.calls.forEach(checks::judge);
    own.rules().forEach(checks::asked);
    return checks.findings;
  }

  private void collect(Place place) {
    Restrictions list = Restrictions.of(postfix, place.value());
    for (int i = 0; i + 1 < list.words().size(); i++) {
      if (!list.words().get(i).text().equals(QUESTION)) {
        continue;
      }
      String word = list.words().get(i + 1).text();
      Callee callee = Callee.parse(word);
      switch (own.reach(Own.Part.POLICY, callee.address(), postfix, place.isChrooted())) {
        case THERE -> calls.add(new Call(place, list, i, callee));
        case HIDDEN -> {
          calls.add(new Call(place, list, i, callee));
          hidden(place, word, callee);
        }
        case ELSEWHERE -> {}
      }
    }
  }

  private void hidden(Place place, String word, Callee callee) {
    findings.add(
        Finding.postfix(
            "%s asks %s, which its services cannot see: they are chrooted to %s"
                .formatted(place.name(), callee.address(), postfix.value("queue_directory")),
            own.address(Own.Part.POLICY, postfix, true)
                .map(other -> postfix.replaced(place, word, word.replace(callee.address(), other)))
                .orElseGet(() ->
                    new Fix.Advice(
                        "dovetail.toml: [policy] listen = [\"inet:localhost:10031\"]; then "
                            + place.parameter()
                            + " asks that"))));
  }

  private void judge(Call call) {
    String word = call.list().words().get(call.index() + 1).text();
    if (call.callee().option("default_action").isEmpty()
        && !postfix.value("smtpd_policy_service_default_action").equals("DUNNO")) {
      List<String> options = new ArrayList<>(List.of(DUNNO));
      if (call.callee().option("timeout").isEmpty()) {
        options.add("timeout=10s");
      }
      options.addAll(call.callee().options());
      findings.add(
          Finding.postfix(
              call.place().name()
                  + " asks without default_action=DUNNO: while Dovetail is away no mail is taken at all",
              postfix.replaced(call.place(), word, braces(call.callee().address(), options))));
    }
    place(call);
  }

  private static String braces(String address, List<String> options) {
    return "{ " + address + ", " + String.join(", ", options) + " }";
  }

  private void place(Call call) {
    int end = call.list().end();
    int own = call.index();
    int login = call.list().indexOf("permit_sasl_authenticated");
    int relay =
        Math.max(
            call.list().indexOf("reject_unauth_destination"),
            call.list().indexOf("defer_unauth_destination"));
    if (end >= 0 && end < own) {
      move(
          call,
          end,
          false,
          "behind " + call.list().words().get(end).text() + ": it is never asked");
    } else if (login >= 0 && login < own && isForLogins(call)) {
      move(
          call,
          login,
          false,
          "behind permit_sasl_authenticated: rules for who has logged in are never asked");
    } else if (relay > own && !isRelayedBefore(call)) {
      move(
          call,
          relay + (isTwoWords(call, relay) ? 1 : 0),
          true,
          "before reject_unauth_destination: mail that is not relayed at all costs questions to the DNS");
    }
  }

  private static boolean isTwoWords(Call call, int index) {
    return call.list().words().get(index).text().startsWith("check_");
  }

  private void move(Call call, int to, boolean behind, String what) {
    findings.add(
        Finding.postfix(
            call.place().name() + " asks Dovetail's policy daemon " + what,
            call.place().set(call.list().moved(call.index(), to, behind))));
  }

  private boolean isForLogins(Call call) {
    return call.place().services().stream()
            .anyMatch(service -> postfix.isYes(service, "smtpd_sasl_auth_enable"))
        && own.rules().stream()
            .anyMatch(rule -> rule.scope().login() != Scope.Login.NO && covers(rule, call));
  }

  private static boolean covers(RuleConfig rule, Call call) {
    return rule.scope().contexts().isEmpty() || rule.scope().contexts().contains(call.context());
  }

  /** Whether whom it is relayed for is looked at in another list, before this one. */
  private boolean isRelayedBefore(Call call) {
    return !call.place().parameter().equals(RCPT)
        || (postfix.value("smtpd_relay_before_recipient_restrictions").equals("yes")
            && call.place().services().stream()
                .allMatch(service ->
                    postfix
                        .value(service, "smtpd_relay_restrictions")
                        .contains("_unauth_destination")))
        || call.place().services().stream().allMatch(postfix::isSubmission);
  }

  /** Whether some list asks where the rule can do something. */
  private void asked(RuleConfig rule) {
    List<String> lists = lists(rule);
    boolean found =
        calls.stream()
            .anyMatch(call -> lists.contains(call.place().parameter()) && covers(rule, call));
    if (found) {
      return;
    }
    String parameter = lists.getFirst().equals(AT_RCPT.getFirst()) ? RCPT : lists.getFirst();
    findings.add(
        new Finding(
            Finding.Subject.POSTFIX,
            "the rule \"%s\" does nothing: no %s asks Dovetail%s"
                .formatted(rule.name(), parameter, contextOf(rule)),
            fixes(rule, parameter)));
  }

  private static String contextOf(RuleConfig rule) {
    return rule.scope().contexts().stream()
        .sorted()
        .reduce((one, other) -> one + " or " + other)
        .map(contexts -> " with policy_context=" + contexts)
        .orElse("");
  }

  /** In which lists a rule of that kind has something to say, its usual one first. */
  private static List<String> lists(RuleConfig rule) {
    return switch (rule.type()) {
      case LIMIT, BREAKER -> List.of(END);
      case RECIPIENTS -> List.of(DATA, END);
      case RECIPIENT, GREYLIST -> AT_RCPT;
      case ACCESS, SPF, DNSBL, HELO, PTR -> all(AT_RCPT, DATA);
      case SIZE, SENDER_LOGIN, QUOTA -> all(AT_RCPT, DATA, END);
    };
  }

  private static List<String> all(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  /** The services that ask for its context already; else those where people log in; else all. */
  private List<MasterService> homes(RuleConfig rule) {
    Set<String> asking =
        calls.stream()
            .filter(call -> !rule.scope().contexts().isEmpty() && covers(rule, call))
            .flatMap(call -> call.services().stream())
            .collect(Collectors.toSet());
    boolean ofStrangers = rule.scope().login() == Scope.Login.NO;
    List<MasterService> services =
        postfix.running("smtpd").stream()
            .filter(service -> !ofStrangers || !postfix.isSubmission(service))
            .toList();
    List<MasterService> known =
        services.stream().filter(service -> asking.contains(service.name())).toList();
    List<MasterService> submission = services.stream().filter(postfix::isSubmission).toList();
    return !known.isEmpty() ? known : isOfLogins(rule) ? submission : List.of();
  }

  private static boolean isOfLogins(RuleConfig rule) {
    return rule.scope().login() == Scope.Login.YES
        || switch (rule.type()) {
          case LIMIT, BREAKER, SENDER_LOGIN -> true;
          case ACCESS, RECIPIENTS, SIZE, RECIPIENT, QUOTA, SPF, DNSBL, HELO, PTR, GREYLIST -> false;
        };
  }

  private List<Fix> fixes(RuleConfig rule, String parameter) {
    List<MasterService> homes = homes(rule);
    List<Place> places = postfix.places("smtpd", parameter);
    if (homes.isEmpty()) {
      return places.stream().limit(1).map(place -> asking(rule, place)).toList();
    }
    List<Fix> fixes = new ArrayList<>();
    for (Place place : places) {
      if (homes.containsAll(place.services())) {
        fixes.add(asking(rule, place));
      } else {
        place.services().stream()
            .filter(homes::contains)
            .map(home -> new Place(parameter, place.value(), Optional.of(home), List.of(home)))
            .forEach(own -> fixes.add(asking(rule, own)));
      }
    }
    return fixes;
  }

  private Fix asking(RuleConfig rule, Place place) {
    Optional<String> address = own.address(Own.Part.POLICY, postfix, place.isChrooted());
    if (address.isEmpty()) {
      return new Fix.Advice(
          "dovetail.toml: [policy] listen = [\"inet:localhost:10031\"]; then %s asks that"
              .formatted(place.parameter()));
    }
    List<String> options = new ArrayList<>(List.of(DUNNO, "timeout=10s"));
    rule.scope().contexts().stream()
        .sorted()
        .findFirst()
        .ifPresent(context -> options.add("policy_context=" + context));
    String question = QUESTION + " " + braces(address.get(), options);
    boolean submission = place.services().stream().allMatch(postfix::isSubmission);
    if (place.value().isBlank()) {
      return place.set(
          submission
              ? question
              : place.parameter().equals(RCPT)
                  ? "permit_mynetworks, reject_unauth_destination, " + question
                  : "permit_mynetworks, " + question);
    }
    Restrictions list = Restrictions.of(postfix, place.value());
    return place.set(list.with(question, submission ? -1 : behind(list)));
  }

  /** Where a question of port 25 has its place: behind what costs nothing. */
  private static int behind(Restrictions list) {
    int relay =
        Math.max(
            list.indexOf("reject_unauth_destination"), list.indexOf("defer_unauth_destination"));
    int end = list.end();
    return relay >= 0 ? relay : end >= 0 ? end - 1 : list.words().size() - 1;
  }
}
