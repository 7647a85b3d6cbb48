package dovetail.server.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BoundedInputProperties {

  /** However the bytes arrive and are asked for, they come out as they went in. */
  @Property(seed = "20261121", tries = 300)
  void bytesComeOutAsTheyWentIn(
      @ForAll @Size(max = 60_000) byte[] bytes,
      @ForAll @IntRange(min = 1, max = 20_000) int step,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 9_000) Integer> asks)
      throws IOException {
    BoundedInput input = BoundedInputTest.dripping(bytes, step);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; !input.atEnd(); i++) {
      int left = bytes.length - out.size();
      int ask = Math.min(asks.get(i % asks.size()), left);
      switch (i % 4) {
        case 0 -> out.write(input.readByte());
        case 1 -> out.writeBytes(input.readBytes(ask, ask));
        case 2 -> {
          ByteBuffer slice = input.slice(Math.max(1, ask));
          assertThat(slice.remaining()).isBetween(1, Math.max(1, ask));
          byte[] copy = new byte[slice.remaining()];
          slice.get(copy);
          out.writeBytes(copy);
        }
        default -> {
          if (left >= 4) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(input.readInt()).array());
          }
        }
      }
    }
    assertThat(out.toByteArray()).isEqualTo(bytes);
  }
}
