package dovetail.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decodes encoded words (RFC 2047) to see what readers may be shown: any character. */
final class EncodedWord {
  /** Different charsets looked up in one text: a look-up of an unknown one is slow. */
  private static final int MAX_CHARSETS = 20;

  private final Map<String, Charset> charsets = new HashMap<>();
  private final StringBuilder decoded = new StringBuilder();
  private final List<Word> run = new ArrayList<>();

  private EncodedWord() {}

  @SuppressWarnings("ArrayRecordComponent") // made and used up at once, never compared
  private record Word(Charset charset, byte[] octets) {}

  /**
   * The text with its encoded words decoded. White space between two of them is dropped (RFC 2047
   * 6.2); broken ones stay as they are. An unknown charset is read as ISO 8859-1, since it may hold
   * ASCII. At most three times as long as the input.
   */
  static String reveal(String text) {
    return new EncodedWord().decodeAll(text);
  }

  private String decodeAll(String text) {
    int done = 0;
    int start = text.indexOf("=?");
    while (start >= 0) {
      int end = end(text, start);
      Optional<Word> word = end < 0 ? Optional.empty() : word(text.substring(start, end));
      if (word.isPresent()) {
        if (run.isEmpty() || !text.substring(done, start).isBlank()) {
          flush();
          decoded.append(text, done, start);
        }
        run.add(word.get());
        done = end;
      }
      start = text.indexOf("=?", word.isPresent() ? end : start + 2);
    }
    flush();
    return decoded.append(text, done, text.length()).toString();
  }

  /** The index behind a word that starts there, negative if none does. */
  private static int end(String text, int start) {
    int charset = text.indexOf('?', start + 2);
    int encoding = charset < 0 ? -1 : text.indexOf('?', charset + 1);
    if (encoding != charset + 2) {
      return -1;
    }
    int close = text.indexOf('?', encoding + 1);
    return close < 0 || !text.startsWith("=", close + 1) ? -1 : close + 2;
  }

  private Optional<Word> word(String word) {
    String[] parts = word.split("\\?", 5); // "=", charset, encoding, text, "="
    return octets(parts[2], parts[3]).map(octets -> new Word(charset(parts[1]), octets));
  }

  private Charset charset(String label) {
    int language = label.indexOf('*'); // RFC 2231 5
    String name = language < 0 ? label : label.substring(0, language);
    if (charsets.size() >= MAX_CHARSETS && !charsets.containsKey(name)) {
      return StandardCharsets.ISO_8859_1;
    }
    return charsets.computeIfAbsent(name, EncodedWord::lookUp);
  }

  private static Charset lookUp(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  private static Optional<byte[]> octets(String encoding, String text) {
    return switch (encoding.toUpperCase(Locale.ROOT)) {
      case "B" -> base64(text);
      case "Q" -> Optional.of(quoted(text));
      default -> Optional.empty();
    };
  }

  private static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  // RFC 2047 4.2; an equals sign without two hex digits stands for itself.
  private static byte[] quoted(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '=' && i + 2 < in.length && isHex(in[i + 1]) && isHex(in[i + 2])) {
        out.write((HexFormat.fromHexDigit(in[i + 1]) << 4) | HexFormat.fromHexDigit(in[i + 2]));
        i += 2;
      } else {
        out.write(in[i] == '_' ? ' ' : in[i]);
      }
    }
    return out.toByteArray();
  }

  private static boolean isHex(byte b) {
    return HexFormat.isHexDigit(b);
  }

  // Writers cut characters of several octets in two, so words of one charset are decoded as one.
  private void flush() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < run.size(); i++) {
      Charset charset = run.get(i).charset();
      octets.writeBytes(run.get(i).octets());
      if (i + 1 == run.size() || !run.get(i + 1).charset().equals(charset)) {
        decoded.append(octets.toString(charset));
        octets.reset();
      }
    }
    run.clear();
  }
}
