package dovetail.config;

/**
 * One thing that is wrong in a configuration, and where.
 *
 * @param position the place; line 0 when the whole file is meant
 * @param message what is wrong and what would be right
 */
public record Problem(Position position, String message) {

  /** "FILE, line L, column C: MESSAGE". */
  @Override
  public String toString() {
    return position + ": " + message;
  }
}
