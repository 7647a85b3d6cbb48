package dovetail.auth.session;

import dovetail.auth.password.Secret;
import java.util.Optional;

/**
 * What a client says of itself.
 *
 * @param authorization as whom it wants to act, if it says so
 * @param user who it is
 * @param password what proves it
 */
record Claim(Optional<String> authorization, String user, Secret password)
    implements AutoCloseable {
  @Override
  public void close() {
    password.close();
  }
}
