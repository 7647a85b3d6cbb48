package dovetail.server.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedInputTest {

  private static BoundedInput of(int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    return new BoundedInput(Channels.newChannel(new ByteArrayInputStream(raw)));
  }

  /** Gives at most so many bytes at each read. */
  static BoundedInput dripping(byte[] bytes, int step) {
    ByteArrayInputStream source = new ByteArrayInputStream(bytes);
    return new BoundedInput(
        channel(target -> {
          byte[] next = new byte[Math.min(step, target.remaining())];
          int read = source.read(next, 0, next.length);
          if (read > 0) {
            target.put(next, 0, read);
          }
          return read;
        }));
  }

  private static ReadableByteChannel channel(ToIntFunction<ByteBuffer> read) {
    return new ReadableByteChannel() {
      @Override
      public int read(ByteBuffer target) {
        return read.applyAsInt(target);
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void integersAreBigEndian() throws IOException {
    assertThat(of(0x01, 0x02, 0x03, 0x04).readInt()).isEqualTo(0x01020304);
    assertThat(of(0xff, 0xff, 0xff, 0xfe).readInt()).isEqualTo(-2);
    assertThat(of(0xff).readByte()).isEqualTo(255);
  }

  @Test
  void theEndIsCleanOnlyBetweenValues() throws IOException {
    BoundedInput input = of(7);

    assertThat(input.atEnd()).isFalse();
    assertThat(input.buffered()).isTrue();
    assertThat(input.readByte()).isEqualTo(7);
    assertThat(input.buffered()).isFalse();
    assertThat(input.atEnd()).isTrue();
    assertThatThrownBy(input::readByte)
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("truncated");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aCutIntegerIsTruncated(int length) {
    BoundedInput input = of(Arrays.copyOf(new int[] {1, 2, 3, 4}, length));

    assertThatThrownBy(input::readInt)
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("after " + length + " of 4 bytes");
  }

  @Test
  void aCutArrayIsTruncated() {
    assertThatThrownBy(() -> of(1, 2, 3).readBytes(4, 10))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("after 3 of 4 bytes");
  }

  @Test
  void aLengthAboveTheCapIsRefusedWithNothingRead() throws IOException {
    BoundedInput input = of(9);

    assertThatThrownBy(() -> input.readBytes(11, 10)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> input.readBytes(-1, 10)).isInstanceOf(ProtocolException.class);
    assertThat(input.readByte()).isEqualTo(9);
  }

  @Test
  void aLyingLengthCostsWhatArrived() {
    // The heap of the test has one gigabyte: two arrays of this size would not fit.
    int lie = Integer.MAX_VALUE - 16;

    for (int i = 0; i < 100; i++) {
      BoundedInput input = of(1, 2, 3);
      assertThatThrownBy(() -> input.readBytes(lie, lie)).isInstanceOf(ProtocolException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 4096, 16384})
  void anyChunkingReadsTheSame(int step) throws IOException {
    byte[] big = new byte[100_000];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i * 31);
    }
    ByteBuffer all = ByteBuffer.allocate(big.length + 5);
    all.putInt(big.length).put((byte) 'B').put(big);
    BoundedInput input = dripping(all.array(), step);

    assertThat(input.readInt()).isEqualTo(big.length);
    assertThat(input.readByte()).isEqualTo('B');
    assertThat(input.readBytes(big.length, big.length)).isEqualTo(big);
    assertThat(input.atEnd()).isTrue();
  }

  @Test
  void integersAcrossTheEndOfTheBufferAreWhole() throws IOException {
    ByteBuffer all = ByteBuffer.allocate(16 * 1024 + 8);
    all.position(16 * 1024 - 2);
    all.putInt(0x0a0b0c0d);
    BoundedInput input = dripping(all.array(), 16 * 1024);

    assertThat(input.readBytes(16 * 1024 - 2, 1 << 20)).hasSize(16 * 1024 - 2);
    assertThat(input.readInt()).isEqualTo(0x0a0b0c0d);
  }

  @Test
  void slicesAreWhatIsThereUpToTheMost() throws IOException {
    BoundedInput input = dripping("abcdef".getBytes(StandardCharsets.US_ASCII), 4);

    assertThat(text(input.slice(3))).isEqualTo("abc");
    assertThat(text(input.slice(3))).isEqualTo("d");
    assertThat(text(input.slice(1))).isEqualTo("e");
    assertThat(text(input.slice(100))).isEqualTo("f");
    assertThatThrownBy(() -> input.slice(1)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void theBufferIsLargeOnlyWhileMuchComes() throws IOException {
    List<Integer> rooms = new ArrayList<>();
    Deque<Integer> reads = new ArrayDeque<>(List.of(16 * 1024, 64 * 1024, 64 * 1024, 100, 7, 3));
    BoundedInput input =
        new BoundedInput(
            channel(target -> {
              rooms.add(target.remaining());
              int read = reads.remove();
              target.put(new byte[read]);
              return read;
            }));

    for (int wanted : List.of(16 * 1024, 64 * 1024, 64 * 1024, 100, 7, 3)) {
      assertThat(input.slice(1 << 20).remaining()).isEqualTo(wanted);
    }

    assertThat(rooms)
        .containsExactly(16 * 1024, 64 * 1024, 64 * 1024, 64 * 1024, 16 * 1024, 16 * 1024);
  }

  private static String text(ByteBuffer slice) {
    return StandardCharsets.US_ASCII.decode(slice).toString();
  }
}
