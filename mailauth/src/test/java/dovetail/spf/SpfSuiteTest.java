package dovetail.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The conformance cases for RFC 7208, one JSON object a line. */
final class SpfSuiteTest {
  /** What the cases have where a domain says nothing, or nothing that may be shown. */
  private static final String DEFAULT = "DEFAULT";

  @Test
  void everyCaseEndsAsExpected() throws IOException {
    Path file = Path.of(System.getProperty("dovetail.suites", "."), "spf", "rfc7208.jsonl");
    assumeTrue(Files.exists(file), () -> "no conformance cases at " + file);
    List<String> wrong = new ArrayList<>();
    int count = 0;
    int explained = 0;
    for (String line : Files.readAllLines(file)) {
      SuiteCase each = SuiteCase.parse(line);
      SpfResult result = result(each);
      count++;
      if (!each.expected().contains(result.status().word())) {
        wrong.add(each.name() + ": " + each.expected() + " expected, is " + result);
      }
      if (each.explanation().isPresent()) {
        explained++;
        if (!each.explanation().get().equals(result.explanation().orElse(DEFAULT))) {
          wrong.add(each.name() + ": " + each.explanation().get() + " expected, is " + result);
        }
      }
    }
    System.out.println("spf/rfc7208.jsonl: " + count + " cases, " + explained + " explanations");
    assertThat(wrong).isEmpty();
    assertThat(count).isEqualTo(203);
    assertThat(explained).isPositive();
  }

  private static SpfResult result(SuiteCase each) {
    SpfVerifier verifier =
        new SpfVerifier(
            each.resolver(),
            "mx.receiver.example",
            InstantSource.fixed(Instant.EPOCH),
            System::nanoTime);
    return verifier.mailFrom(each.client(), each.mailFrom());
  }
}
