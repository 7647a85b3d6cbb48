package dovetail.directory.edit;

/** The database went away while it was to keep a change: nobody knows whether it does. */
public final class UnsettledException extends UnavailableException {
  private static final long serialVersionUID = 1;

  public UnsettledException(String message, Throwable cause) {
    super(message, cause);
  }
}
