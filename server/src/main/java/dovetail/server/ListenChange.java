package dovetail.server;

/**
 * New listeners that are bound but not yet in use, so that several services can change together or
 * not at all.
 */
public interface ListenChange extends AutoCloseable {
  /** Takes the new listeners into use and closes those that are no longer wanted. */
  void commit();

  /** Closes what was bound anew, unless the change was committed. */
  @Override
  void close();
}
