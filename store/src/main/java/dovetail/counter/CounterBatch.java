package dovetail.counter;

import java.util.List;

/**
 * What a process tells the database at once.
 *
 * @param writer the process, by a name that no other has: at most 64 letters and digits
 * @param number greater than those of its batches before
 * @param reads counters whose rows it would like to have
 */
public record CounterBatch(
    String writer, long number, List<CounterDelta> deltas, List<CounterName> reads) {
  public CounterBatch {
    deltas = List.copyOf(deltas);
    reads = List.copyOf(reads);
  }

  boolean isEmpty() {
    return deltas.isEmpty() && reads.isEmpty();
  }
}
