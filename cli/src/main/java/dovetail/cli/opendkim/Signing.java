package dovetail.cli.opendkim;

import dovetail.dkim.SigningKey;
import java.util.List;

/**
 * What opendkim signs with.
 *
 * @param keys the keys in use, each once
 * @param rows who signs for whom
 * @param left what cannot be taken over, and why, a line each
 * @param notes what is taken over and is not quite as it was, a line each
 */
public record Signing(List<Key> keys, List<Row> rows, List<String> left, List<String> notes) {
  public Signing {
    keys = List.copyOf(keys);
    rows = List.copyOf(rows);
    left = List.copyOf(left);
    notes = List.copyOf(notes);
  }

  /**
   * A key.
   *
   * @param pem the private key, which no text shows
   */
  public record Key(SigningKey key, String pem) {
    @Override
    public String toString() {
      return key.selector() + "._domainkey." + key.domain();
    }
  }

  /**
   * Whose mail a key signs.
   *
   * @param authors a domain, {@code *.} and a domain, or {@code *}
   * @param own whether that is the key's own domain
   */
  public record Row(String place, String authors, Key key, boolean own) {}
}
