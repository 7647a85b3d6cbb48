package dovetail.srs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dovetail.srs.Rewriting.Reason;
import dovetail.srs.Rewriting.Unchanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The requests of postsrsd's own tests, one JSON object a line, and what it replies to them. */
final class SrsSuiteTest {
  private static final Map<String, Set<Reason>> REASONS =
      Map.ofEntries(
          Map.entry("No domain.", Set.of(Reason.NO_DOMAIN)),
          Map.entry("Need not rewrite local domain.", Set.of(Reason.LOCAL_DOMAIN)),
          Map.entry("Not an SRS address.", Set.of(Reason.NOT_SRS)),
          Map.entry("Time stamp out of date.", Set.of(Reason.EXPIRED)),
          // Unlike postsrsd, we do not try the hash of an address elsewhere.
          Map.entry("Hash invalid in SRS address.", Set.of(Reason.BAD_HASH, Reason.FOREIGN_DOMAIN)),
          Map.entry("No hash in SRS0 address.", Set.of(Reason.MALFORMED)),
          Map.entry("No timestamp in SRS0 address.", Set.of(Reason.MALFORMED)),
          Map.entry("No host in SRS0 address.", Set.of(Reason.MALFORMED)),
          Map.entry("No user in SRS0 address.", Set.of(Reason.MALFORMED)));

  @Test
  void repliesAsPostsrsdDoes() throws IOException {
    Path file = Path.of(System.getProperty("dovetail.suites", "."), "srs", "postsrsd.jsonl");
    assumeTrue(Files.exists(file), () -> "no conformance cases at " + file);
    int cases = 0;
    int stateful = 0;
    for (String line : Files.readAllLines(file)) {
      Map<String, String> each = read(line);
      if (isStateful(each)) {
        stateful++;
      } else {
        check(each);
        cases++;
      }
    }
    System.out.printf(
        "srs/postsrsd.jsonl: %d cases; %d left out, which need a database%n", cases, stateful);
    assertThat(cases).isGreaterThan(20);
    assertThat(stateful).isLessThan(cases / 4);
  }

  /** It knows an alias for the address, under the domain "1". */
  private static boolean isStateful(Map<String, String> each) {
    return text(each, "request").contains("=1=") || text(each, "reply").contains("=1=");
  }

  private static void check(Map<String, String> each) {
    SrsRewriter host =
        new SrsRewriter(
            SrsSettings.of(
                TestHost.domain(text(each, "srs_domain")), TestHost.secrets(text(each, "secret"))),
            _ -> false,
            InstantSource.fixed(Instant.ofEpochSecond(Long.parseLong(text(each, "clock")))));
    List<String> request = List.of(text(each, "request").split(" ", 2));
    Rewriting answer =
        request.getFirst().equals("forward")
            ? host.forward(request.getLast())
            : host.reverse(request.getLast());
    List<String> reply = List.of(text(each, "reply").split(" ", 2));
    if (reply.getFirst().equals("OK")) {
      // The case of a domain is not kept.
      assertThat(answer).as(text(each, "name")).isEqualTo(TestHost.to(reply.getLast()));
    } else {
      assertThat(reply.getFirst()).isEqualTo("NOTFOUND");
      assertThat(answer)
          .as(text(each, "name"))
          .isInstanceOfSatisfying(
              Unchanged.class,
              unchanged ->
                  assertThat(unchanged.reason())
                      .as(text(each, "name"))
                      .isIn(REASONS.getOrDefault(reply.getLast(), Set.of())));
    }
  }

  private static String text(Map<String, String> each, String name) {
    return each.getOrDefault(name, "");
  }

  private static Map<String, String> read(String line) {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        texts.put(name, parser.getString());
      }
    }
    return texts;
  }
}
