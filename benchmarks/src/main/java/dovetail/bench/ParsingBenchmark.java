package dovetail.bench;

import dovetail.bench.PacketWriter.Piece;
import dovetail.mail.Headers;
import dovetail.mail.MalformedException;
import dovetail.mail.MessageReader;
import dovetail.milter.wire.Command;
import dovetail.milter.wire.MilterCodec;
import dovetail.milter.wire.Protocol;
import dovetail.server.io.BoundedInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Reading a message, from a file's bytes and from a milter conversation's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParsingBenchmark {
  private static final int MAX_PACKET = 512 * 1024;

  @Param({"2048", "1048576"})
  public int bytes = 2048;

  private byte[] stored = {};
  private MilterCodec codec = codec(new byte[0]);

  @Setup
  public void prepare() {
    Mail mail = Mail.ofSize(bytes);
    stored = mail.stored();
    int agreed = Protocol.NO_REPLY | Protocol.LEADING_SPACE;
    Script script = Script.of(new Letter(Envelope.of(Goal.SIGN), mail), agreed);
    codec =
        codec(joined(Stream.concat(script.first().stream(), script.content().stream()).toList()));
  }

  private static byte[] joined(List<Piece> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Piece piece : pieces) {
      byte[] part = new byte[piece.bytes().remaining()];
      piece.bytes().duplicate().get(part);
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static MilterCodec codec(byte[] conversation) {
    return new MilterCodec(new BoundedInput(new Endless(conversation)), _ -> {}, MAX_PACKET);
  }

  /** The same bytes, over and over. */
  private static final class Endless implements ReadableByteChannel {
    private final byte[] bytes;
    private int at;

    Endless(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target) {
      int length = Math.min(target.remaining(), bytes.length - at);
      target.put(bytes, at, length);
      at = (at + length) % bytes.length;
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Benchmark
  public Headers readStoredHeader() throws IOException, MalformedException {
    return MessageReader.open(new ByteArrayInputStream(stored), MessageReader.Limits.DEFAULT)
        .headers();
  }

  @Benchmark
  public void readConversation(Blackhole hole) throws IOException {
    Command command;
    do {
      command = codec.read();
      hole.consume(command);
    } while (!(command instanceof Command.EndOfMessage));
  }
}
