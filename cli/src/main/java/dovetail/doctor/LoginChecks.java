package dovetail.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether those who send can log in at Postfix, and nobody can listen. */
final class LoginChecks {
  private static final String PATH = "smtpd_sasl_path";

  private final Own own;
  private final Postfix postfix;
  private final Set<String> dovecot;
  private final List<Finding> findings = new ArrayList<>();

  private LoginChecks(Own own, Postfix postfix, Set<String> dovecot) {
    this.own = own;
    this.postfix = postfix;
    this.dovecot = dovecot;
  }

  /**
   * @param dovecot sockets at which Dovecot's auth listens for Postfix
   */
  static List<Finding> run(Own own, Postfix postfix, Set<String> dovecot) {
    LoginChecks checks = new LoginChecks(own, postfix, dovecot);
    if (!own.has(Own.Part.AUTH) || checks.services(postfix.running("smtpd")).isEmpty()) {
      return List.of();
    }
    postfix.places("smtpd", "smtpd_sasl_type").forEach(checks::type);
    postfix.places("smtpd", PATH).forEach(checks::path);
    postfix.places("smtpd", "smtpd_tls_auth_only").forEach(checks::encrypted);
    postfix.places("smtpd", "smtpd_sasl_tls_security_options").forEach(checks::plaintext);
    postfix.places("smtpd", "smtpd_relay_restrictions").forEach(checks::relayed);
    return checks.findings;
  }

  /** Those where one can log in. */
  private List<MasterService> services(List<MasterService> all) {
    return all.stream()
        .filter(service -> postfix.isYes(service, "smtpd_sasl_auth_enable"))
        .toList();
  }

  private void type(Place place) {
    String type = postfix.expand(place.value());
    if (!services(place.services()).isEmpty() && !type.equals("dovecot")) {
      findings.add(
          Finding.postfix(
              "%s = %s: passwords are not asked of Dovetail, which speaks as Dovecot does"
                  .formatted(place.name(), type),
              place.set("dovecot")));
    }
  }

  private void path(Place place) {
    List<MasterService> services = services(place.services());
    if (services.isEmpty()) {
      return;
    }
    boolean chrooted = services.stream().anyMatch(MasterService::chrooted);
    String path = postfix.expand(place.value());
    switch (own.reach(Own.Part.AUTH, path, postfix, chrooted)) {
      case THERE -> {}
      case HIDDEN ->
          findings.add(
              Finding.postfix(
                  "%s = %s, which its services cannot see: they are chrooted to %s, and end without a word to their clients"
                      .formatted(place.name(), path, postfix.value("queue_directory")),
                  address(chrooted).map(place::set).orElseGet(this::unreachable)));
      case ELSEWHERE -> {
        if (!dovecot.contains(postfix.socket(path, chrooted).toString())) {
          findings.add(
              Finding.postfix(
                  "%s = %s, where neither Dovetail nor Dovecot listens: nobody can log in"
                      .formatted(place.name(), path),
                  address(chrooted).map(place::set).orElseGet(this::unreachable)));
        }
      }
    }
  }

  /** Postfix names unix sockets without a word before. */
  private Optional<String> address(boolean chrooted) {
    return own.address(Own.Part.AUTH, postfix, chrooted)
        .map(
            address -> address.startsWith("unix:") ? address.substring("unix:".length()) : address);
  }

  private Fix unreachable() {
    String queue = postfix.value("queue_directory");
    return new Fix.Advice(
        """
        install -d -o dovetail -g postfix -m 0750 %s/dovetail
        dovetail.toml: [auth] listen = [{ address = "unix:%s/dovetail/auth", group = "postfix" }]
        then postconf -e 'smtpd_sasl_path = dovetail/auth'
        """
            .formatted(queue, queue));
  }

  private void encrypted(Place place) {
    boolean clear =
        services(place.services()).stream()
            .anyMatch(service ->
                !postfix.isYes(service, "smtpd_tls_wrappermode")
                    && !postfix.value(service, "smtpd_tls_security_level").equals("encrypt")
                    && !Words.of(postfix.value(service, "smtpd_sasl_security_options"))
                        .contains("noplaintext"));
    if (clear && !postfix.expand(place.value()).equals("yes")) {
      findings.add(
          Finding.postfix(
              place.name() + " is not yes: passwords are taken over connections without encryption",
              place.set("yes")));
    }
  }

  private void plaintext(Place place) {
    if (!services(place.services()).isEmpty()
        && Words.of(postfix.expand(place.value())).contains("noplaintext")) {
      findings.add(
          Finding.postfix(
              place.name()
                  + " has noplaintext: PLAIN and LOGIN, which most programs have, are not offered even with TLS",
              place.set("noanonymous")));
    }
  }

  private void relayed(Place place) {
    boolean submission = services(place.services()).stream().anyMatch(postfix::isSubmission);
    if (!submission
        || Words.of(postfix.expand(place.value())).contains("permit_sasl_authenticated")
        || postfix.expand(place.value()).contains("{")) {
      return;
    }
    Restrictions list = Restrictions.of(postfix, place.value());
    findings.add(
        Finding.postfix(
            place.name()
                + " lacks permit_sasl_authenticated: who has logged in may send to nobody elsewhere",
            place.set(list.with("permit_sasl_authenticated", -1))));
  }
}
