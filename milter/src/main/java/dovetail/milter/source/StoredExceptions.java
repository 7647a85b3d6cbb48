package dovetail.milter.source;

import dovetail.directory.edit.Row;
import dovetail.mail.Domain;
import dovetail.server.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exceptions of the database, as it was when it was last read: while it is away they go on. For
 * any thread.
 */
public final class StoredExceptions implements Exceptions {
  private static final Logger logger = LoggerFactory.getLogger("milter");
  private static final String BELOW = "*.";

  private volatile Optional<ExceptionTable> table = Optional.empty();

  @Override
  public Optional<ExceptionTable> table() {
    return table;
  }

  /** What the database holds now; a row that nobody could have added is none. */
  public void replace(List<Row> rows) {
    Draft draft = new Draft();
    for (Row row : rows) {
      if (!draft.take(row.key().getFirst(), row.key().getLast())) {
        logger.warn("the database holds an exception that cannot be read: {}", row);
      }
    }
    table = Optional.of(draft.table());
  }

  private static final class Draft {
    private final Names authors = new Names();
    private final Names senders = new Names();
    private final Names lists = new Names();
    private final List<Network> clients = new ArrayList<>();
    private final Names sealers = new Names();

    boolean take(String type, String value) {
      return switch (type) {
        case "author" -> authors.take(value);
        case "sender" -> senders.take(value);
        case "list" -> lists.take(value);
        case "sealer" -> !value.startsWith(BELOW) && sealers.take(value);
        case "client" -> takeClient(value);
        default -> false;
      };
    }

    private boolean takeClient(String value) {
      try {
        return clients.add(Network.parse(value));
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    ExceptionTable table() {
      return new ExceptionTable(
          authors.domains(), senders.domains(), lists.domains(), clients, sealers.exact);
    }
  }

  private static final class Names {
    private final Set<Domain> exact = new HashSet<>();
    private final Set<Domain> above = new HashSet<>();

    boolean take(String value) {
      boolean below = value.startsWith(BELOW);
      Optional<Domain> name = Domain.parse(below ? value.substring(BELOW.length()) : value);
      name.ifPresent(domain -> (below ? above : exact).add(domain));
      return name.isPresent();
    }

    DomainSet domains() {
      return new DomainSet(exact, above);
    }
  }
}
