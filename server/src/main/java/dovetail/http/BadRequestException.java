package dovetail.http;

/** A request that is not as it should be; the message is for the peer, and quotes nothing of it. */
public final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1;

  public BadRequestException(String message) {
    super(message);
  }
}
