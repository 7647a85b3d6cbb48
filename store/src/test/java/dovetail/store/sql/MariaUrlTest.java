package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the driver is told. */
final class MariaUrlTest {
  private static String of(String url) {
    return MariaUrl.of(
        new DatabaseSettings(url, Optional.empty(), Optional.empty(), 1, Duration.ofSeconds(2)),
        2_000);
  }

  @Test
  void bringsItsTimeouts() {
    assertThat(of("jdbc:mariadb://db.example/x"))
        .startsWith("jdbc:mariadb://db.example/x?connectTimeout=2000&socketTimeout=2000&")
        .doesNotContain("sslMode");
  }

  @Test
  void leavesWhatIsWritten() {
    assertThat(of("jdbc:mariadb://db.example/x?socketTimeout=7&sslMode=trust"))
        .startsWith(
            "jdbc:mariadb://db.example/x?socketTimeout=7&sslMode=trust&connectTimeout=2000&");
  }

  @Test
  void doesNotEncryptWithinTheHost() {
    assertThat(of("jdbc:mariadb://localhost:3307/x")).contains("&sslMode=disable&");
    assertThat(of("jdbc:mariadb://localhost.example/x")).doesNotContain("sslMode");
  }

  @Test
  void aSocketFileIsReachedByOurSockets() {
    assertThat(of("jdbc:mariadb://db.example:3306/x?a=b&localSocket=/run/my$ql.sock&c=d"))
        .startsWith(
            "jdbc:mariadb://localhost/x?a=b&socketFactory=dovetail.store.sql.LocalSocketFactory"
                + "&dovetailLocalSocket=/run/my$ql.sock&c=d&")
        .contains("&sslMode=disable&");
  }

  @Test
  void aFactoryThatIsWrittenMakesItsOwn() {
    assertThat(of("jdbc:mariadb://h/x?localSocket=/s&socketFactory=a.B"))
        .startsWith("jdbc:mariadb://h/x?localSocket=/s&socketFactory=a.B&");
  }
}
