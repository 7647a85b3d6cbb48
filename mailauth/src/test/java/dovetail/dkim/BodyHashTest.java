package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyHashTest {
  /** Body, its simple form, its relaxed form; the first row is the example of RFC 6376 3.4.5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      emptyValue = "",
      textBlock =
          """
           C \\r\\nD \\t E\\r\\n\\r\\n\\r\\n| C \\r\\nD \\t E\\r\\n| C\\r\\nD E\\r\\n
          ''|\\r\\n|''
          \\r\\n|\\r\\n|''
          \\r\\n\\r\\n\\r\\n|\\r\\n|''
          a|a\\r\\n|a\\r\\n
          a\\r\\n|a\\r\\n|a\\r\\n
          a\\r\\n\\r\\n|a\\r\\n|a\\r\\n
          a\\r\\n \\t\\r\\n|a\\r\\n \\t\\r\\n|a\\r\\n
           \\t | \\t \\r\\n|''
          a \\t|a \\t\\r\\n|a\\r\\n
          a\\r\\n\\r\\nb|a\\r\\n\\r\\nb\\r\\n|a\\r\\n\\r\\nb\\r\\n
          \\r\\n\\r\\nb|\\r\\n\\r\\nb\\r\\n|\\r\\n\\r\\nb\\r\\n
          \\ta\\t\\tb|\\ta\\t\\tb\\r\\n| a b\\r\\n
          a\\r|a\\r\\r\\n|a\\r\\r\\n
          a\\r\\n\\r|a\\r\\n\\r\\r\\n|a\\r\\n\\r\\r\\n
          a\\r\\r\\n|a\\r\\r\\n|a\\r\\r\\n
          a \\r b|a \\r b\\r\\n|a \\r b\\r\\n
          a \\n|a \\n\\r\\n|a \\n\\r\\n
          \\n|\\n\\r\\n|\\n\\r\\n
          a\\n\\r\\n|a\\n\\r\\n|a\\n\\r\\n
          a\\r\\n\\n\\r\\n|a\\r\\n\\n\\r\\n|a\\r\\n\\n\\r\\n
          """)
  void bodies(String body, String simple, String relaxed) throws NoSuchAlgorithmException {
    assertHash(Canonicalization.SIMPLE, unescape(body), unescape(simple));
    assertHash(Canonicalization.RELAXED, unescape(body), unescape(relaxed));
  }

  private static void assertHash(Canonicalization canonicalization, String body, String expected)
      throws NoSuchAlgorithmException {
    assertThat(NaiveCanonicalization.body(canonicalization, body)).isEqualTo(expected);
    byte[] bytes = TestMessage.bytes(body);
    BodyHash whole = BodyHash.of(canonicalization, sha256());
    whole.update(bytes, 0, bytes.length);
    assertThat(whole.finish()).isEqualTo(sha256().digest(TestMessage.bytes(expected)));
    BodyHash single = BodyHash.of(canonicalization, sha256());
    for (int i = 0; i < bytes.length; i++) {
      single.update(bytes, i, 1);
    }
    assertThat(single.finish()).isEqualTo(sha256().digest(TestMessage.bytes(expected)));
  }

  /** The values that RFC 6376 3.4.3 and 3.4.4 print. */
  @Test
  void emptyBodies() throws NoSuchAlgorithmException {
    assertThat(base64(BodyHash.of(Canonicalization.SIMPLE, sha256()).finish()))
        .isEqualTo("frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
    assertThat(base64(BodyHash.of(Canonicalization.RELAXED, sha256()).finish()))
        .isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  }

  @Test
  void buffersOfEveryKind() throws NoSuchAlgorithmException {
    byte[] body = TestMessage.bytes("Some  text, \r\n".repeat(3000));
    for (Canonicalization each : Canonicalization.values()) {
      BodyHash array = BodyHash.of(each, sha256());
      array.update(body, 0, body.length);
      byte[] expected = array.finish();

      ByteBuffer direct = ByteBuffer.allocateDirect(body.length + 7);
      direct.position(7).mark();
      direct.put(body).reset();
      BodyHash fromDirect = BodyHash.of(each, sha256());
      fromDirect.update(direct);
      assertThat(direct.remaining()).isZero();
      assertThat(fromDirect.finish()).isEqualTo(expected);

      ByteBuffer slice = ByteBuffer.wrap(new byte[body.length + 20]).slice(5, body.length + 9);
      slice.position(3).mark();
      slice.put(body).limit(3 + body.length).reset();
      BodyHash fromSlice = BodyHash.of(each, sha256());
      fromSlice.update(slice);
      assertThat(slice.remaining()).isZero();
      assertThat(fromSlice.finish()).isEqualTo(expected);
    }
  }

  @Test
  void manyEmptyLinesAreCountedNotKept() throws NoSuchAlgorithmException {
    byte[] empty = TestMessage.bytes("\r\n".repeat(32_768));
    for (Canonicalization each : Canonicalization.values()) {
      BodyHash hash = BodyHash.of(each, sha256());
      MessageDigest expected = sha256();
      hash.update(new byte[] {'a'}, 0, 1);
      expected.update((byte) 'a');
      for (int i = 0; i < 64; i++) {
        hash.update(empty, 0, empty.length);
        expected.update(empty);
      }
      hash.update(new byte[] {'b'}, 0, 1);
      expected.update(TestMessage.bytes("b\r\n"));
      assertThat(hash.finish()).isEqualTo(expected.digest());
    }
  }

  static MessageDigest sha256() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
  }
}
