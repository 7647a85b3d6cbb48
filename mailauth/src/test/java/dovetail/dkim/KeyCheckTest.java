package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dkim.KeyCheck.Outcome;
import dovetail.dns.Answer;
import dovetail.dns.Failure;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyCheckTest {
  private static final DkimKey RSA = key(Algorithm.RSA_SHA256);
  private static final DkimKey ED25519 = key(Algorithm.ED25519_SHA256);

  private static DkimKey key(Algorithm algorithm) {
    try {
      String pem = DkimKey.generate(algorithm, 2048, new SecureRandom());
      return DkimKey.parse(pem.getBytes(StandardCharsets.US_ASCII));
    } catch (DkimKeyException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyCheck check(DkimKey key, String... records) {
    return KeyCheck.of(key, new Answer.Records<>(List.of(records), false));
  }

  private static KeyCheck is(Outcome outcome, String detail) {
    return new KeyCheck(outcome, detail);
  }

  @Test
  void findsTheKeyThatIsPublished() {
    for (DkimKey key : List.of(RSA, ED25519)) {
      String record = key.publicKeyRecord();
      assertThat(check(key, record)).isEqualTo(is(Outcome.PUBLISHED, ""));
      assertThat(check(key, "v=spf1 -all", record)).isEqualTo(is(Outcome.PUBLISHED, ""));
      assertThat(check(key, record.replace("v=DKIM1; ", ""))).isEqualTo(is(Outcome.PUBLISHED, ""));
      assertThat(check(key, record + "; t=y"))
          .isEqualTo(is(Outcome.PUBLISHED, "in test mode (t=y): remove that tag"));
    }
  }

  @Test
  void tellsWhatIsThereInstead() {
    assertThat(check(RSA, key(Algorithm.RSA_SHA256).publicKeyRecord()))
        .isEqualTo(is(Outcome.ANOTHER_KEY, ""));
    assertThat(check(RSA, ED25519.publicKeyRecord())).isEqualTo(is(Outcome.ANOTHER_KEY, ""));
    assertThat(check(RSA, "v=spf1 -all").outcome()).isEqualTo(Outcome.MISSING);
    assertThat(check(RSA, "v=DKIM1; p=")).isEqualTo(is(Outcome.UNUSABLE, "key revoked"));
    assertThat(check(RSA, "v=DKIM1; p=AAAA"))
        .isEqualTo(is(Outcome.UNUSABLE, "malformed key: no RSA key"));
    assertThat(check(RSA, RSA.publicKeyRecord(), ED25519.publicKeyRecord()))
        .isEqualTo(is(Outcome.UNUSABLE, "there are 2 key records"));
  }

  @Test
  void tellsAbsenceFromIgnorance() {
    assertThat(KeyCheck.of(RSA, new Answer.NoSuchName<>()).outcome()).isEqualTo(Outcome.MISSING);
    assertThat(KeyCheck.of(RSA, new Answer.NoData<>()).outcome()).isEqualTo(Outcome.MISSING);
    assertThat(KeyCheck.of(RSA, new Answer.Failed<>(Failure.TIMEOUT)))
        .isEqualTo(is(Outcome.UNKNOWN, "timeout"));
  }
}
