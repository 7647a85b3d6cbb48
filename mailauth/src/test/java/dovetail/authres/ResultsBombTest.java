package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that are made to cost their reader much. */
final class ResultsBombTest {
  private static final int MEGABYTE = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        ";",
        "\"",
        "\\",
        "=",
        "/",
        ".",
        "a",
        "a ",
        "1",
        "\0",
        "\u00e9",
        "()",
        "(\\",
        "\"\"",
        "\"a\"b",
        "a=b;",
        "a=b ",
        "a=b c.d=e;",
        "a=b c.d=e ",
        "a.",
        "a/",
        "a(",
        "(a)b",
        "\r\n ",
        "=\"",
        "reason=",
        "none;",
        "; spf=pass",
      })
  void costNoMoreThanTheirLength(String piece) {
    for (String start : new String[] {"", " mx.example.org;", " mx.example.org; a=b ", " a=b c="}) {
      String whole = start + piece.repeat(MEGABYTE / piece.length());
      String most = whole.substring(0, AuthenticationResultsReader.MAX_LENGTH);
      ResultsCursor cursor = new ResultsCursor(most);
      long before = allocated();
      Assertions.assertTimeout(
          Duration.ofSeconds(5),
          () -> {
            AuthenticationResultsReader.read(most, cursor);
            assertThat(AuthenticationResultsReader.read(whole))
                .isEqualTo(new Reading.Malformed("too long", most.length()));
            AuthservId.claims(Fields.field(whole), Set.of("mx.example.org"));
          });
      assertThat(allocated() - before).as("octets of memory").isLessThan(40L * MEGABYTE);
      assertThat(cursor.steps()).isLessThanOrEqualTo(2 * most.length() + 2);
      ResultsCursor id = new ResultsCursor(whole);
      var _ = AuthservId.read(id);
      assertThat(id.steps()).isLessThanOrEqualTo(whole.length() + 1);
    }
  }

  @Test
  void deepNestingAndManyResultsAreRefused() {
    String nested = "(".repeat(50_000) + ")".repeat(50_000);
    assertThat(AuthenticationResultsReader.read(nested + "mx.example.org; none"))
        .isEqualTo(new Reading.Malformed("comments nested too deep", 100_000));
    assertThat(AuthservId.of(Fields.field(nested + "mx.example.org; none")))
        .contains("mx.example.org");
    String results = "mx.example.org" + ";a=b".repeat(100_000);
    assertThat(AuthenticationResultsReader.read(results))
        .isEqualTo(new Reading.Malformed("too long", 102_400));
    assertThat(AuthenticationResultsReader.read(results.substring(0, 100_000)))
        .isEqualTo(new Reading.Malformed("too many results", 14 + 4 * 101));
    assertThat(AuthservId.of(Fields.field(results))).contains("mx.example.org");
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
