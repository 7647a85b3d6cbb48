package dovetail.lookup.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.fuzz.FuzzTarget;
import dovetail.mail.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What strangers publish: the record, the answer over HTTP, the policy. Whatever comes of it is
 * something that Postfix can read, and that comes back from the folder as it was.
 */
public final class PolicyTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "version: STSv1\n",
          "mode: enforce\n",
          "mode: testing\r\n",
          "mode: none\n",
          "mx: mail.example.com\n",
          "mx: *.example.net\n",
          "mx: ",
          "max_age: 604800\n",
          "max_age: 31557600",
          "v=STSv1;",
          " id=20160831085700Z;",
          "id=",
          "=",
          ";",
          ":",
          " ",
          "\t",
          "\r\n",
          "\n",
          "*.",
          "{",
          "}",
          ",",
          "HTTP/1.1 200 OK\r\n",
          "HTTP/1.1 100 \r\n\r\n",
          "Content-Type: text/plain\r\n",
          "Content-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\n",
          "5\r\n",
          "0\r\n\r\n",
          "\u00C3\u00BC",
          "\0",
          "\177");

  @Override
  public String name() {
    return "mta-sts";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    return switch (PolicyRecord.of(new Answer.Records<>(List.of(text), false))) {
      case PolicyRecord.Published(String id) -> published(id);
      case PolicyRecord.Invalid(String why) -> why;
      case PolicyRecord.Unknown _ -> throw new AssertionError("it is known");
      case PolicyRecord.Absent _ -> text.startsWith("HTTP/") ? answer(input) : policy(text);
    };
  }

  private static String published(String id) {
    assertThat(id).matches("[0-9A-Za-z]{1,32}");
    return "published";
  }

  private static String answer(byte[] input) throws MalformedException {
    try {
      HttpResponse response = HttpResponse.read(new ByteArrayInputStream(input), () -> true);
      assertThat(response.status()).isBetween(200, 599);
      assertThat(response.body().length()).isLessThanOrEqualTo(PolicyParser.MOST_OCTETS);
      return response.status() == HttpResponse.OK ? policy(response.body()) : "status";
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static String policy(String text) throws MalformedException {
    Policy policy;
    try {
      policy = PolicyParser.parse(text);
    } catch (MalformedException e) {
      assertThat(e.offset()).isBetween(0L, (long) text.length());
      return e.reason();
    }
    assertThat(policy.mx()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(250);
    assertThat(policy.maxAge()).isBetween(Duration.ZERO, Duration.ofSeconds(Policy.LONGEST));
    HeldPolicy held = new HeldPolicy("1", World.START, policy);
    assertThat(PolicyFile.read(PolicyFile.write(held))).isEqualTo(held);
    if (!policy.mx().isEmpty()) {
      PostfixTlsPolicy read =
          PostfixTlsPolicy.read(new PolicyText(true, true).of(World.DOMAIN, policy));
      assertThat(read.all("match").getFirst().split(":"))
          .containsExactlyElementsOf(
              policy.mx().stream().map(MxPattern::match).distinct().toList());
    }
    return policy.mode().word();
  }
}
