package dovetail.lookup.mtasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.MalformedException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyParserTest {
  private static final String REST = "\nmode: enforce\nmx: a.example\nmax_age: 86400\n";

  /** RFC 8461 3.2. */
  private static final String EXAMPLE =
      """
      version: STSv1
      mode: enforce
      mx: mail.example.com
      mx: *.example.net
      mx: backupmx.example.com
      max_age: 604800
      """;

  @Test
  void readsTheExample() throws Exception {
    Policy policy = PolicyParser.parse(EXAMPLE);
    assertThat(policy.mode()).isEqualTo(Policy.Mode.ENFORCE);
    assertThat(policy.maxAge()).isEqualTo(Duration.ofDays(7));
    assertThat(policy.mx())
        .extracting(MxPattern::toString)
        .containsExactly("mail.example.com", "*.example.net", "backupmx.example.com");
    assertThat(policy.mx())
        .extracting(MxPattern::match)
        .containsExactly("mail.example.com", ".example.net", "backupmx.example.com");
    assertThat(String.join("\n", policy.lines()) + "\n").isEqualTo(EXAMPLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: STSv1\r\nmode: enforce\r\nmx: a.example\r\nmax_age: 86400\r\n",
        "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 86400",
        "version:STSv1\nmode:\tenforce \nmx:   a.example\t\nmax_age: 0086400  \n\n",
        "mx: A.Example\nmax_age: 86400\nversion: STSv1\nmode: enforce\n",
        "version: STSv1\nversion: other\nmode: enforce\nmode: none\nmx: a.example\n"
            + "max_age: 86400\nmax_age: nonsense",
        "version: STSv1\nx-1_y.z: any thing { at all: \u00C3\u00BC\nx: 2\nx: 3" + REST
      })
  void readsWhatMeansTheSame(String text) throws Exception {
    assertThat(PolicyParser.parse(text).lines())
        .containsExactly("version: STSv1", "mode: enforce", "mx: a.example", "max_age: 86400");
  }

  @Test
  void needsNoHostsForNoPolicy() throws Exception {
    Policy policy = PolicyParser.parse("version: STSv1\nmode: none\nmax_age: 0\n");
    assertThat(policy).isEqualTo(new Policy(Policy.Mode.NONE, List.of(), Duration.ZERO));
    assertThat(PolicyParser.parse("version: STSv1\nmode: none\nmax_age: 31557600").maxAge())
        .isEqualTo(Duration.ofSeconds(Policy.LONGEST));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                | no version
          garbage                                                           | a line without a field
          version: STSv1\\nmode: enforce\\nmax_age: 86400                    | no mx
          version: STSv1\\nmode: testing\\nmax_age: 86400                    | no mx
          version: STSv1\\nmx: a.example\\nmax_age: 86400                    | no mode
          version: STSv1\\nmode: enforce\\nmx: a.example                     | no max_age
          mode: enforce\\nmx: a.example\\nmax_age: 1                         | no version
          version: STSv2\\nmode: none\\nmax_age: 1                           | another version
          version: stsv1\\nmode: none\\nmax_age: 1                           | another version
          version: STSv1\\nmode: doubt\\nmax_age: 1                          | an unknown mode
          version: STSv1\\nmode: Enforce\\nmx: a.example\\nmax_age: 1         | an unknown mode
          version: STSv1\\nmode: none\\nmax_age: xxx                         | a max_age that is no number
          version: STSv1\\nmode: none\\nmax_age: -1                          | a max_age that is no number
          version: STSv1\\nmode: none\\nmax_age: 12345678901                 | a max_age that is no number
          version: STSv1\\nmode: none\\nmax_age: 31557601                    | a max_age of more than a year
          version: STSv1\\nmx: *\\nmode: enforce\\nmax_age: 1                 | an mx that is no host
          version: STSv1\\nmx: a.*.example\\nmode: enforce\\nmax_age: 1       | an mx that is no host
          version: STSv1\\nmx: a.example.\\nmode: enforce\\nmax_age: 1        | an mx that is no host
          version: STSv1\\nmx: 192.0.2.1\\nmode: enforce\\nmax_age: 1         | an mx that is no host
          version: STSv1\\nmx: a.example x=y\\nmode: enforce\\nmax_age: 1     | an mx that is no host
          version: STSv1\\nmx: a.example:b\\nmode: enforce\\nmax_age: 1       | an mx that is no host
          version: STSv1\\nmx:\\nmode: enforce\\nmax_age: 1                   | a field without a value, or with control characters
          version: STSv1\\nx: \\u0007\\nmode: none\\nmax_age: 1                | a field without a value, or with control characters
          version: STSv1\\n: x\\nmode: none\\nmax_age: 1                      | a line without a field
          """)
  void saysWhatIsWrong(String text, String reason) {
    assertThatThrownBy(
            () -> PolicyParser.parse(text.replace("\\n", "\n").replace("\\u0007", "\u0007")))
        .isInstanceOfSatisfying(
            MalformedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** Each host takes more memory than its line has octets: 13,000 of them took a megabyte. */
  @Test
  void readsNoMoreHostsThanAnybodyHas() throws Exception {
    StringBuilder text = new StringBuilder("version: STSv1" + REST);
    for (int i = 1; i < 250; i++) {
      text.append("mx:h").append(i).append(".example\n").append("mx: *.H1.example\n");
    }
    assertThatThrownBy(() -> PolicyParser.parse(text.toString()))
        .isInstanceOfSatisfying(
            MalformedException.class, e -> assertThat(e.reason()).isEqualTo("more than 250 mx"));
    String most = text.toString().replace("mx: *.H1.example\n", "mx: H1.example\n");
    assertThat(PolicyParser.parse(most).mx()).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void readsAsMuchAsAPolicyMayBe() throws Exception {
    String head = "version: STSv1" + REST;
    String filled = head + "x: " + "y".repeat(PolicyParser.MOST_OCTETS - head.length() - 3);
    assertThat(filled).hasSize(PolicyParser.MOST_OCTETS);
    assertThat(PolicyParser.parse(filled).mx()).hasSize(1);
    assertThatThrownBy(() -> PolicyParser.parse(filled + "y"))
        .isInstanceOf(MalformedException.class);
  }
}
