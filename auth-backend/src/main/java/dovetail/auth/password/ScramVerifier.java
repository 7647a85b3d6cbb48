package dovetail.auth.password;

import java.security.MessageDigest;

/** Keys of SCRAM, against which passwords are compared that were sent themselves. */
public final class ScramVerifier extends Verifier {
  private final ScramKeys keys;

  ScramVerifier(ScramKeys keys) {
    super(keys.mechanism().word());
    this.keys = keys;
  }

  /** For a client that speaks SCRAM. */
  public ScramKeys keys() {
    return keys;
  }

  @Override
  boolean verify(byte[] password) {
    ScramKeys derived =
        ScramKeys.derive(keys.mechanism(), password, keys.salt(), keys.iterations());
    return MessageDigest.isEqual(derived.storedKey(), keys.storedKey())
        && MessageDigest.isEqual(derived.serverKey(), keys.serverKey());
  }

  @Override
  public boolean outdated() {
    return keys.mechanism() != ScramMechanism.SHA_256;
  }
}
