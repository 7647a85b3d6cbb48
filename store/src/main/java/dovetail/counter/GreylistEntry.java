package dovetail.counter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whose mail is put off, once.
 *
 * @param client who brings it: a domain or a network, of at most {@value #CLIENT} characters; of
 *     one with more the end is replaced by a digest of all
 * @param network where it comes from, of which so many rows may be at a time
 * @param mail whose mail it is to whom, as a digest
 */
public record GreylistEntry(String client, String network, String mail) {
  /** What a column of the database takes. */
  public static final int CLIENT = 300;

  private static final int DIGEST = 64;

  public GreylistEntry {
    if (client.length() > CLIENT) {
      client = client.substring(0, CLIENT - DIGEST) + digest(client);
    }
  }

  /**
   * Whose mail it is to whom.
   *
   * @param sender in the form in which senders are compared; empty for the null sender
   * @param recipient empty if it is to count for all
   */
  public static GreylistEntry of(String client, String network, String sender, String recipient) {
    // A new line is in no address.
    return new GreylistEntry(client, network, digest(client + '\n' + sender + '\n' + recipient));
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
