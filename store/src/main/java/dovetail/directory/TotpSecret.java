package dovetail.directory;

/**
 * The secret of an account's time-based one-time passwords, which no text shows.
 *
 * @param base32 the secret in base32, in capitals and without padding
 * @param lastStep the time step of the last one that was taken, which with all before it is used
 *     up; 0 if none was
 */
public record TotpSecret(String base32, long lastStep) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
