package dovetail.lookup.map;

import java.util.Map;

/** The rows of one map, brought into their form only when they have changed. For any thread. */
final class KnownRows {
  private volatile Known known = new Known(Map.of(), new Rows(Map.of()));

  private record Known(Map<String, String> written, Rows rows) {}

  // The same rows are the same object until they are read anew; to compare them would take longer.
  @SuppressWarnings("ReferenceEquality")
  Rows of(Map<String, String> written) {
    Known last = known;
    if (last.written() != written) {
      last = new Known(written, Rows.of(written));
      known = last;
    }
    return last.rows();
  }
}
