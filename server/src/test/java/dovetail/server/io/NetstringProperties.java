package dovetail.server.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NetstringProperties {
  private static final int CAP = 40_000;

  /** However the bytes arrive, each netstring comes out as it went in. */
  @Property(seed = "20261122", tries = 300)
  void comesOutAsItWentIn(
      @ForAll("contents") List<byte[]> contents, @ForAll @IntRange(min = 1, max = 2_000) int step)
      throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      wire.writeBytes((content.length + ":").getBytes(StandardCharsets.US_ASCII));
      wire.writeBytes(content);
      wire.write(',');
    }
    BoundedInput in = BoundedInputTest.dripping(wire.toByteArray(), step);
    for (byte[] content : contents) {
      assertThat(Netstring.read(in, CAP)).isEqualTo(content);
    }
    assertThat(in.atEnd()).isTrue();
  }

  /** No other bytes make it fail in another way, or read more than they are. */
  @Property(seed = "20261123", tries = 2_000)
  void takesAnyBytes(
      @ForAll @Size(max = 40) List<@IntRange(max = 15) Integer> choices,
      @ForAll @IntRange(min = 1, max = 7) int step)
      throws IOException {
    StringBuilder text = new StringBuilder();
    choices.forEach(choice -> text.append("0123456789:,,:x\0".charAt(choice)));
    byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    BoundedInput in = BoundedInputTest.dripping(bytes, step);
    int taken = 0;
    try {
      while (!in.atEnd()) {
        int length = Netstring.read(in, CAP).length;
        taken += Integer.toString(length).length() + 1 + length + 1;
      }
      assertThat(taken).isEqualTo(bytes.length);
    } catch (ProtocolException _) {
      assertThat(taken).isLessThanOrEqualTo(bytes.length);
    }
  }

  @Provide
  Arbitrary<List<byte[]>> contents() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(300).list().ofMaxSize(12);
  }
}
