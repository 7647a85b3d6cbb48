package dovetail.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes hostile input: the same sequence for the same seed. */
public final class Mutator {
  private final RandomGenerator random;
  private final List<String> alphabet;

  /** Pieces of the alphabet are put where they do not belong; a character is an octet. */
  public Mutator(long seed, List<String> alphabet) {
    this.random = new SplittableRandom(seed);
    this.alphabet = List.copyOf(alphabet);
  }

  /** Octets of any kind. */
  public byte[] raw(int maxLength) {
    byte[] bytes = new byte[random.nextInt(maxLength + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Pieces of the alphabet in any order. */
  public byte[] mapped(int maxPieces) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(maxPieces + 1);
    for (int i = 0; i < pieces; i++) {
      text.append(piece());
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A seed with some octets replaced, removed or followed by a piece of the alphabet. */
  public byte[] mutated(byte[] seed) {
    StringBuilder text = new StringBuilder(new String(seed, StandardCharsets.ISO_8859_1));
    int edits = 1 + random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, piece());
        case 1 -> text.replace(at, Math.min(text.length(), at + 1), piece());
        case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 9)));
        default -> text.insert(at, (char) random.nextInt(256));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** One of these. */
  public byte[] pick(List<byte[]> seeds) {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private String piece() {
    return alphabet.get(random.nextInt(alphabet.size()));
  }
}
