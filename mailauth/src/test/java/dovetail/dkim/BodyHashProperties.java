package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BodyHashProperties {
  @Property(tries = 4000, seed = "6376")
  void chunksDoNotMatter(
      @ForAll("bodies") String body,
      @ForAll Canonicalization canonicalization,
      @ForAll @Size(max = 8) List<@IntRange(max = 12) Integer> cuts)
      throws NoSuchAlgorithmException {
    String expected = NaiveCanonicalization.body(canonicalization, body);
    byte[] bytes = TestMessage.bytes(body);
    BodyHash hash = BodyHash.of(canonicalization, BodyHashTest.sha256());
    int at = 0;
    for (int cut : cuts) {
      int length = Math.min(cut, bytes.length - at);
      hash.update(bytes, at, length);
      at += length;
    }
    hash.update(ByteBuffer.wrap(bytes, at, bytes.length - at));
    assertThat(hash.finish()).isEqualTo(BodyHashTest.sha256().digest(TestMessage.bytes(expected)));
  }

  /**
   * Words, which pass eight octets at a time: what is to be changed stands at every place among
   * eight.
   */
  @Property(tries = 4000, seed = "6376")
  void words(
      @ForAll("texts") String text,
      @ForAll Canonicalization canonicalization,
      @ForAll @IntRange(min = 1, max = 400) int chunk)
      throws NoSuchAlgorithmException {
    assertHash(canonicalization, text, chunk);
  }

  /** Lines of one length, as an attachment has, with something else at one place. */
  @Property(tries = 4000, seed = "6376")
  void linesAlike(
      @ForAll @IntRange(max = 100) int length,
      @ForAll @IntRange(max = 600) int place,
      @ForAll("bodies") String odd,
      @ForAll Canonicalization canonicalization,
      @ForAll @IntRange(min = 100, max = 900) int chunk)
      throws NoSuchAlgorithmException {
    String lines = ("a".repeat(length) + "\r\n").repeat(600 / (length + 2) + 2);
    int behind = Math.min(place + odd.length(), lines.length());
    assertHash(canonicalization, lines.substring(0, place) + odd + lines.substring(behind), chunk);
    assertHash(canonicalization, lines.substring(0, place) + odd + lines.substring(place), chunk);
  }

  /** Long enough to fill the buffer several times, at every offset to it. */
  @Property(tries = 150, seed = "6376")
  void longBodies(
      @ForAll("bodies") String unit,
      @ForAll Canonicalization canonicalization,
      @ForAll @IntRange(min = 1, max = 20_000) int chunk)
      throws NoSuchAlgorithmException {
    assertHash(canonicalization, (unit + "x").repeat(40_000 / (unit.length() + 1)), chunk);
  }

  /** Runs of empty lines around the size of a piece, which are held back by count. */
  @Property(tries = 150, seed = "6376")
  void longRunsOfEmptyLines(
      @ForAll("bodies") String start,
      @ForAll("bodies") String end,
      @ForAll Canonicalization canonicalization,
      @ForAll @IntRange(max = 5000) int count,
      @ForAll @IntRange(min = 1, max = 9000) int chunk)
      throws NoSuchAlgorithmException {
    String body = start + "\r\n".repeat(count) + end + "word ".repeat(count) + end;
    assertHash(canonicalization, body, chunk);
  }

  private static void assertHash(Canonicalization canonicalization, String body, int chunk)
      throws NoSuchAlgorithmException {
    String expected = NaiveCanonicalization.body(canonicalization, body);
    byte[] bytes = TestMessage.bytes(body);
    BodyHash hash = BodyHash.of(canonicalization, BodyHashTest.sha256());
    for (int at = 0; at < bytes.length; at += chunk) {
      hash.update(bytes, at, Math.min(chunk, bytes.length - at));
    }
    assertThat(hash.finish()).isEqualTo(BodyHashTest.sha256().digest(TestMessage.bytes(expected)));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> words =
        Arbitraries.strings()
            .withChars('a', '!', '~', '\u00a0', '\u00ff', '\u007f')
            .ofMaxLength(20);
    Arbitrary<String> gaps =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.just(" ")),
            Tuple.of(3, Arbitraries.just("\r\n")),
            Tuple.of(
                3,
                Arbitraries.of(
                    "  ",
                    "\t",
                    " \r\n",
                    "\r\n ",
                    "\r\n\r\n",
                    "\r\n\r\n\r\n",
                    "\r",
                    "\n",
                    "\r\r\n",
                    "\r\n\t",
                    "\0",
                    "\u001f")));
    return Combinators.combine(words, gaps)
        .as((word, gap) -> word + gap)
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.of("\r\n", "\r\n", "\r", "\n", " ", "\t", "  ", "a", "b", "\u00e9", "\0")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }
}
