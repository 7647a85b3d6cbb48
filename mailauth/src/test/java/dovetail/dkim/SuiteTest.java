package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The conformance cases for the RFC examples, one JSON object a line. */
class SuiteTest {
  @Test
  void rfcExamples() throws IOException, GeneralSecurityException {
    List<SuiteCase> cases = SuiteCase.read("dkim", "rfc-examples.jsonl");
    int passing = 0;
    for (SuiteCase each : cases) {
      TestMessage message = TestMessage.parse(each.message());
      List<String> results = new PlainVerifier(each.dns()).verify(message);
      assertThat(results).as(each.name()).isNotEmpty();
      Map<String, List<String>> records = new HashMap<>();
      each.dns().forEach((name, text) -> records.put(name, List.of(text)));
      assertThat(Verification.of(records).results(message))
          .as(each.name())
          .hasSameSizeAs(results)
          .allMatch(result -> (result.status() == DkimStatus.PASS) == each.expect().equals("pass"));
      if (each.expect().equals("pass")) {
        assertThat(results).as(each.name()).containsOnly("pass");
        passing++;
      } else {
        assertThat(results).as(each.name()).doesNotContain("pass");
      }
    }
    System.out.println("dkim/rfc-examples.jsonl: " + cases.size() + " cases");
    assertThat(passing).isBetween(1, cases.size() - 1);
  }
}
