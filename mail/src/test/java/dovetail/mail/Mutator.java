package dovetail.mail;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes hostile input: the same sequence for the same seed. */
final class Mutator {
  /** The pieces that address parsers stumble on. */
  private static final String[] ALPHABET = {
    "<",
    ">",
    "@",
    "\"",
    "\\",
    "(",
    ")",
    ",",
    ";",
    ":",
    ".",
    " ",
    "\t",
    "\r\n ",
    "\r\n",
    "\r",
    "\n",
    "\0",
    "[",
    "]",
    "a",
    "b",
    "good.example",
    "evil.example",
    "=?utf-8?q?a=40b?=",
    "=?",
    "?=",
    "\u00FC",
    "\u00C3\u00BC",
    "\u00FF",
    "xn--",
    "xn--bcher-kva",
    "192.0.2.1",
    "\u0085",
    "%",
    "!",
    "=",
    "_",
    "-",
  };

  private final RandomGenerator random;

  Mutator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Octets of any kind. */
  byte[] raw(int maxLength) {
    byte[] bytes = new byte[random.nextInt(maxLength + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Pieces of the alphabet in any order. */
  byte[] mapped(int maxPieces) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(maxPieces + 1);
    for (int i = 0; i < pieces; i++) {
      text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A seed with some octets replaced, removed, doubled or followed by a piece of the alphabet. */
  byte[] mutated(String seed) {
    StringBuilder text = new StringBuilder(seed);
    int edits = 1 + random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      int at = random.nextInt(text.length() + 1);
      String piece = ALPHABET[random.nextInt(ALPHABET.length)];
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, piece);
        case 1 -> text.replace(at, Math.min(text.length(), at + 1), piece);
        default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
