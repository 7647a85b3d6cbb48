package dovetail.directory.edit;

/** A value that may not stand in a field; the message says what may. */
public final class MalformedFieldException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedFieldException(String message) {
    super(message);
  }
}
