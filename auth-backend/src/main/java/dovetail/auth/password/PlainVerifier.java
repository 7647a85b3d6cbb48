package dovetail.auth.password;

import java.security.MessageDigest;

/** The password itself. */
final class PlainVerifier extends Verifier {
  private final byte[] stored;

  PlainVerifier(String scheme, byte[] stored) {
    super(scheme);
    this.stored = stored;
  }

  @Override
  boolean verify(byte[] password) {
    return MessageDigest.isEqual(password, stored);
  }

  @Override
  public boolean cheap() {
    return true;
  }
}
