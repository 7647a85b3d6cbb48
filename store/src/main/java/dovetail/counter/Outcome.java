package dovetail.counter;

import java.util.List;

/** What became of demands. */
public sealed interface Outcome {
  /**
   * All fit.
   *
   * @param uses for each demand its windows in order, with what it has charged; none where nothing
   *     is counted
   */
  record Granted(Charge charge, List<List<Use>> uses) implements Outcome {
    public Granted {
      uses = List.copyOf(uses);
    }
  }

  /**
   * One does not fit, and nothing was charged.
   *
   * @param demand the index of the first that does not
   * @param use of its windows that are exceeded the one that frees last; {@link Use#NEVER} if its
   *     quota is none
   */
  record Exceeded(int demand, Use use) implements Outcome {}
}
