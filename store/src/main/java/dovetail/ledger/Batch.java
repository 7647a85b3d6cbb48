package dovetail.ledger;

import java.util.List;

/**
 * What is added at once.
 *
 * @param id its name, which no other has: letters, digits and hyphens, at most 64
 */
public record Batch(String id, List<Entry> entries) {
  public Batch {
    entries = List.copyOf(entries);
  }
}
