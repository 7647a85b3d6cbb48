package dovetail.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A further password of an account, for one program or device.
 *
 * @param label which one, in the owner's words
 * @param hash the password
 * @param services what takes it; no more than takes the account's own
 * @param networks where it may be used from, in CIDR form; anywhere if there are none
 * @param expires from when on it is good no more
 */
public record AppPassword(
    String label,
    StoredHash hash,
    Set<LoginService> services,
    List<String> networks,
    Optional<Instant> expires) {
  public AppPassword {
    services = Set.copyOf(services);
    networks = List.copyOf(networks);
  }
}
