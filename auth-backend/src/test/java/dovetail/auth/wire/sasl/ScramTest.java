package dovetail.auth.wire.sasl;

import static dovetail.auth.wire.sasl.Messages.data;
import static dovetail.auth.wire.sasl.Messages.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.wire.SaslData;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScramTest {
  private static final ChannelBinding NONE = new ChannelBinding.Unsupported();

  /** An example: what is said, in its order. */
  private record Example(
      String hash, String clientFirst, String serverFirst, String clientFinal, String serverFinal) {
    private String hmac(String key, String text) throws Exception {
      Mac mac = Mac.getInstance("Hmac" + hash);
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "RAW"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String saltedPassword(ScramServerFirst first, int bits) throws Exception {
      PBEKeySpec spec =
          new PBEKeySpec("pencil".toCharArray(), first.salt().octets(), first.iterations(), bits);
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash).generateSecret(spec).getEncoded();
      return Base64.getEncoder().encodeToString(salted);
    }
  }

  /** RFC 5802 5. */
  private static final Example SHA_1 =
      new Example(
          "SHA1",
          "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
          "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
          "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
          "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");

  /** RFC 7677 3. */
  private static final Example SHA_256 =
      new Example(
          "SHA256",
          "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
          "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
          "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
              + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
          "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");

  @Test
  void readsTheExampleOfRfc5802() throws Exception {
    isRead(SHA_1, 160);
    assertThat(ScramClientFirst.parse(data(SHA_1.clientFirst())))
        .isEqualTo(
            new ScramClientFirst(
                NONE, Optional.empty(), "user", "fyko+d2lbbFgONRv9qkxdawL", List.of()));
  }

  @Test
  void readsTheExampleOfRfc7677() throws Exception {
    isRead(SHA_256, 256);
    assertThat(ScramServerFirst.parse(data(SHA_256.serverFirst())).iterations()).isEqualTo(4096);
  }

  /** Each is written as it was; and what is signed of them gives the server's signature. */
  private static void isRead(Example example, int bits) throws Exception {
    ScramClientFirst clientFirst = ScramClientFirst.parse(data(example.clientFirst()));
    ScramServerFirst serverFirst = ScramServerFirst.parse(data(example.serverFirst()));
    ScramClientFinal clientFinal = ScramClientFinal.parse(data(example.clientFinal()));
    ScramServerFinal serverFinal = ScramServerFinal.parse(data(example.serverFinal()));
    assertThat(string(clientFirst.data())).isEqualTo(example.clientFirst());
    assertThat(string(serverFirst.data())).isEqualTo(example.serverFirst());
    assertThat(string(clientFinal.data())).isEqualTo(example.clientFinal());
    assertThat(string(serverFinal.data())).isEqualTo(example.serverFinal());
    assertThat(string(clientFinal.binding())).isEqualTo(clientFirst.header());
    String signed =
        clientFirst.bare() + "," + serverFirst.text() + "," + clientFinal.withoutProof();
    String serverKey = example.hmac(example.saltedPassword(serverFirst, bits), "Server Key");
    assertThat("v=" + example.hmac(serverKey, signed)).isEqualTo(example.serverFinal());
  }

  @Test
  void readsNamesAndFlags() throws MalformedSaslException {
    assertThat(ScramClientFirst.parse(data("y,a=a=2Cb,n=j\303\274=3D=2C,r=x,y=1,Z=2=3")))
        .isEqualTo(
            new ScramClientFirst(
                new ChannelBinding.NotOffered(),
                Optional.of("a,b"),
                "jü=,",
                "x",
                List.of(new ScramExtension('y', "1"), new ScramExtension('Z', "2=3"))));
    ScramClientFirst bound = ScramClientFirst.parse(data("p=tls-server-end-point,,n=u,r=!~"));
    assertThat(bound.binding()).isEqualTo(new ChannelBinding.Used("tls-server-end-point"));
    assertThat(bound.header()).isEqualTo("p=tls-server-end-point,,");
    assertThat(bound.bare()).isEqualTo("n=u,r=!~");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|BINDING_FLAG",
        "x,,n=u,r=x|BINDING_FLAG",
        "N,,n=u,r=x|BINDING_FLAG",
        "p=,,n=u,r=x|BINDING_FLAG",
        "p=a_b,,n=u,r=x|BINDING_FLAG",
        "p,,n=u,r=x|BINDING_FLAG",
        "n|PARTS",
        "n,|PARTS",
        "n,,|PARTS",
        "n,,n=u|PARTS",
        "n,u,n=u,r=x|PARTS",
        "n,a=,n=u,r=x|EMPTY",
        "n,a=x=,n=u,r=x|NAME",
        "n,,n=,r=x|EMPTY",
        "n,,n=u=2c,r=x|NAME",
        "n,,n=u=2,r=x|NAME",
        "n,,n=u=,r=x|NAME",
        "n,,n==,r=x|NAME",
        "n,,r=x,n=u|PARTS",
        "n,,m=x,n=u,r=x|MANDATORY_EXTENSION",
        "n,,n=u,m=x,r=x|MANDATORY_EXTENSION",
        "n,,n=u,r=x,m=x|MANDATORY_EXTENSION",
        "n,,n=u,r=|EMPTY",
        "n,,n=u,r=a b|NONCE",
        "n,,n=u,r=\u007f|NONCE",
        "n,,n=u,r=\u00c3\u00bc|NONCE",
        "n,,n=u,r=x,|PARTS",
        "n,,n=u,r=x,y=|PARTS",
        "n,,n=u,r=x,1=2|PARTS",
        "n,,n=u,r=x,yz|PARTS",
        "n,,n=u\u0000,r=x|TEXT",
        "n,,n=\u00ff,r=x|TEXT"
      })
  void refusesFirstMessages(String octets, SaslFault fault) {
    Messages.assertMalformed(ScramClientFirst::parse, octets, fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|PARTS",
        "r=x,s=QQ==|PARTS",
        "s=QQ==,r=x,i=1|PARTS",
        "m=a,r=x,s=QQ==,i=1|MANDATORY_EXTENSION",
        "r=,s=QQ==,i=1|EMPTY",
        "r=x,s=,i=1|EMPTY",
        "r=x,s=QQ=,i=1|BASE64",
        "r=x,s=QQ,i=1|BASE64",
        "r=x,s=QR==,i=1|BASE64",
        "r=x,s=Q Q=,i=1|BASE64",
        "r=x,s=QQ==,i=0|NUMBER",
        "r=x,s=QQ==,i=01|NUMBER",
        "r=x,s=QQ==,i=-1|NUMBER",
        "r=x,s=QQ==,i=+1|NUMBER",
        "r=x,s=QQ==,i=|NUMBER",
        "r=x,s=QQ==,i=2147483648|NUMBER",
        "r=x,s=QQ==,i=99999999999|NUMBER",
        "r=x,s=QQ==,i=1,e|PARTS"
      })
  void refusesServersFirstMessages(String octets, SaslFault fault) {
    Messages.assertMalformed(ScramServerFirst::parse, octets, fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|PARTS",
        "c=biws,r=x|PARTS",
        "c=biws,p=QQ==|PARTS",
        "r=x,c=biws,p=QQ==|PARTS",
        "c=,r=x,p=QQ==|EMPTY",
        "c=biw,r=x,p=QQ==|BASE64",
        "c=biws,r=x,p=|EMPTY",
        "c=biws,r=x,p=QQ|BASE64",
        "c=biws,r=x,p=QQ==,y=1|PARTS",
        "c=biws,r=x,p=QQ==,p=QQ==|PARTS",
        "c=biws,r=x,m=1,p=QQ==|MANDATORY_EXTENSION",
        "c=biws,r=x y,p=QQ==|NONCE"
      })
  void refusesLastMessages(String octets, SaslFault fault) {
    Messages.assertMalformed(ScramClientFinal::parse, octets, fault);
  }

  @Test
  void readsTheServersLastMessages() throws MalformedSaslException {
    assertThat(ScramServerFinal.parse(data("e=invalid-proof,x=1")))
        .isEqualTo(
            new ScramServerFinal.Refused("invalid-proof", List.of(new ScramExtension('x', "1"))));
    assertThat(ScramServerFinal.parse(data("v=QQ==")))
        .isEqualTo(new ScramServerFinal.Verifier(data("A"), List.of()));
    Messages.assertMalformed(ScramServerFinal::parse, "e=", SaslFault.EMPTY);
    Messages.assertMalformed(ScramServerFinal::parse, "v=", SaslFault.EMPTY);
    Messages.assertMalformed(ScramServerFinal::parse, "x=QQ==", SaslFault.PARTS);
    Messages.assertMalformed(ScramServerFinal::parse, "v=QQ==,", SaslFault.PARTS);
    Messages.assertMalformed(ScramServerFinal::parse, "m=1,v=QQ==", SaslFault.MANDATORY_EXTENSION);
  }

  @Test
  void writesNoOther() {
    SaslData some = data("x");
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new ScramClientFirst(NONE, Optional.empty(), "u", "a,b", List.of()),
            () -> new ScramClientFirst(NONE, Optional.empty(), "", "a", List.of()),
            () -> new ScramClientFirst(NONE, Optional.of(""), "u", "a", List.of()),
            () -> new ScramServerFirst("", some, 1, List.of()),
            () -> new ScramServerFirst("r", data(""), 1, List.of()),
            () -> new ScramServerFirst("r", some, 0, List.of()),
            () -> new ScramClientFinal(some, "r", List.of(new ScramExtension('p', "x")), some),
            () -> new ScramClientFinal(some, "r", List.of(), data("")),
            () -> new ScramServerFinal.Refused("a,b", List.of()),
            () -> new ScramServerFinal.Verifier(data(""), List.of()),
            () -> new ScramExtension('m', "x"),
            () -> new ScramExtension('1', "x"),
            () -> new ScramExtension('x', "a,b"),
            () -> new ChannelBinding.Used("a,b"))) {
      assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
