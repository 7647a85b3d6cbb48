package dovetail.srs;

import static dovetail.srs.TestHost.domain;
import static dovetail.srs.TestHost.secrets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SrsSettingsTest {
  @Test
  void hasThePeersDefaults() {
    SrsSettings settings = SrsSettings.of(domain("srs.example"), secrets("abc"));
    assertThat(settings.separator()).isEqualTo('=');
    assertThat(settings.hashLength()).isEqualTo(4);
    assertThat(settings.minHashLength()).isEqualTo(4);
    assertThat(settings.maxAge()).isEqualTo(Duration.ofDays(21));
  }

  @ParameterizedTest
  @CsvSource({
    "=, 4, 4, P1D",
    "+, 20, 20, P365D",
    "-, 20, 4, PT24H",
    "=, 5, 4, PT48H",
  })
  void takes(char separator, int hashLength, int minHashLength, Duration maxAge) {
    assertThat(settings(separator, hashLength, minHashLength, maxAge).maxAge()).isEqualTo(maxAge);
  }

  @ParameterizedTest
  @CsvSource({
    "_, 4, 4, P21D, separator",
    "=, 3, 3, P21D, 4 to 20",
    "=, 21, 4, P21D, 4 to 20",
    "=, 4, 3, P21D, least",
    "=, 4, 0, P21D, least",
    "=, 4, 5, P21D, least",
    "=, 4, 4, P0D, whole days",
    "=, 4, 4, PT23H, whole days",
    "=, 4, 4, PT36H, whole days",
    "=, 4, 4, P-21D, whole days",
    "=, 4, 4, P366D, whole days",
    "=, 4, 4, P1023D, whole days",
  })
  void refuses(char separator, int hashLength, int minHashLength, Duration maxAge, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(separator, hashLength, minHashLength, maxAge))
        .withMessageContaining(why);
  }

  @Test
  void needsASecret() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SrsSettings.of(domain("srs.example"), List.of()))
        .withMessageContaining("secret");
  }

  @Test
  void readsOneSecretALine() throws MalformedException {
    List<SrsSecret> read = SrsSecret.read(octets("\n\r\none\r\n two \n\n\nthr\u00E9e"));
    assertThat(read).hasSize(3);
    List<String> lines = List.of("one", " two ", "thr\u00E9e");
    for (int i = 0; i < lines.size(); i++) {
      assertThat(read.get(i).hash("x")).isEqualTo(secrets(lines.get(i)).getFirst().hash("x"));
    }
    assertThat(read.get(1).hash("x")).isNotEqualTo(secrets("two").getFirst().hash("x"));
  }

  @Test
  void takesAnyOctetsForASecret() throws MalformedException {
    byte[] file = {(byte) 0xFF, '\t', (byte) 0x80, 1, '\n'};
    assertThat(SrsSecret.read(file)).hasSize(1);
    assertThat(SrsSecret.read(octets("a".repeat(1_022) + "\r\n"))).hasSize(1);
  }

  @Test
  void saysWhatIsWrongWithAFile() {
    checkRefused("", "no secret", 0);
    checkRefused("\n\r\n\n", "no secret", 0);
    checkRefused("one\ntw\0o", "NUL or CR in a secret", 6);
    checkRefused("one\rtwo\n", "NUL or CR in a secret", 3);
    checkRefused("one\r\r\n", "NUL or CR in a secret", 3);
    checkRefused("one\n" + "a".repeat(1_023), "secret of more than 1022 octets", 4);
  }

  private static void checkRefused(String file, String reason, long offset) {
    assertThatThrownBy(() -> SrsSecret.read(octets(file)))
        .isInstanceOfSatisfying(
            MalformedException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.offset()).isEqualTo(offset);
            });
  }

  @Test
  void neverShowsASecret() {
    SrsSettings settings = SrsSettings.of(domain("srs.example"), secrets("hushhush", "psst"));
    assertThat(settings.toString()).contains("srs.example").doesNotContain("hush", "psst");
    assertThat(settings.secrets().getFirst().toString()).isEqualTo("SrsSecret[not shown]");
  }

  private static SrsSettings settings(
      char separator, int hashLength, int minHashLength, Duration maxAge) {
    return new SrsSettings(
        domain("srs.example"), secrets("abc"), separator, hashLength, minHashLength, maxAge);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
