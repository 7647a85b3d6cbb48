package dovetail.milter.source;

import dovetail.mail.Domain;
import dovetail.server.Network;
import java.util.List;
import java.util.Set;

/**
 * By what mail is known that is taken though it fails. Immutable.
 *
 * @param authors domains of From fields
 * @param senders domains of return paths
 * @param lists names of mailing lists, as in List-Id fields
 * @param clients addresses of clients
 * @param sealers domains whose results in ARC are believed
 */
public record ExceptionTable(
    DomainSet authors,
    DomainSet senders,
    DomainSet lists,
    List<Network> clients,
    Set<Domain> sealers) {
  /** No exception. */
  public static final ExceptionTable EMPTY =
      new ExceptionTable(DomainSet.EMPTY, DomainSet.EMPTY, DomainSet.EMPTY, List.of(), Set.of());

  public ExceptionTable {
    clients = List.copyOf(clients);
    sealers = Set.copyOf(sealers);
  }
}
