package dovetail.directory;

import java.util.Optional;

/**
 * Through whom a sender's mail leaves.
 *
 * @param nexthop {@code [host]:port} as Postfix writes it
 * @param login how to log in there
 */
public record RelayHost(String nexthop, Optional<Login> login) {
  /** A name and a password, which no text shows. */
  public record Login(String name, String password) {
    @Override
    public String toString() {
      return name + ":(password)";
    }
  }
}
