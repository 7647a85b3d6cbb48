package dovetail.directory.edit;

/** One change of what is kept. */
public sealed interface Change {
  /** The row, as far as it is named. */
  Row row();

  /** The row must not be there yet; fields that it does not name get their initial value. */
  record Add(Row row) implements Change {}

  /** The row must be there; fields that this one does not name stay as they are. */
  record Set(Row row) implements Change {}

  /** Adds the row, or sets its named fields where it is there. */
  record Put(Row row) implements Change {}

  /**
   * The row must be there.
   *
   * @param recursive a domain goes with all that is in it; without, it must be empty
   */
  record Remove(Row row, boolean recursive) implements Change {}
}
