package dovetail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineLengthsTest {
  private static final String MAX = "a".repeat(LineLengths.MAX_LINE);

  @Test
  void countsOnlyLinesOverTheLimit() {
    assertThat(longLines("")).isZero();
    assertThat(longLines(MAX)).isZero();
    assertThat(longLines(MAX + "\r\n" + MAX + "\n" + MAX)).isZero();
    assertThat(longLines(MAX + "a")).isOne();
    assertThat(longLines(MAX + "a\r\n" + MAX + "\r\n" + MAX + MAX + "\r\n")).isEqualTo(2);
    assertThat(longLines(MAX + "a\n" + MAX + "a\n")).isEqualTo(2);
  }

  @Test
  void countsCarriageReturnsThatEndNoLine() {
    assertThat(longLines(MAX.substring(1) + "\rx\r\n")).isOne();
    assertThat(longLines(MAX + "\r\r\n")).isOne();
    assertThat(longLines("\r".repeat(998) + "\r\n")).isZero();
  }

  @Test
  void countsTheSameInAnyChunks() {
    String text = MAX + "a\r\n" + MAX + "\r\n" + MAX + "\rb\r\n";
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int size = 1; size <= bytes.length; size += size < 3 ? 1 : 331) {
      LineLengths lines = new LineLengths();
      for (int i = 0; i < bytes.length; i += size) {
        lines.update(ByteBuffer.wrap(bytes, i, Math.min(size, bytes.length - i)));
      }
      assertThat(lines.longLines()).as("chunks of %d", size).isEqualTo(2);
    }
  }

  /** Lines around the limit, counted in one piece, in pieces, and by splitting the text. */
  @Test
  void countsTheSameAsOneWhoSplits() {
    Random random = new Random(5322);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < 12; line++) {
        int length = random.nextBoolean() ? 990 + random.nextInt(20) : random.nextInt(200);
        text.append("a".repeat(length)).append(random.nextInt(4) == 0 ? "\n" : "\r\n");
      }
      long expected =
          text.toString().lines().filter(line -> line.length() > LineLengths.MAX_LINE).count();
      byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      int size = 1 + random.nextInt(3000);
      LineLengths lines = new LineLengths();
      for (int i = 0; i < bytes.length; i += size) {
        lines.update(ByteBuffer.wrap(bytes, i, Math.min(size, bytes.length - i)));
      }
      assertThat(lines.longLines()).as("round %d", round).isEqualTo((int) expected);
      assertThat(longLines(text.toString())).as("round %d", round).isEqualTo((int) expected);
    }
  }

  @Test
  void leavesTheBufferAsItIs() {
    ByteBuffer direct = ByteBuffer.allocateDirect(10).asReadOnlyBuffer();
    new LineLengths().update(direct);
    assertThat(direct.remaining()).isEqualTo(10);
  }

  private static int longLines(String text) {
    LineLengths lines = new LineLengths();
    lines.update(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    return lines.longLines();
  }
}
