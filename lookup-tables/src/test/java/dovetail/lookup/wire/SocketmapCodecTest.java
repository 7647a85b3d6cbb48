package dovetail.lookup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.live.Octets;
import dovetail.live.Trickle;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketmapCodecTest {
  private static SocketmapCodec reading(String octets) {
    return new SocketmapCodec(Octets.input(octets), _ -> {});
  }

  private static Request request(String content) throws IOException {
    return reading(Frames.frame(content)).read();
  }

  private static String written(Reply reply) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SocketmapCodec(Octets.input(""), Frames.into(out)).write(reply);
    return Octets.string(out.toByteArray());
  }

  @Test
  void keyIsAllBehindTheFirstSpace() throws IOException {
    assertThat(request("map a b  c")).isEqualTo(new Request("map", Optional.of("a b  c")));
    assertThat(request("map ")).isEqualTo(new Request("map", Optional.of("")));
    assertThat(request(" key")).isEqualTo(new Request("", Optional.of("key")));
  }

  @Test
  void keysAreUtf8() throws IOException {
    assertThat(request("map " + Octets.utf8("jörg")).key()).contains("jörg");
    assertThat(request("map " + Octets.utf8("\uD83D\uDC08")).key()).contains("\uD83D\uDC08");
    for (String octets :
        List.of("\377", "a\200", "\303", "\355\240\200", "\300\257", "\364\220\200\200")) {
      assertThat(request("map " + octets).key()).as(octets).isEmpty();
    }
  }

  @Test
  void keysHaveAMost() throws IOException {
    String longest = "k".repeat(SocketmapCodec.MAX_KEY);
    assertThat(request("map " + longest).key()).contains(longest);
    assertThat(request("map " + longest + "k").key()).isEmpty();
    assertThat(request("map " + "k".repeat(SocketmapCodec.MAX_REQUEST - 4)).key()).isEmpty();
    assertThatThrownBy(() -> request("map " + "k".repeat(SocketmapCodec.MAX_REQUEST - 3)))
        .isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "map", "virtual_alias_maps\tann@example.com"})
  void aRequestHasASpace(String content) {
    assertThatThrownBy(() -> request(content))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("without a space");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 1000})
  void requestsMayComeInPiecesAndTogether(int size) throws IOException {
    String all = Frames.frame("a 1") + Frames.frame("b ") + Frames.frame("c " + "x".repeat(300));
    SocketmapCodec codec =
        new SocketmapCodec(new BoundedInput(new Trickle(Octets.bytes(all), size)), _ -> {});
    List<String> maps = new ArrayList<>();
    while (codec.await()) {
      maps.add(codec.read().map());
    }
    assertThat(maps).containsExactly("a", "b", "c");
    assertThat(codec.buffered()).isFalse();
  }

  @Test
  void tellsThatMoreIsHere() throws IOException {
    SocketmapCodec codec = reading(Frames.frame("a 1") + "9");
    codec.read();
    assertThat(codec.buffered()).isTrue();
  }

  @Test
  void answersInOneWrite() throws IOException {
    List<String> writes = new ArrayList<>();
    SocketmapCodec codec =
        new SocketmapCodec(
            Octets.input(""),
            (ByteBuffer bytes) -> {
              byte[] copy = new byte[bytes.remaining()];
              bytes.get(copy);
              writes.add(Octets.string(copy));
            });
    codec.write(new Reply.Ok("ann@example.com"));
    codec.write(new Reply.NotFound());
    codec.write(new Reply.Temp("busy"));
    codec.write(new Reply.Perm("no such map"));
    codec.write(new Reply.Ok("jörg"));
    assertThat(writes)
        .containsExactly(
            "18:OK ann@example.com,",
            "9:NOTFOUND ,",
            "9:TEMP busy,",
            "16:PERM no such map,",
            "8:OK j\303\266rg,");
  }

  @Test
  void answersOfAnyLengthAreWhole() throws IOException {
    for (int length :
        new int[] {1, 6, 7, 8, 96, 97, 996, 997, 1008, 1009, 1010, 9_996, 9_997, 99_997}) {
      String value = "v".repeat(length);
      assertThat(written(new Reply.Ok(value))).isEqualTo(Frames.frame("OK " + value));
    }
  }

  @Test
  void longestValueIsWhatPostfixReads() {
    String most = "v".repeat(Reply.MAX_BYTES - 3);
    assertThat(Reply.found(most)).isEqualTo(new Reply.Ok(most));
    assertThat(Reply.found(most + "v"))
        .isEqualTo(new Reply.Perm("the value is longer than 99997 bytes"));
    String bytes = "\u20AC".repeat(33_332);
    assertThat(Reply.found(bytes + "v")).isEqualTo(new Reply.Ok(bytes + "v"));
    assertThat(Reply.found(bytes + "\u20AC")).isInstanceOf(Reply.Perm.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0", "a\nb", "\r", "\t", "\u007f", "\u0085", "\uD800", "a\uDC00b"})
  void noValueHasControlCharacters(String value) {
    assertThat(Reply.found(value)).isEqualTo(new Reply.Perm("the value has control characters"));
    assertThatThrownBy(() -> new Reply.Ok(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noValueIsEmpty() {
    assertThat(Reply.found("")).isEqualTo(new Reply.Perm("the value is empty"));
    assertThatThrownBy(() -> new Reply.Ok("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reasonsAreShortAndPrintable() throws IOException {
    assertThat(written(new Reply.Temp("a\r\nOK b\0\uD800"))).isEqualTo("14:TEMP a??OK b??,");
    assertThat(new Reply.Perm("x".repeat(300)).reason()).hasSize(200);
    assertThat(written(new Reply.Temp(""))).isEqualTo("5:TEMP ,");
  }
}
