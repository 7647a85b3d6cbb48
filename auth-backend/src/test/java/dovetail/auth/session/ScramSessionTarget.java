package dovetail.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.ScramClient;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.auth.wire.AuthServerCodec;
import dovetail.auth.wire.ServerLine;
import dovetail.auth.wire.Sinks;
import dovetail.fuzz.FuzzTarget;
import dovetail.live.Octets;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Whatever a client says in the auth client protocol, by all mechanisms: nobody is let in by SCRAM,
 * whose nonces nobody guesses, nor by others without the password; and nothing is shown of it.
 */
public final class ScramSessionTarget implements FuzzTarget {
  private static final String PASSWORD = "sesame";

  private static final List<String> ALPHABET =
      List.of(
          "\t",
          "\n",
          "=",
          "VERSION\t1\t0\n",
          "VERSION\t1\t2\n",
          "CPID\t7\n",
          "AUTH\t1\tSCRAM-SHA-256\tservice=smtp\n",
          "AUTH\t2\tSCRAM-SHA-256\tservice=imap\tfinal-resp-ok\tresp=",
          "AUTH\t3\tPLAIN\tservice=imap\tresp=",
          "AUTH\t4\tLOGIN\tservice=smtp\n",
          "CONT\t1\t",
          "CONT\t2\t",
          "CONT\t4\t",
          "CANCEL\t1\n",
          base64("n,,n=joe@example.com,r=x"),
          base64("y,a=joe@example.com,n=joe@example.com,r=x,z=1"),
          base64("n,,n=ann,r=x"),
          base64("p=tls-exporter,,n=joe@example.com,r=x"),
          base64("c=biws,r=x,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
          base64("c=biws,r="),
          base64("\0joe@example.com\0" + PASSWORD),
          base64("\0joe@example.com\0x"),
          base64("joe@example.com"),
          base64(PASSWORD));

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\n";
  }

  private final String keys = ScramClient.stored(PASSWORD, "W22ZaJ0SNY7soEsUEjb6gQ==", 4096);

  @Override
  public String name() {
    return "scram-session";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws Exception {
    try (ScramBackend backend = new ScramBackend(1_000)) {
      backend.accounts.put(ScramBackend.account("{SHA1}x " + keys));
      return run(backend, Octets.string(input));
    }
  }

  private static String run(ScramBackend backend, String input) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    AuthServerCodec codec = new AuthServerCodec(Octets.input(input), Sinks.into(said));
    AuthSession session = backend.silent();
    String best = "read";
    try {
      while (codec.await()) {
        AuthSession.Answer answer = session.next(codec.read());
        assertThat(answer.toString()).doesNotContain(PASSWORD);
        if (answer instanceof AuthSession.Answer.Say(ServerLine line, _)) {
          codec.write(line);
          best = line instanceof ServerLine.Ok ? "let in" : best.equals("read") ? "told" : best;
        }
      }
    } catch (ProtocolException _) {
      best = best + ", then broken";
    }
    assertThat(Octets.string(said.toByteArray())).doesNotContain(PASSWORD);
    assertThat(backend.proven).as("logins by SCRAM").noneMatch(ScramSessionTarget::isGranted);
    return best + (backend.proven.isEmpty() ? "" : ", tried");
  }

  private static boolean isGranted(Outcome outcome) {
    return outcome.reason().kind() == Reason.Kind.GRANTED;
  }
}
