package dovetail.bench;

import dovetail.bench.PacketWriter.Piece;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections to the filters of an MTA, which get each message one after the other, as Postfix does
 * it: the envelope goes to all of them as it comes, the content to each when the one before has
 * given its answer, and with the fields that it has added. For one thread.
 */
final class Stages implements AutoCloseable {
  private final List<Filter> filters = new ArrayList<>();

  private Stages() {}

  /** Connects to all of them. */
  static Stages connect(List<SocketAddress> addresses) throws IOException {
    Stages stages = new Stages();
    try {
      for (SocketAddress address : addresses) {
        stages.filters.add(Filter.connect(address));
      }
      return stages;
    } catch (IOException | RuntimeException e) {
      stages.close();
      throw e;
    }
  }

  /** Has the messages laid out for these filters. */
  void layOut(Outgoing outgoing) {
    filters.forEach(filter -> outgoing.scripts(filter.agreed()));
  }

  /** Sends the envelope of a message, as the first or a later one. */
  void envelope(Outgoing outgoing, int number, boolean first) throws IOException {
    for (Filter filter : filters) {
      Script script = outgoing.script(number, filter.agreed());
      filter.send(first ? script.first() : script.next());
    }
  }

  /**
   * Sends the content.
   *
   * @throws IOException if what the filters make of it is not the goal
   */
  void content(Outgoing outgoing, int number, Goal goal) throws IOException {
    List<Field> added = new ArrayList<>();
    for (Filter filter : filters) {
      Script script = outgoing.script(number, filter.agreed());
      List<Piece> content =
          added.isEmpty() ? script.content() : script.contentBelow(added, filter.agreed());
      filter.send(content);
      added.addAll(0, filter.outcome());
    }
    if (!goal.isReached(added, outgoing.letter(number).domain())) {
      throw new IOException("the filter has not " + goal.words() + ": " + added);
    }
  }

  /** Takes leave. */
  void end(Outgoing outgoing) throws IOException {
    for (Filter filter : filters) {
      filter.send(outgoing.script(0, filter.agreed()).last());
    }
  }

  @Override
  public void close() throws IOException {
    for (Filter filter : filters) {
      filter.close();
    }
  }
}
