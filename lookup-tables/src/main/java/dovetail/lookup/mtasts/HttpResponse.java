package dovetail.lookup.mtasts;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The answer to the one request that we send: as much of HTTP/1.1 (RFC 9112) as a server may use
 * for it, everything bounded.
 *
 * @param status the status code
 * @param type the media type in lower case, without parameters; empty if there is none
 * @param body the content, one character for each octet; empty unless the status is 200
 */
record HttpResponse(int status, String type, String body) {
  static final int OK = 200;

  private static final int MOST_HEADER = 32 * 1024;
  private static final int MOST_INTERIM = 5;
  private static final int FIRST_FINAL = 200;

  /** An answer that breaks the rules. */
  static final class BadHttpException extends IOException {
    private static final long serialVersionUID = 1;

    BadHttpException(String message) {
      super(message);
    }
  }

  /** An answer with more content than is wanted. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException() {
      super("more than " + PolicyParser.MOST_OCTETS + " octets");
    }
  }

  /**
   * Reads an answer, its content only if the status is 200.
   *
   * @param isRealEnd whether the end of the stream, where that is the end of the content, is known
   *     to come from the peer, and from nobody on the way
   * @throws EOFException if it breaks off, or may have been cut
   * @throws BadHttpException if it is none, or one that was not asked for
   * @throws TooLongException if the content is too long
   */
  static HttpResponse read(InputStream in, BooleanSupplier isRealEnd) throws IOException {
    Reader reader = new Reader(in, isRealEnd);
    int status = reader.status();
    Map<String, String> fields = reader.fields();
    for (int interim = 0; status < FIRST_FINAL; interim++) { // RFC 9110 15.2
      if (interim == MOST_INTERIM) {
        throw new BadHttpException("too many interim answers");
      }
      status = reader.status();
      fields = reader.fields();
    }
    String type = fields.getOrDefault("content-type", "").split(";", 2)[0].strip();
    return new HttpResponse(
        status,
        type.toLowerCase(Locale.ROOT),
        status == OK ? new String(reader.content(fields), StandardCharsets.ISO_8859_1) : "");
  }

  /** Reads octet by octet: the stream below has a buffer. */
  private static final class Reader {
    private static final int MOST_CHUNK_DIGITS = 6;
    private static final int MOST_LENGTH_DIGITS = 9;
    private static final int HEX = 16;

    private final InputStream in;
    private final BooleanSupplier isRealEnd;
    private final byte[] content = new byte[PolicyParser.MOST_OCTETS + 1];
    private int header;
    private int length;

    Reader(InputStream in, BooleanSupplier isRealEnd) {
      this.in = in;
      this.isRealEnd = isRealEnd;
    }

    /** RFC 9112 4. */
    int status() throws IOException {
      String line = line();
      if (!line.startsWith("HTTP/1.") || line.length() < "HTTP/1.1 200".length()) {
        throw new BadHttpException("no status line");
      }
      String code = line.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
      boolean ends = line.length() == "HTTP/1.1 200".length() || line.charAt(12) == ' ';
      if (line.charAt(8) != ' ' || !ends || !code.matches("[1-5][0-9][0-9]")) {
        throw new BadHttpException("no status");
      }
      return Integer.parseInt(code);
    }

    /** RFC 9112 5. Fields that are there twice and differ are refused if we look at them. */
    Map<String, String> fields() throws IOException {
      Map<String, String> fields = new HashMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        if (colon < 1 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
          throw new BadHttpException("a line that is no field");
        }
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = line.substring(colon + 1).strip();
        Optional<String> before = Optional.ofNullable(fields.put(name, value));
        if (before.isPresent() && !before.get().equals(value) && isOurs(name)) {
          throw new BadHttpException("two fields " + name);
        }
      }
      return fields;
    }

    private static boolean isOurs(String name) {
      return switch (name) {
        case "content-type", "content-length", "transfer-encoding", "content-encoding" -> true;
        default -> false;
      };
    }

    /** RFC 9112 6.3. */
    byte[] content(Map<String, String> fields) throws IOException {
      String coding = fields.getOrDefault("content-encoding", "identity");
      if (!coding.equalsIgnoreCase("identity")) {
        throw new BadHttpException("a coding that was not asked for");
      }
      if (fields.containsKey("transfer-encoding")) {
        if (!fields.get("transfer-encoding").equalsIgnoreCase("chunked")
            || fields.containsKey("content-length")) {
          throw new BadHttpException(
              "a transfer coding that is not chunked, or a length beside it");
        }
        chunks();
      } else if (fields.containsKey("content-length")) {
        take(number(fields.get("content-length")));
      } else {
        takeAll();
      }
      return Arrays.copyOf(content, length);
    }

    private static int number(String text) throws IOException {
      if (!text.matches("[0-9]{1," + MOST_LENGTH_DIGITS + "}")) {
        throw text.matches("[0-9]+") ? new TooLongException() : new BadHttpException("no length");
      }
      return Integer.parseInt(text);
    }

    /** RFC 9112 7.1. */
    private void chunks() throws IOException {
      for (int size = chunk(); size > 0; size = chunk()) {
        take(size);
        if (!line().isEmpty()) {
          throw new BadHttpException("a chunk that does not end");
        }
      }
      Map<String, String> trailer = fields();
      if (trailer.containsKey("content-type")) {
        throw new BadHttpException("a media type behind the content");
      }
    }

    private int chunk() throws IOException {
      String size = line().split(";", 2)[0].strip();
      if (!size.matches("[0-9A-Fa-f]{1," + MOST_CHUNK_DIGITS + "}")) {
        throw new BadHttpException("no size of a chunk");
      }
      return Integer.parseInt(size, HEX);
    }

    private void take(int count) throws IOException {
      if (count > PolicyParser.MOST_OCTETS - length) {
        throw new TooLongException();
      }
      if (in.readNBytes(content, length, count) < count) {
        throw new EOFException("the content breaks off");
      }
      length += count;
    }

    private void takeAll() throws IOException {
      length = in.readNBytes(content, 0, content.length);
      if (length > PolicyParser.MOST_OCTETS) {
        throw new TooLongException();
      }
      if (!isRealEnd.getAsBoolean()) { // a line less is another policy
        throw new EOFException("the content may have been cut: no length, and no close_notify");
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new EOFException("the answer breaks off");
        }
        if (++header > MOST_HEADER) {
          throw new BadHttpException("too many octets around the content");
        }
        line.append((char) octet);
      }
      int end = line.length();
      return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
  }
}
