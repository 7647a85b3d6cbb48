package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.live.Octets;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthCodecTest {
  private static final String VERSION = "VERSION\t1\t2\n";

  private static ClientLine.Auth auth(String version, String line) throws IOException {
    AuthServerCodec codec =
        new AuthServerCodec(Octets.input(version + line + "\n"), Sinks.nowhere());
    assertThat(codec.read()).isInstanceOf(ClientLine.Version.class);
    return (ClientLine.Auth) codec.read();
  }

  private static String written(ServerLine... lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AuthServerCodec(Octets.input(""), Sinks.into(out)).write(List.of(lines));
    return Octets.string(out.toByteArray());
  }

  private static Payload payload(String octets) {
    return Payload.of(Octets.bytes(octets));
  }

  @Test
  void readsALogin() throws IOException {
    ClientLine.Auth auth =
        auth(
            VERSION,
            "AUTH\t7\tpLAIN\tservice=smtp\tnologin\tlip=\trip=192.0.2.7\tnew=a=b\tresp=AGEAYg==");
    assertThat(auth)
        .isEqualTo(
            new ClientLine.Auth(
                7,
                "pLAIN",
                Fields.of("service", "smtp")
                    .with("nologin", "")
                    .with("lip", "")
                    .with("rip", "192.0.2.7")
                    .with("new", "a=b"),
                Optional.of(payload("\0a\0b"))));
    assertThat(auth.service()).isEqualTo("smtp");
    assertThat(auth.get(Parameter.REMOTE_ADDRESS)).contains("192.0.2.7");
    assertThat(auth.get(Parameter.NOLOGIN)).contains("");
    assertThat(auth.get(Parameter.SECURED)).isEmpty();
    assertThat(auth.forwardFields()).isEmpty();
  }

  @Test
  void namesTheServiceAsEitherGenerationDoes() throws IOException {
    assertThat(auth(VERSION, "AUTH\t1\tPLAIN\tprotocol=imap").service()).isEqualTo("imap");
    assertThat(auth(VERSION, "AUTH\t1\tPLAIN\tservice=x\tprotocol=imap").service())
        .isEqualTo("imap");
    assertThatThrownBy(() -> auth(VERSION, "AUTH\t1\tPLAIN\tservice=\tresp="))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void unescapesForwardedFieldsTwice() throws IOException {
    List<String> fields = List.of("a=b", "c=d\te", "", "f=\1\n\0");
    String value = ClientLine.Auth.forwardFields(fields);
    assertThat(value).isEqualTo("a=b\tc=d\1te\t\tf=\0011\1n\0010");
    String line =
        "AUTH\t1\tPLAIN\tservice=imap\tforward_fields="
            + "a=b\1tc=d\0011te\1t\1tf=\0011"
            + "1\0011n\0011"
            + "0";
    assertThat(auth(VERSION, line).get(Parameter.FORWARD_FIELDS)).contains(value);
    assertThat(auth(VERSION, line).forwardFields()).isEqualTo(fields);
  }

  /** By the client's minor version: - is none, nothing is an empty one. */
  @ParameterizedTest
  @CsvSource({
    "0,,-",
    "0,resp=,-",
    "0,resp,-",
    "0,resp==,''",
    "1,resp=,-",
    "2,,-",
    "2,resp=,''",
    "2,resp,''",
    "2,resp==,''",
    "4,resp=,''",
    "0,resp=YQ==,a",
    "2,resp=YQ==,a",
    "2,resp====,!",
    "2,resp=YQ,!",
    "2,resp=YQ=a,!",
    "2,resp=Y,!",
    "2,resp=YQ==YQ==,!",
    "2,resp=\u00fc,!",
    "2,resp=Y Q=,!"
  })
  void tellsNoResponseFromAnEmptyOne(int minor, String field, String response) throws IOException {
    String line = "AUTH\t1\tPLAIN\tservice=imap" + (field == null ? "" : "\t" + field);
    ClientLine.Auth auth = auth("VERSION\t1\t" + minor + "\n", line);
    assertThat(auth.response())
        .isEqualTo(
            switch (response) {
              case "-" -> Optional.empty();
              case "!" -> Optional.of(new Payload.BadBase64());
              default -> Optional.of(payload(response));
            });
  }

  @Test
  void writesTheHandshakeAtOnce() throws IOException {
    List<String> writes = new ArrayList<>();
    AuthServerCodec codec =
        new AuthServerCodec(
            Octets.input(""),
            bytes -> {
              byte[] copy = new byte[bytes.remaining()];
              bytes.get(copy);
              writes.add(Octets.string(copy));
            });
    codec.write(
        List.of(
            new ServerLine.Version(1, 2),
            new ServerLine.Mech("PLAIN", Set.of(MechanismFlag.PLAINTEXT)),
            new ServerLine.Mech("X", EnumSet.allOf(MechanismFlag.class)),
            new ServerLine.Spid(1),
            new ServerLine.Cuid(2),
            new ServerLine.Cookie("00ff"),
            new ServerLine.Done()));
    assertThat(writes)
        .containsExactly(
            "VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nMECH\tX\tprivate\tanonymous\tplaintext"
                + "\tdictionary\tactive\tforward-secrecy\tmutual-auth\tchannel-binding\n"
                + "SPID\t1\nCUID\t2\nCOOKIE\t00ff\nDONE\n");
  }

  @Test
  void writesAnswers() throws IOException {
    assertThat(
            written(
                new ServerLine.Cont(1, payload("")),
                new ServerLine.Cont(1, payload("Username:")),
                new ServerLine.Ok(2, "jörg", Fields.of("nologin", ""), Optional.empty()),
                new ServerLine.Ok(2, "a", Fields.NONE, Optional.of(payload("v"))),
                new ServerLine.Cancelled(3)))
        .isEqualTo(
            """
            CONT\t1\t
            CONT\t1\tVXNlcm5hbWU6
            OK\t2\tuser=j\303\266rg\tnologin
            OK\t2\tuser=a\tresp=dg==
            CANCELLED\t3
            """);
    assertThat(
            written(
                new ServerLine.Fail(
                    4,
                    Optional.of("ann"),
                    Optional.of(FailCode.TEMP_FAIL),
                    Optional.of("try again"),
                    Fields.of("code", "of ours").with("a\tb", "c\nd"))))
        .isEqualTo(
            "FAIL\t4\tuser=ann\tcode=temp_fail\treason=try again\tcode=of ours\ta\1tb=c\1nd\n");
  }

  /** Postfix does not take escapes off, so that there must be none. */
  @Test
  void namesAndReasonsArePlain() throws IOException {
    for (String name : List.of("", "a\nb", "a\tb", "a\0", "a\1", "\u2028", "x".repeat(1_025))) {
      assertThatThrownBy(() -> new ServerLine.Ok(1, name, Fields.NONE, Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(
              written(
                  new ServerLine.Fail(
                      1, Optional.of(name), Optional.empty(), Optional.empty(), Fields.NONE)))
          .isEqualTo("FAIL\t1\n");
    }
    String longest = "\u00fc".repeat(512);
    assertThat(new ServerLine.Ok(1, longest, Fields.NONE, Optional.empty()).user())
        .isEqualTo(longest);
    assertThat(PlainText.isName(longest + "x")).isFalse();
    assertThat(
            written(
                new ServerLine.Fail(
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("a\r\nOK\t1\0\ud800" + "\ud83d\ude00".repeat(200)),
                    Fields.NONE)))
        .isEqualTo(
            "FAIL\t1\treason=" + Octets.utf8("a??OK?1??" + "\ud83d\ude00".repeat(97)) + "\n");
  }

  @Test
  void nothingHasTwoPlaces() {
    for (String name : List.of("user", "resp")) {
      assertThatThrownBy(() -> new ServerLine.Ok(1, "a", Fields.of(name, "x"), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Fields fields :
        List.of(Fields.of("user", ""), Fields.of("reason", ""), Fields.of("code", "temp_fail"))) {
      assertThatThrownBy(() ->
              new ServerLine.Fail(1, Optional.empty(), Optional.empty(), Optional.empty(), fields))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> new ClientLine.Auth(1, "PLAIN", Fields.of("resp", ""), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fields.of("a=b", "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fields.of("", "a")).isInstanceOf(IllegalArgumentException.class);
  }

  /** A line that clients would not read is not begun, and the next one is whole. */
  @Test
  void writesNoLineThatIsTooLong() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AuthServerCodec codec = new AuthServerCodec(Octets.input(""), Sinks.into(out));
    String most = "x".repeat(AuthServerCodec.MAX_LINE - "OK\t1\tuser=a\tf=".length());
    codec.write(new ServerLine.Ok(1, "a", Fields.of("f", most), Optional.empty()));
    assertThat(out.size()).isEqualTo(AuthServerCodec.MAX_LINE + 1);
    ServerLine over = new ServerLine.Ok(1, "a", Fields.of("f", most + "x"), Optional.empty());
    assertThatThrownBy(() -> codec.write(List.of(new ServerLine.Done(), over)))
        .isInstanceOf(IllegalArgumentException.class);
    out.reset();
    codec.write(new ServerLine.Done());
    assertThat(Octets.string(out.toByteArray())).isEqualTo("DONE\n");
  }

  /** A payload that was wiped fails its write, and leaves nothing of it for the next. */
  @Test
  void writesNothingOfALineThatFails() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AuthServerCodec codec = new AuthServerCodec(Octets.input(""), Sinks.into(out));
    Payload wiped = payload("secret");
    wiped.close();
    assertThatThrownBy(() -> codec.write(new ServerLine.Cont(1, wiped)))
        .isInstanceOf(IllegalStateException.class);
    codec.write(new ServerLine.Done());
    assertThat(Octets.string(out.toByteArray())).isEqualTo("DONE\n");
  }

  @Test
  void clientsMayPassOverNewsInAHandshake() throws IOException {
    AuthClientCodec codec =
        new AuthClientCodec(
            Octets.input("VERSION\t1\t9\nNEWS\nMECH\tX\nnews\n\nDONE\nNEWS\n"),
            Sinks.nowhere(),
            AuthClientCodec.UnknownLines.SKIP);
    assertThat(codec.read()).isEqualTo(new ServerLine.Version(1, 9));
    assertThat(codec.read()).isEqualTo(new ServerLine.Mech("X", Set.of()));
    assertThat(codec.read()).isEqualTo(new ServerLine.Done());
    assertThatThrownBy(codec::read)
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a line that is no answer of an auth server");
  }

  @Test
  void anEmptyFirstResponseIsWrittenForServersOfAllVersions() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AuthClientCodec codec =
        new AuthClientCodec(Octets.input(""), Sinks.into(out), AuthClientCodec.UnknownLines.REFUSE);
    codec.write(
        new ClientLine.Auth(1, "PLAIN", Fields.of("service", "smtp"), Optional.of(payload(""))));
    codec.write(new ClientLine.Cont(1, payload("")));
    assertThat(Octets.string(out.toByteArray()))
        .isEqualTo("AUTH\t1\tPLAIN\tservice=smtp\tresp==\nCONT\t1\t\n");
  }
}
