package dovetail.auth.password;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2 with its parameters (RFC 9106 3.1).
 *
 * @param type {@link Argon2Parameters#ARGON2_i} or {@link Argon2Parameters#ARGON2_id}
 * @param version 16 or 19
 * @param memoryKib m
 * @param passes t
 * @param lanes p, which are filled one after the other
 */
record Argon2Function(int type, int version, int memoryKib, int passes, int lanes) {
  /** OWASP's first choice: as dear for an attacker as more memory and fewer passes. */
  static final Argon2Function USUAL =
      new Argon2Function(
          Argon2Parameters.ARGON2_id, Argon2Parameters.ARGON2_VERSION_13, 19_456, 2, 1);

  /** The hash of a password, of a length in octets. */
  byte[] hash(byte[] password, byte[] salt, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(type)
            .withVersion(version)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password, hash);
    return hash;
  }

  /** How many KiB are filled in all. */
  long work() {
    return (long) memoryKib * passes;
  }

  long memoryBytes() {
    return (long) memoryKib << 10;
  }

  /** Whether guessing takes an attacker as much as of another one. */
  boolean asDearAs(Argon2Function other) {
    return type == other.type
        && version == other.version
        && memoryKib >= other.memoryKib
        && work() >= other.work();
  }
}
