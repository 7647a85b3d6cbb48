package dovetail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.server.ListenAddress;
import dovetail.server.ListenSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Faults that need no Postfix or Dovecot to be shown; the others are in the whole-system case. */
final class DoctorTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "queue_directory", "/var/spool/postfix",
          "smtpd_milters", "inet:localhost:8891",
          "non_smtpd_milters", "inet:[::1]:8891",
          "internal_mail_filter_classes", "bounce",
          "milter_connect_macros", "{daemon_name}",
          "milter_mail_macros", "{auth_authen}");
  private static final MasterService SMTP =
      new MasterService("smtp/inet", false, "smtpd", Map.of());
  private static final MasterService CLEANUP =
      new MasterService("cleanup/unix", false, "cleanup", Map.of());

  private static ListenSpec listener(String address, String mode) {
    return new ListenSpec(
        ListenAddress.parse(address),
        Optional.of(mode),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Own own(Map<Own.Part, List<ListenSpec>> listeners) {
    return new Own(
        listeners, List.of(), Set.of("virtual_alias_maps"), Set.of(), Duration.ofSeconds(15));
  }

  private static List<Finding> examine(
      Own own, Map<String, String> changes, MasterService... more) {
    Map<String, String> main = new HashMap<>(GOOD);
    main.putAll(changes);
    List<MasterService> services = new java.util.ArrayList<>(List.of(SMTP, CLEANUP));
    services.addAll(List.of(more));
    Postfix postfix = new Postfix(Path.of("/etc/postfix"), main, changes.keySet(), services);
    return Doctor.examine(own, Optional.of(postfix), Optional.empty());
  }

  private static final Own MILTER =
      own(Map.of(Own.Part.MILTER, List.of(ListenSpec.of("inet:localhost:8891"))));

  @Test
  void saysNothingOfWhatIsRight() {
    assertThat(examine(MILTER, Map.of())).isEmpty();
    assertThat(
            examine(
                MILTER, Map.of("smtpd_milters", "{ inet:127.0.0.1:8891, default_action=accept }")))
        .isEmpty();
  }

  @Test
  void anotherHostOfThatPortIsNotDovetail() {
    assertThat(examine(MILTER, Map.of("smtpd_milters", "inet:192.0.2.1:8891")))
        .extracting(Finding::what)
        .containsExactly(
            "smtpd_milters does not name Dovetail: what comes in there is neither signed nor verified");
  }

  @Test
  void saysNothingOfServicesThatGiveFilteredMailBack() {
    MasterService back =
        new MasterService("127.0.0.1:10026/inet", false, "smtpd", Map.of("smtpd_milters", ""));
    MasterService other =
        new MasterService(
            "127.0.0.1:10027/inet",
            false,
            "smtpd",
            Map.of("receive_override_options", "no_milters", "smtpd_milters", "inet:localhost:1"));
    assertThat(examine(MILTER, Map.of(), back, other)).isEmpty();
  }

  @Test
  void aListenerThatOnlyVerifiesIsNotForSubmissions() {
    Own own =
        own(
            Map.of(
                Own.Part.MILTER,
                List.of(
                    listener("inet:localhost:8891", "verify"),
                    listener("inet:localhost:8892", "sign"))));
    MasterService submission =
        new MasterService(
            "submission/inet", false, "smtpd", Map.of("smtpd_milters", "inet:localhost:8891"));
    List<Finding> findings =
        examine(own, Map.of("non_smtpd_milters", "inet:localhost:8892"), submission);
    assertThat(findings)
        .containsExactly(
            Finding.postfix(
                "smtpd_milters of submission in master.cf names a listener that only verifies: own mail is not signed",
                new Fix.Master("submission/inet", "smtpd_milters", "inet:localhost:8892")));
  }

  @Test
  void aSocketOutsideOfTheChrootNeedsAListenerInside() {
    Own outside = own(Map.of(Own.Part.MILTER, List.of(ListenSpec.of("unix:/run/dovetail/milter"))));
    MasterService jailed =
        new MasterService(
            "submission/inet", true, "smtpd", Map.of("smtpd_milters", "unix:/run/dovetail/milter"));
    Map<String, String> unix =
        Map.of(
            "smtpd_milters",
            "unix:/run/dovetail/milter",
            "non_smtpd_milters",
            "unix:/run/dovetail/milter");
    assertThat(examine(outside, unix)).isEmpty();
    assertThat(examine(outside, unix, jailed))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.what()).contains("chrooted to /var/spool/postfix");
          assertThat(finding.fixes()).singleElement().isInstanceOf(Fix.Advice.class);
        });
    Own inside =
        own(
            Map.of(
                Own.Part.MILTER,
                List.of(
                    ListenSpec.of("unix:/run/dovetail/milter"),
                    ListenSpec.of("unix:/var/spool/postfix/dovetail/milter"))));
    assertThat(examine(inside, unix, jailed))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.fixes())
                .containsExactly(
                    new Fix.Master("submission/inet", "smtpd_milters", "unix:dovetail/milter")));
  }

  @Test
  void aTableThatThereIsNotIsNamed() {
    Own own = own(Map.of(Own.Part.LOOKUP, List.of(ListenSpec.of("inet:localhost:10032"))));
    assertThat(
            examine(
                own,
                Map.of(
                    "smtpd_recipient_restrictions",
                    "check_client_access socketmap:inet:[::1]:10032:check_clients")))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("table check_clients"));
  }

  private static Own auth() {
    return own(
        Map.of(
            Own.Part.AUTH, List.of(ListenSpec.of("unix:/run/dovetail/auth")),
            Own.Part.DICT, List.of(ListenSpec.of("unix:/run/dovetail/dict"))));
  }

  private static List<Finding> dovecot24(String text) {
    Dovecot dovecot =
        new Dovecot(
            Path.of("/etc/dovecot/dovecot.conf"), "2.4", DovecotBlock.parse(text), Map.of());
    return Doctor.examine(auth(), Optional.empty(), Optional.of(dovecot));
  }

  private static final String LUA =
      "passdb lua {\nlua_file = /usr/share/dovetail/dovecot/dovetail.lua\n}\n";

  @Test
  void readsDovecot24() {
    String notes = "last_login {\ndict proxy {\ndict_proxy_socket_path = %s\n}\n}\n";
    assertThat(dovecot24(LUA + notes.formatted("/run/dovetail/dict"))).isEmpty();
    assertThat(dovecot24(LUA + notes.formatted("/run/dovetail/other")))
        .extracting(Finding::what)
        .containsExactly("last_login leads to /run/dovetail/other, where Dovetail does not listen");
    assertThat(dovecot24(""))
        .extracting(Finding::what)
        .containsExactly("no passdb asks Dovetail: its accounts cannot log in");
    assertThat(dovecot24(LUA + "auth_allow_cleartext = yes\n"))
        .extracting(Finding::fixes)
        .containsExactly(List.of(new Fix.Dovecot("auth_allow_cleartext = no\n")));
  }

  @Test
  void tellsWhatIsWrongWithTheHost() {
    Host good =
        new Host("ACCP", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(Doctor.examine(good)).isEmpty();
    Host bad =
        new Host(
            "JDK 25",
            Optional.of("noexec"),
            Optional.of("timeout"),
            Optional.of("no database"),
            Optional.of("no clock"));
    assertThat(Doctor.examine(bad)).hasSize(4).allMatch(one -> !one.fixes().isEmpty());
  }
}
