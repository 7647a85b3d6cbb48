package dovetail.arc;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dkim.SuiteCase;
import dovetail.dns.Answer;
import dovetail.dns.TxtResolver;
import dovetail.mail.MalformedException;
import dovetail.mail.MessageReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The validation cases of ValiMail's suite. */
class ArcSuiteTest {
  @Test
  void validation() throws IOException, MalformedException {
    List<SuiteCase> cases = SuiteCase.read("arc", "arc-validation.jsonl");
    Map<ArcStatus, Integer> seen = new TreeMap<>();
    Map<String, String> wrong = new TreeMap<>();
    for (SuiteCase each : cases) {
      ArcResult result = check(each);
      seen.merge(result.status(), 1, Integer::sum);
      if (!each.accept().contains(result.status().word())) {
        wrong.put(each.name(), result.words());
      }
      if (result.status() == ArcStatus.PASS) {
        assertThat(result.sets()).hasSize(result.instances());
      }
    }
    System.out.println("arc/arc-validation.jsonl: " + cases.size() + " cases, " + seen);
    assertThat(wrong).isEmpty();
    assertThat(cases).hasSize(171);
  }

  private static ArcResult check(SuiteCase each) throws IOException, MalformedException {
    MessageReader reader =
        MessageReader.open(new ByteArrayInputStream(each.message()), MessageReader.Limits.DEFAULT);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Optional<ByteBuffer> chunk = reader.nextChunk();
        chunk.isPresent();
        chunk = reader.nextChunk()) {
      ByteBuffer octets = chunk.get();
      while (octets.hasRemaining()) {
        body.write(octets.get());
      }
    }
    TxtResolver dns =
        new TxtResolver(name -> {
          Optional<String> text = Optional.ofNullable(each.dns().get(name.ascii()));
          return text.isPresent()
              ? new Answer.Records<>(List.of(text.get()), false)
              : new Answer.NoSuchName<>();
        });
    return Checking.of(dns).result(reader.headers(), body.toByteArray(), 1000);
  }
}
