package dovetail.milter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.live.Trickle;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever an MTA sends is commands up to where it breaks the protocol: the same ones however the
 * bytes arrive, each of which comes back when it is written again.
 */
public final class CodecTarget implements FuzzTarget {
  private static final int MAX_PACKET = 4096;
  private static final List<String> ALPHABET =
      List.of(
          "\0\0\0\1",
          "\0\0\0\2",
          "\0\0\0\15",
          "\0\0\0\20",
          "\0\0\0\40",
          "\0\0\20\0",
          "\0\0\377\377",
          "\177\377\377\377",
          "\377\377\377\377",
          "\0",
          "\0\0",
          "A",
          "B",
          "C",
          "D",
          "E",
          "H",
          "K",
          "L",
          "M",
          "N",
          "O",
          "Q",
          "R",
          "T",
          "U",
          "Li\0",
          "{auth_authen}\0",
          "host\0004\0\31",
          "6\0\31IPv6:",
          "L\0\0/run\0",
          "192.0.2.1\0",
          "::1\0",
          "fe80::1%1\0",
          "<a@b>\0",
          "SIZE=1\0",
          "From\0 a\0",
          ":",
          "\r",
          "\n",
          " ",
          "\303\266",
          "\303",
          "\377");

  @Override
  public String name() {
    return "codec";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws IOException {
    Reading whole = Reading.of(new BoundedInput(new Trickle(input, input.length + 1)));
    for (int size : new int[] {1, 7}) {
      assertThat(Reading.of(new BoundedInput(new Trickle(input, size)))).isEqualTo(whole);
    }
    Reading rewritten = Reading.of(Packets.input(Rewriting.of(whole.commands())));
    assertThat(rewritten).isEqualTo(new Reading(whole.commands(), "closed"));
    checkFrames(input, whole);
    return whole.end();
  }

  /** As many commands as whole frames, and no byte left where the MTA has closed in good order. */
  private static void checkFrames(byte[] input, Reading reading) {
    ByteBuffer rest = ByteBuffer.wrap(input);
    int frames = 0;
    int endsWithBody = 0;
    while (rest.remaining() > Integer.BYTES) {
      int length = rest.getInt();
      if (length < 1 || length > rest.remaining()) {
        break;
      }
      endsWithBody += rest.get(rest.position()) == Protocol.END_OF_MESSAGE && length > 1 ? 1 : 0;
      rest.position(rest.position() + length);
      frames++;
    }
    if (reading.end().equals("closed")) {
      assertThat(rest.hasRemaining()).isFalse();
      assertThat(reading.commands()).hasSize(frames + endsWithBody);
    } else {
      assertThat(reading.commands()).hasSizeLessThanOrEqualTo(frames + endsWithBody + 1);
    }
  }

  /**
   * What was read; the pieces of one packet are one body.
   *
   * @param end "closed", or in which way the protocol was broken
   */
  private record Reading(List<Command> commands, String end) {
    static Reading of(BoundedInput in) throws IOException {
      MilterCodec codec = new MilterCodec(in, _ -> {}, MAX_PACKET);
      List<Command> commands = new ArrayList<>();
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      try {
        while (codec.await()) {
          Command command = codec.read();
          if (command instanceof Command.Body(ByteBuffer chunk, boolean last)) {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            body.writeBytes(bytes);
            if (last) {
              commands.add(taken(body, true));
            }
          } else {
            if (body.size() > 0) {
              assertThat(command).isInstanceOf(Command.EndOfMessage.class);
              commands.add(taken(body, false));
            }
            commands.add(command);
          }
        }
        return new Reading(List.copyOf(commands), "closed");
      } catch (ProtocolException e) {
        String kind = String.valueOf(e.getMessage()).replaceAll("'.*'|-?[0-9]+", "#");
        return new Reading(List.copyOf(commands), kind);
      }
    }

    private static Command taken(ByteArrayOutputStream body, boolean last) {
      assertThat(body.size()).isLessThanOrEqualTo(Protocol.MAX_CHUNK);
      Command whole = new Command.Body(ByteBuffer.wrap(body.toByteArray()), last);
      body.reset();
      return whole;
    }
  }
}
