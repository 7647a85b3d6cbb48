package dovetail.dns.dnsjava;

import dovetail.dns.Failure;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.xbill.DNS.Name;

/** Asks one server after the other until one knows, those that were silent a second time. */
final class Asking {
  private static final int ROUNDS = 2;

  private final Servers servers;
  private final IntSupplier ids;

  /**
   * Asks these servers.
   *
   * @param ids gives the id of each query, 16 bits that nobody can guess
   */
  Asking(Servers servers, IntSupplier ids) {
    this.servers = servers;
    this.ids = ids;
  }

  /** Asks; the time is shared evenly between the tries that may yet come. */
  Reply ask(Name name, int type, Deadline until) {
    List<Talk> talks = new ArrayList<>();
    try {
      for (InetSocketAddress server : servers.inOrder()) {
        talks.add(new Talk(server, servers.isTrusted(server), query(name, type), ids));
      }
      return ask(talks, until);
    } finally {
      talks.forEach(Talk::close);
    }
  }

  private Query query(Name name, int type) {
    return new Query(ids.getAsInt(), name, type, true, true);
  }

  private Reply ask(List<Talk> talks, Deadline until) {
    Failures failures = new Failures();
    List<Talk> waiting = talks;
    for (int rounds = ROUNDS; rounds > 0 && !waiting.isEmpty(); rounds--) {
      List<Talk> silent = new ArrayList<>();
      for (int i = 0; i < waiting.size() && !isOver(until); i++) {
        Talk talk = waiting.get(i);
        switch (talk.ask(until.forOneOf(rounds * waiting.size() - i))) {
          case Reply.Knows knows -> {
            if (failures.anySilence) {
              servers.prefer(talk.server());
            }
            return knows;
          }
          case Reply.KnowsNot not -> {
            failures.add(not);
            if (not.again()) {
              silent.add(talk);
            }
          }
        }
      }
      waiting = silent;
    }
    return failures.result;
  }

  private static boolean isOver(Deadline until) {
    return until.isOver() || Thread.currentThread().isInterrupted();
  }

  /** What servers have failed with. What one has said tells more than another's silence. */
  private static final class Failures {
    private Reply.KnowsNot result = new Reply.KnowsNot(Failure.TIMEOUT, true);
    private boolean any;
    private boolean anySilence;

    void add(Reply.KnowsNot failure) {
      if (!any || (result.again() && !failure.again())) {
        result = failure;
      }
      any = true;
      anySilence |= failure.again();
    }
  }
}
