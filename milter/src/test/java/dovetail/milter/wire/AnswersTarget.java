package dovetail.milter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.live.Trickle;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Whatever a filter answers, an MTA's side reads it or refuses it; what it reads can be written.
 */
public final class AnswersTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "\0\0\0\15O\0\0\0\6\0\0\1\21\0\37\361\200",
          "\0\0\0\1a",
          "\0\0\0\1c",
          "\0\0\0\1t",
          "\0\0\0\27y451 4.7.1 100%% busy\0",
          "\0\0\0\20y550 5.7.1 no\0",
          "\0\0\0\15m\0\0\0\1From\0\0",
          "\0\0\0\14i\0\0\0\0X\0 a\0",
          "\0\0\0\0",
          "\0\0\0\2",
          "\200\0\0\0",
          "\177\377\377\377",
          "\377\377\377\377",
          "\0",
          "y",
          "m",
          "i",
          "451 ",
          "550 ",
          "5.7.1 ",
          "4.7.1 ",
          "%",
          "\r\n ",
          "\n",
          ":",
          "\377");

  @Override
  public String name() {
    return "answers";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws IOException {
    MilterClient client = new MilterClient(new Trickle(input, 5));
    try {
      client.negotiate();
      client.helo("client.example");
      MilterClient.Outcome outcome = client.endOfMessage();
      check(outcome);
      return outcome.reply().getClass().getSimpleName();
    } catch (ProtocolException e) {
      return String.valueOf(e.getMessage()).replaceAll("'.*'|-?[0-9]+", "#");
    }
  }

  private static void check(MilterClient.Outcome outcome) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    MilterCodec codec =
        new MilterCodec(
            Packets.input(new byte[0]), packets -> written.writeBytes(bytes(packets)), 1);
    codec.write(outcome.edits(), outcome.reply());
    MilterClient client = new MilterClient(new Trickle(written.toByteArray(), 1000));
    MilterClient.Outcome again = client.endOfMessage();
    assertThat(again.reply()).isEqualTo(outcome.reply());
    assertThat(again.edits()).hasSameSizeAs(outcome.edits());
  }

  private static byte[] bytes(ByteBuffer packets) {
    byte[] bytes = new byte[packets.remaining()];
    packets.get(bytes);
    return bytes;
  }
}
