package dovetail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What main.cf and master.cf mean. */
final class PostfixTest {
  private static final MasterService SMTP = new MasterService("smtp/inet", true, "smtpd", Map.of());
  private static final MasterService SUBMISSION =
      new MasterService("submission/inet", false, "smtpd", Map.of("smtpd_milters", "inet:[::1]:1"));
  private static final MasterService OTHER =
      new MasterService("[::1]:587/inet", false, "smtpd", Map.of());

  private static Postfix postfix(Map<String, String> main) {
    return new Postfix(Path.of("/etc/postfix"), main, Set.of(), List.of(SMTP, SUBMISSION, OTHER));
  }

  @Test
  void wordsAreApartByCommasAndSpaceButNotInBraces() {
    assertThat(Words.of(" a, b\tc,,{ d, { e } f },g}h "))
        .containsExactly("a", "b", "c", "{ d, { e } f }", "g}h");
    assertThat(Words.of(" , ")).isEmpty();
  }

  @Test
  void readsAnAddressWithOptions() {
    Callee callee = Callee.parse("{ inet:localhost:1, default_action=DUNNO, timeout=10s }");
    assertThat(callee.address()).isEqualTo("inet:localhost:1");
    assertThat(callee.option("timeout")).contains("10s");
    assertThat(callee.option("time")).isEmpty();
    assertThat(callee.word()).isEqualTo("{inet:localhost:1,default_action=DUNNO,timeout=10s}");
    assertThat(Callee.parse("unix:a").word()).isEqualTo("unix:a");
    assertThat(Callee.parse("{}").address()).isEmpty();
  }

  @Test
  void replacesNames() {
    Postfix postfix = postfix(Map.of("a", "1 $b", "b", "2", "ring", "<$ring>"));
    assertThat(postfix.expand("$a ${b} $(b) $none ${b?x}")).isEqualTo("1 2 2 2 $none ${b?x}");
    assertThat(postfix.value("ring")).startsWith("<<").contains("$ring"); // and it ends
    assertThat(postfix.value("none")).isEmpty();
  }

  @Test
  void aServiceWithAValueOfItsOwnIsAPlace() {
    Postfix postfix = postfix(Map.of("smtpd_milters", "inet:localhost:2"));
    List<Place> places = postfix.places("smtpd", "smtpd_milters");
    assertThat(places).hasSize(2);
    assertThat(places.getFirst().services()).containsExactly(SMTP, OTHER);
    assertThat(places.getFirst().set("x, y")).isEqualTo(new Fix.Main("smtpd_milters", "x, y"));
    assertThat(places.getFirst().isChrooted()).isTrue();
    assertThat(places.getLast().name()).isEqualTo("smtpd_milters of submission in master.cf");
    assertThat(places.getLast().set("x, { y, a=b }"))
        .isEqualTo(new Fix.Master("submission/inet", "smtpd_milters", "x,{y,a=b}"));
    assertThat(postfix.places("cleanup", "smtpd_milters")).isEmpty();
  }

  @Test
  void knowsWhereOneSubmits() {
    Postfix postfix = postfix(Map.of());
    assertThat(postfix.isSubmission(SUBMISSION)).isTrue();
    assertThat(postfix.isSubmission(OTHER)).isTrue();
    assertThat(postfix.isSubmission(SMTP)).isFalse();
    assertThat(
            postfix.isSubmission(
                new MasterService(
                    "2525/inet", false, "smtpd", Map.of("smtpd_sasl_auth_enable", "yes"))))
        .isTrue();
  }

  @Test
  void changesATextWhereItComesFrom() {
    Postfix postfix = postfix(Map.of("policy", "check a", "list", "permit, $policy"));
    Place place = new Place("list", "permit, $policy", Optional.empty(), List.of(SMTP));
    assertThat(postfix.replaced(place, "permit", "reject"))
        .isEqualTo(new Fix.Main("list", "reject, $policy"));
    assertThat(postfix.replaced(place, "check a", "check b"))
        .isEqualTo(new Fix.Main("policy", "check b"));
  }

  @Test
  void aSocketIsBelowTheQueueForWhoeverIsChrooted() {
    Postfix postfix = postfix(Map.of("queue_directory", "/q"));
    assertThat(postfix.socket("/run/a", true)).hasToString("/q/run/a");
    assertThat(postfix.socket("/run/a", false)).hasToString("/run/a");
    assertThat(postfix.socket("private/a", true)).hasToString("/q/private/a");
    assertThat(postfix.socket("private/a", false)).hasToString("/q/private/a");
  }

  @Test
  void readsTimes() {
    assertThat(PostfixTime.parse("300")).contains(Duration.ofMinutes(5));
    assertThat(PostfixTime.parse("2m")).contains(Duration.ofMinutes(2));
    assertThat(PostfixTime.parse("1w")).contains(Duration.ofDays(7));
    assertThat(PostfixTime.parse("soon")).isEmpty();
    assertThat(PostfixTime.parse("99999999999")).isEmpty();
  }

  @Test
  void linesForAShellAreQuoted() {
    assertThat(new Fix.Main("a", "it's $b").command()).contains("postconf -e 'a = it'\\''s $b'");
    assertThat(new Fix.Main("a", "").command()).contains("postconf -e 'a ='");
    assertThat(new Fix.Master("smtp/inet", "a", "b").command())
        .contains("postconf -P 'smtp/inet/a=b'");
    assertThat(new Fix.Advice("x").command()).isEmpty();
  }
}
