package dovetail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can only be seen from the start of a JVM on: properties, and which classes it loads. */
@Timeout(120)
final class OwnJvmTest {
  /** Each changes what Java or Jakarta Mail does, left to themselves. */
  private static final List<String> PROPERTIES =
      List.of(
          "-DsocksProxyHost=127.0.0.1",
          "-DsocksProxyPort=1",
          "-Djava.net.useSystemProxies=true",
          "-Djavax.net.ssl.trustStore=/nowhere",
          "-Dmail.smtp.host=nowhere.invalid",
          "-Dmail.smtp.port=1",
          "-Dmail.smtp.from=somebody@example.net",
          "-Dmail.smtp.localhost=elsewhere.example",
          "-Dmail.smtp.auth=true",
          "-Dmail.smtp.starttls.required=true",
          "-Dmail.debug=true",
          "-Dmail.user=somebody",
          "-Duser.name=somebody",
          "-Duser.language=de",
          "-Dfile.encoding=ISO-8859-1",
          "-Dmail.mime.allowutf8=true",
          "-Dmail.mime.charset=iso-8859-1",
          "-Dmail.mime.foldtext=false",
          "-Dmail.mime.encodeparameters=false",
          "-Dmail.mime.foldencodedwords=true");

  private static String run(List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-Xshare:auto"));
    command.addAll(options);
    command.add(OutboxProgram.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  @Test
  void noPropertyChangesAnything() throws Exception {
    try (ScriptedRelay relay = new ScriptedRelay()) {
      relay.say(ScriptedRelay.END, "250 gr\u00fc\u00dfe");
      String port = Integer.toString(relay.port());
      String expected = "Accepted[reply=gr?e]\ndone\n";
      assertThat(run(List.of(), port, "send")).isEqualTo(expected);
      List<String> heard = relay.heard();
      assertThat(run(PROPERTIES, port, "send")).isEqualTo(expected);
      assertThat(relay.heard().subList(heard.size(), relay.heard().size())).isEqualTo(heard);
      assertThat(relay.messages()).hasSize(2);
      assertThat(relay.messages().get(1)).isEqualTo(relay.messages().get(0));
    }
  }

  @Test
  void loadsNothingBeforeTheFirstMail() throws Exception {
    String idle = run(List.of("-Xlog:class+load:stdout"), "25");
    assertThat(idle)
        .contains("dovetail.outbox.SmtpOutbox ")
        .contains("done")
        .doesNotContain("jakarta.mail")
        .doesNotContain("org.eclipse.angus")
        .doesNotContain("javax.net.ssl");
  }
}
