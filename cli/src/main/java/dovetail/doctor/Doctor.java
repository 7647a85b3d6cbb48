package dovetail.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what is wrong. Reads nothing itself. */
public final class Doctor {
  private Doctor() {}

  /**
   * All that is wrong, what belongs together side by side.
   *
   * @param postfix if there is one here
   * @param dovecot if there is one here
   */
  public static List<Finding> examine(
      Own own, Optional<Postfix> postfix, Optional<Dovecot> dovecot) {
    List<Finding> findings = new ArrayList<>();
    Set<String> sockets = dovecot.map(Dovecot::authSockets).orElse(Set.of());
    postfix.ifPresent(one -> {
      findings.addAll(MilterChecks.run(own, one));
      findings.addAll(MailChecks.run(own, one));
      findings.addAll(PolicyChecks.run(own, one));
      findings.addAll(LoginChecks.run(own, one, sockets));
      findings.addAll(MapChecks.run(own, one));
    });
    dovecot.ifPresent(one -> findings.addAll(DovecotChecks.run(own, one)));
    return findings;
  }

  /** What is wrong with the host. */
  public static List<Finding> examine(Host host) {
    List<Finding> findings = new ArrayList<>();
    host.slow()
        .ifPresent(why ->
            findings.add(
                Finding.host(
                    "signatures are computed by %s, at a quarter of the speed: %s"
                        .formatted(host.provider(), why),
                    new Fix.Advice(
                        "dovetail.toml: [server] native_folder = a folder of the service's on a file"
                            + " system that is not mounted noexec"))));
    host.dns()
        .ifPresent(why ->
            findings.add(
                Finding.host(
                    "the DNS does not answer: " + why,
                    new Fix.Advice(
                        "dovetail.toml: [dns] servers, or /etc/resolv.conf; then dovetail dns"))));
    host.database()
        .ifPresent(why ->
            findings.add(Finding.host(why, new Fix.Advice("dovetail database status says more"))));
    host.clock()
        .ifPresent(why ->
            findings.add(
                Finding.host(
                    why + ": signatures, one-time passwords and tokens go by the time",
                    new Fix.Advice("systemctl enable --now chronyd"))));
    return findings;
  }
}
