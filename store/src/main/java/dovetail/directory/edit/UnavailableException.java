package dovetail.directory.edit;

/**
 * The database does not work at the moment. Nothing was changed, unless it is an {@link
 * UnsettledException}.
 */
public sealed class UnavailableException extends Exception permits UnsettledException {
  private static final long serialVersionUID = 1;

  public UnavailableException(String message) {
    super(message);
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
