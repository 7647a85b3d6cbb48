package dovetail.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.Suspension;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What administrators are told of an account that was suspended. */
final class AlertsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static String text(String account) {
    return Alerts.text(
        new Suspension(account, NOW, NOW.plusSeconds(3600), "domains", "51 domains"));
  }

  @Test
  void namesTheAccountInWordsAndInCommands() {
    assertThat(text("ann@example.com").lines())
        .contains(
            "The account ann@example.com does not send as it used to: 51 domains.",
            "It may not send until 2026-03-01T13:00:00Z; it receives as before.",
            "    dovetail limit show ann@example.com",
            "    dovetail limit release ann@example.com",
            "    dovetail limit set --bulk ann@example.com");
  }

  @Test
  void commandsAreSafeToPasteWhateverTheAccountIsCalled() {
    assertThat(text("o'neil; $(reboot)").lines())
        .contains(
            "The account o'neil; $(reboot) does not send as it used to: 51 domains.",
            "    dovetail limit show 'o'\\''neil; $(reboot)'",
            "    dovetail limit release 'o'\\''neil; $(reboot)'",
            "    dovetail limit set --bulk 'o'\\''neil; $(reboot)'");
    assertThat(text("-x").lines()).contains("    dovetail limit set --bulk -- -x");
    assertThat(text("a\u001b[2Jb\nc").lines())
        .contains("    dovetail limit release 'a\\u{1b}[2Jb\\nc'");
  }
}
