package dovetail.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Who logs in by SCRAM-SHA-256, by the letter of RFC 5802 3 and with nothing of ours. */
public final class ScramClient {
  private static final String HMAC = "HmacSHA256";

  private final String header;
  private final String bare;
  private final String password;
  private String signature = "";

  /**
   * @param header such as {@code n,,}
   * @param user as it stands in the message
   */
  public ScramClient(String header, String user, String nonce, String password) {
    this.header = header;
    this.bare = "n=" + user + ",r=" + nonce;
    this.password = password;
  }

  /** One that has nothing special to say. */
  public static ScramClient of(String user, String password) {
    return new ScramClient(
        "n,,", user.replace("=", "=3D").replace(",", "=2C"), "rOprNGfwEbeRWgbNEkqO", password);
  }

  /** Its first message. */
  public String first() {
    return header + bare;
  }

  /** Its last message, in answer to the server's first one. */
  public String last(String serverFirst) {
    String nonce = part(serverFirst, "r");
    byte[] salt = Base64.getDecoder().decode(part(serverFirst, "s"));
    int iterations = Integer.parseInt(part(serverFirst, "i"));
    String without = "c=" + base64(utf8(header)) + ",r=" + nonce;
    String signed = bare + "," + serverFirst + "," + without;
    try {
      byte[] salted = salted(salt, iterations);
      byte[] clientKey = hmac(salted, "Client Key");
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      byte[] proof = hmac(storedKey, signed);
      for (int i = 0; i < proof.length; i++) {
        proof[i] ^= clientKey[i];
      }
      signature = base64(hmac(hmac(salted, "Server Key"), signed));
      return without + ",p=" + base64(proof);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether the server's last message shows that it is the right one. */
  public boolean believes(String serverFinal) {
    return !signature.isEmpty() && serverFinal.equals("v=" + signature);
  }

  /** The part of a message with that name. */
  public static String part(String message, String name) {
    for (String part : message.split(",", -1)) {
      if (part.startsWith(name + "=")) {
        return part.substring(2);
      }
    }
    throw new AssertionError("no " + name + " in " + message);
  }

  /** As a server stores the password. */
  public static String stored(String password, String salt, int iterations) {
    try {
      ScramClient client = of("x", password);
      byte[] salted = client.salted(Base64.getDecoder().decode(salt), iterations);
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
      return "{SCRAM-SHA-256}%d,%s,%s,%s"
          .formatted(iterations, salt, base64(storedKey), base64(hmac(salted, "Server Key")));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] salted(byte[] salt, int iterations) throws GeneralSecurityException {
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
        .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
        .getEncoded();
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac.doFinal(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
