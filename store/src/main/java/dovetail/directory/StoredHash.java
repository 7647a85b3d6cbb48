package dovetail.directory;

/**
 * The stored form of a password, which no text shows.
 *
 * @param text {@code {SCHEME}data}
 */
public record StoredHash(String text) {
  @Override
  public String toString() {
    return "(hash)";
  }
}
