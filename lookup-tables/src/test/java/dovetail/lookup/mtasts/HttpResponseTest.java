package dovetail.lookup.mtasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpResponseTest {
  private static final HttpResponse GOOD = new HttpResponse(200, "text/plain", "hello");
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

  private static HttpResponse read(String text) throws IOException {
    return read(text, true);
  }

  private static HttpResponse read(String text, boolean isRealEnd) throws IOException {
    return HttpResponse.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), () -> isRealEnd);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEAD + "Content-Length: 5\r\n\r\nhello",
        HEAD + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello and what nobody reads",
        HEAD + "\r\nhello",
        HEAD + "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n003 \r\nllo\r\n0\r\nX: y\r\n\r\n",
        "HTTP/1.0 200\r\ncontent-type:Text/Plain;charset=utf-8\r\n\r\nhello",
        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + HEAD + "Content-Encoding: identity\r\n\r\nhello",
        "HTTP/1.1 200 OK\nContent-Type: text/plain ; x=y\n\nhello"
      })
  void readsAnswers(String text) throws Exception {
    assertThat(read(text)).isEqualTo(GOOD);
  }

  @Test
  void readsNoContentOfOthers() throws Exception {
    assertThat(read("HTTP/1.1 301 Moved\r\nLocation: https://x/\r\n\r\nhello"))
        .isEqualTo(new HttpResponse(301, "", ""));
    assertThat(read("HTTP/1.1 404 Not Found\r\nContent-Length: 99999999999\r\n\r\n").status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1  200\r\n\r\n",
        "HTTP/1.1 200 OK\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno field\r\n\r\n",
        HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        HEAD + "Content-Type: text/html\r\n\r\nhello",
        HEAD + "Content-Length: -5\r\n\r\nhello",
        HEAD + "Content-Length: 5, 5\r\n\r\nhello",
        HEAD + "Content-Encoding: gzip\r\n\r\nhello",
        HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        HEAD + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
        HEAD + "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\n"
            + "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\n"
            + HEAD
            + "\r\nhello"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(HttpResponse.BadHttpException.class);
  }

  @Test
  void refusesWhatIsTooLong() {
    String most = "x".repeat(PolicyParser.MOST_OCTETS);
    assertThatThrownBy(() -> read(HEAD + "\r\n" + most + "x"))
        .isInstanceOf(HttpResponse.TooLongException.class);
    assertThatThrownBy(() -> read(HEAD + "Content-Length: 65537\r\n\r\n" + most + "x"))
        .isInstanceOf(HttpResponse.TooLongException.class);
    assertThatThrownBy(() -> read(HEAD + "Content-Length: 99999999999999999999\r\n\r\n"))
        .isInstanceOf(HttpResponse.TooLongException.class);
    assertThatThrownBy(() ->
            read(
                HEAD
                    + "Transfer-Encoding: chunked\r\n\r\n10000\r\n"
                    + most
                    + "\r\n1\r\nx\r\n0\r\n\r\n"))
        .isInstanceOf(HttpResponse.TooLongException.class);
    assertThatThrownBy(() -> read(HEAD + ("X: " + "y".repeat(1000) + "\r\n").repeat(40) + "\r\n"))
        .isInstanceOf(HttpResponse.BadHttpException.class);
  }

  @Test
  void readsAsMuchAsAPolicyMayBe() throws Exception {
    String most = "x".repeat(PolicyParser.MOST_OCTETS);
    assertThat(read(HEAD + "\r\n" + most).body()).isEqualTo(most);
    assertThat(read(HEAD + "Content-Length: 65536\r\n\r\n" + most).body()).isEqualTo(most);
  }

  @Test
  void refusesWhatMayHaveBeenCut() throws Exception {
    assertThatThrownBy(() -> read(HEAD + "\r\nhello", false))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("close_notify");
    assertThat(read(HEAD + "Content-Length: 5\r\n\r\nhello", false)).isEqualTo(GOOD);
    assertThat(read(HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", false))
        .isEqualTo(GOOD);
    assertThat(read("HTTP/1.1 404 Not Found\r\n\r\nhello", false).status()).isEqualTo(404);
  }

  @Test
  void seesWhatBreaksOff() {
    String whole = HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    for (int end = 0; end < whole.length(); end++) {
      String part = whole.substring(0, end);
      assertThatThrownBy(() -> read(part)).isInstanceOf(EOFException.class);
    }
  }
}
