package dovetail.lookup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.live.Octets;
import dovetail.live.Trickle;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Whatever a server answers, a client reads it or refuses it; what it reads can be written. */
public final class SocketmapAnswersTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "0:,",
          "9:NOTFOUND ,",
          "8:NOTFOUND,",
          "4:OK a,",
          "3:OK ,",
          "9:TEMP busy,",
          "12:TIMEOUT late,",
          "7:PERM no,",
          "100001:",
          "0",
          "9",
          ":",
          ",",
          " ",
          "OK ",
          "PERM ",
          "\0",
          "\n",
          "\177",
          "\303\274",
          "\303",
          "\377");

  @Override
  public String name() {
    return "socketmap-answers";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws IOException {
    SocketmapClient client = new SocketmapClient(new Trickle(input, 5));
    try {
      Reply reply = client.ask("m", "k");
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      new SocketmapCodec(Octets.input(""), Frames.into(written)).write(reply);
      Trickle again = new Trickle(written.toByteArray(), 1000);
      assertThat(new SocketmapClient(again).ask("m", "k")).isEqualTo(reply);
      return reply.getClass().getSimpleName();
    } catch (ProtocolException e) {
      return String.valueOf(e.getMessage()).replaceAll("[0-9]+", "#");
    }
  }
}
