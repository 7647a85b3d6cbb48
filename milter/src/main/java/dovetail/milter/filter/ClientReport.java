package dovetail.milter.filter;

import dovetail.iprev.IprevResult;
import dovetail.spf.SpfResult;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the client that brought a message.
 *
 * @param origin the client from whom a relay of ours had the message, its address or "unknown";
 *     nothing if no relay brought it
 * @param login the name under which it has authenticated itself
 * @param iprev what the DNS says of its address, if that was asked
 * @param spf a result for each name in which it came, as far as it was asked about them: that of
 *     the return path first, which counts for DMARC
 */
public record ClientReport(
    Optional<String> origin,
    Optional<String> login,
    Optional<IprevResult> iprev,
    List<SpfResult> spf) {
  private static final String UNKNOWN = "unknown";

  /** Nothing is known. */
  public static final ClientReport NOTHING =
      new ClientReport(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /** A relay has brought it, and who was before the relay is not to be found out. */
  static final ClientReport UNKNOWN_ORIGIN =
      new ClientReport(Optional.of(UNKNOWN), Optional.empty(), Optional.empty(), List.of());

  /** Takes a copy of the list. */
  public ClientReport {
    spf = List.copyOf(spf);
  }

  /** It has authenticated itself, which is all that counts. */
  static ClientReport authenticated(String login) {
    return new ClientReport(Optional.empty(), Optional.of(login), Optional.empty(), List.of());
  }

  /** The same, of the client from whom a relay had the message. */
  ClientReport relayed() {
    return new ClientReport(
        iprev.map(result -> result.address().getHostAddress()).or(() -> Optional.of(UNKNOWN)),
        login,
        iprev,
        spf);
  }
}
