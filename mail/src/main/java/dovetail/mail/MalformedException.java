package dovetail.mail;

/** What was read breaks the rules of its format or a limit; caught once, where reading began. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * Says what is wrong and where.
   *
   * @param reason fixed text, never a part of what was read
   * @param offset octets from the start of what was read
   */
  public MalformedException(String reason, long offset) {
    super(reason, null, false, false);
    this.offset = offset;
  }

  /** What is wrong, without any part of what was read. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Where it is wrong, in octets from the start of what was read. */
  public long offset() {
    return offset;
  }
}
