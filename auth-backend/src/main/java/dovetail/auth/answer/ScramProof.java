package dovetail.auth.answer;

import dovetail.auth.wire.SaslData;

/**
 * What somebody sends instead of his password (RFC 5802 3).
 *
 * @param signed the messages that the proof is of (AuthMessage)
 * @param proof as many octets as the mechanism's digest has
 */
public record ScramProof(String signed, SaslData proof) implements AutoCloseable {
  /** Whoever has both can guess passwords. */
  @Override
  public String toString() {
    return "(proof)";
  }

  @Override
  public void close() {
    proof.close();
  }
}
