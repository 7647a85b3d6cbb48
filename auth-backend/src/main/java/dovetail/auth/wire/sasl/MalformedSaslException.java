package dovetail.auth.wire.sasl;

/** A message that is none of its mechanism. Nothing of it is in here. */
public final class MalformedSaslException extends Exception {
  private static final long serialVersionUID = 1L;

  private final SaslFault fault;

  MalformedSaslException(SaslFault fault) {
    super("malformed SASL message: " + fault.word());
    this.fault = fault;
  }

  /** What is wrong. */
  public SaslFault fault() {
    return fault;
  }
}
