package dovetail.auth.wire.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.wire.SaslData;
import dovetail.fuzz.FuzzTarget;
import dovetail.live.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Whatever a client says is a message or malformed, for every mechanism; what is one is written so
 * that it is read as the same again, and those that get signed exactly as they were.
 */
public final class SaslTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "\0",
          "\1",
          ",",
          "=",
          "=2C",
          "=3D",
          "\0ann\0secret",
          "n,,",
          "y,a=ann,",
          "p=tls-exporter,,",
          "n=user",
          ",r=fyko+d2l",
          "r=abc",
          ",s=QSXCR+Q6sek8bf92",
          ",i=4096",
          ",i=0",
          "c=biws",
          ",p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
          "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
          "e=invalid-proof",
          "m=x,",
          ",x=1",
          "host=a\1",
          "port=143\1",
          "user=ann\1",
          "auth=Bearer abc\1\1",
          "{\"status\":\"401\"",
          ",\"scope\":\"mail\"}",
          "}",
          "\303\274",
          "\303",
          "\377");

  /** One kind of message. */
  private record Kind<T>(String name, Messages.Reader<T> reader, Function<T, SaslData> writer) {
    private boolean bears(String octets, boolean exactly) {
      try {
        T read = reader.parse(Messages.data(octets));
        SaslData written = writer.apply(read);
        if (exactly) {
          assertThat(Octets.string(written.octets())).isEqualTo(octets);
        }
        assertThat(reader.parse(written)).isEqualTo(read);
        assertThat(read.toString()).isNotEmpty();
        return true;
      } catch (MalformedSaslException e) {
        assertThat(e.fault().word()).isNotEmpty();
        return false;
      }
    }
  }

  private static final List<Kind<?>> SIGNED =
      List.of(
          new Kind<>("scram-client-first", ScramClientFirst::parse, ScramClientFirst::data),
          new Kind<>("scram-server-first", ScramServerFirst::parse, ScramServerFirst::data),
          new Kind<>("scram-client-final", ScramClientFinal::parse, ScramClientFinal::data),
          new Kind<>("scram-server-final", ScramServerFinal::parse, ScramServerFinal::data),
          new Kind<>("plain", PlainMessage::parse, PlainMessage::data),
          new Kind<>("login-password", LoginMessages::password, Function.identity()),
          new Kind<>("login-user", LoginMessages::user, SaslData::ofText));

  private static final List<Kind<?>> OTHERS =
      List.of(
          new Kind<>("oauthbearer", OAuthBearerMessage::parse, OAuthBearerMessage::data),
          new Kind<>("xoauth2", XOAuth2Message::parse, XOAuth2Message::data),
          new Kind<>("oauth-error", OAuthError::parse, OAuthError::data));

  @Override
  public String name() {
    return "sasl";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    String octets = Octets.string(input);
    List<String> read = new ArrayList<>();
    SIGNED.stream().filter(kind -> kind.bears(octets, true)).map(Kind::name).forEach(read::add);
    OTHERS.stream().filter(kind -> kind.bears(octets, false)).map(Kind::name).forEach(read::add);
    return read.isEmpty() ? "nothing" : read.getLast();
  }
}
