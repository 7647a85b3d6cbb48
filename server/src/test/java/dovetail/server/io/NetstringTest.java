package dovetail.server.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetstringTest {
  private static BoundedInput input(String text, int step) {
    return BoundedInputTest.dripping(text.getBytes(StandardCharsets.ISO_8859_1), step);
  }

  private static String read(BoundedInput in, int cap) throws IOException {
    return new String(Netstring.read(in, cap), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void readsOneBehindTheOther(int step) throws IOException {
    BoundedInput in = input("5:hello,0:,3:a,b,12:hello world!,", step);
    assertThat(read(in, 12)).isEqualTo("hello");
    assertThat(read(in, 12)).isEmpty();
    assertThat(read(in, 12)).isEqualTo("a,b");
    assertThat(read(in, 12)).isEqualTo("hello world!");
    assertThat(in.atEnd()).isTrue();
  }

  @Test
  void bytesAreBytes() throws IOException {
    assertThat(read(input("4:\0\r\n\377,", 10), 10)).isEqualTo("\0\r\n\377");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "05:hello,     | leading zero",
        "00:,          | leading zero",
        ":hello,       | byte 58",
        "-1:,          | byte 45",
        "+5:hello,     | byte 43",
        "5 :hello,     | byte 32",
        "5;hello,      | byte 59",
        "GET / HTTP    | byte 71",
        "5:hello;      | byte 59, not with a comma",
        "4:hello,      | byte 111, not with a comma",
        "6:hello,7:x,  | byte 55, not with a comma",
        "11:hello world, | more than 10 bytes",
        "4294967297:x, | more than 10 bytes",
        "99999999999999999999999999:x, | more than 10 bytes",
        "6:hello,      | truncated",
        "5:hello       | truncated",
        "5:            | truncated",
        "5             | truncated",
      })
  void refuses(String text, String why) {
    assertThatThrownBy(() -> read(input(text.strip(), 3), 10))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(why);
  }

  @Test
  void takesAsMuchAsItsCap() throws IOException {
    assertThat(read(input("10:0123456789,", 4), 10)).isEqualTo("0123456789");
  }

  /** A megabyte is neither read nor allocated for a peer that only announces it. */
  @Test
  void refusesALengthBeforeWhatFollows() throws IOException {
    BoundedInput in = input("101:x", 100);
    assertThatThrownBy(() -> read(in, 100)).hasMessageContaining("more than 100 bytes");
    assertThat(in.readByte()).isEqualTo(':');
  }

  @Test
  void everyCutIsTruncated() throws IOException {
    byte[] whole = "12:virtual a@b,,".getBytes(StandardCharsets.US_ASCII);
    for (int n = 0; n < whole.length - 1; n++) {
      BoundedInput in = BoundedInputTest.dripping(Arrays.copyOf(whole, n), 3);
      assertThatThrownBy(() -> Netstring.read(in, 100))
          .as("cut at %d", n)
          .isInstanceOf(ProtocolException.class)
          .hasMessageStartingWith("truncated");
    }
    assertThat(Netstring.read(BoundedInputTest.dripping(whole, 3), 100)).hasSize(12);
  }
}
