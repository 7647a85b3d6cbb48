package dovetail.milter.filter;

import dovetail.dkim.BodyHash;
import dovetail.dkim.Canonicalization;
import dovetail.mail.Address;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.source.ArchiveKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;

/**
 * The field by which a message that was copied is known when it comes here again. It holds a code
 * for each archive that got it, made with a key of ours from the archive's address and from what
 * people read of the message: nobody else can make one, it is good for no other message, and it
 * tells nobody where the archive is. For one message and one thread.
 */
final class ArchiveGuard {
  private static final String NAME = "X-Dovetail-Archive";

  /** What filters behind a queue leave as it is, and MTAs do not add. */
  private static final List<String> BOUND =
      List.of("From", "To", "Cc", "Subject", "Content-Type", "Content-Transfer-Encoding");

  /** Parts what goes into a code; in no address. */
  private static final byte END = 0;

  private static final int CODE_OCTETS = 16;

  private final ArchiveKey key;
  private final MessageDigest digest = sha256();
  private final BodyHash body = BodyHash.of(Canonicalization.RELAXED, digest);

  ArchiveGuard(ArchiveKey key) {
    this.key = key;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }

  /** The next bytes of the body; the buffer is read to its end. */
  void body(ByteBuffer chunk) {
    body.update(chunk);
  }

  /** The body has ended. */
  Codes end(Headers headers) {
    byte[] hash = body.finish();
    for (String name : BOUND) {
      for (HeaderField field : headers.all(name)) {
        digest.update(Canonicalization.RELAXED.header(field));
        digest.update(END);
      }
    }
    return new Codes(key, digest.digest(hash), carried(headers));
  }

  /** All words of such fields, whoever has written them. */
  private static List<byte[]> carried(Headers headers) {
    List<byte[]> words = new ArrayList<>();
    for (HeaderField field : headers.all(NAME)) {
      for (String word : field.unfolded().strip().split("[ \t]+", -1)) {
        words.add(word.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return words;
  }

  /** The codes of one message: those that it should have, and those that it has. */
  static final class Codes {
    private final ArchiveKey key;
    private final byte[] message;
    private final List<byte[]> carried;

    private Codes(ArchiveKey key, byte[] message, List<byte[]> carried) {
      this.key = key;
      this.message = message;
      this.carried = carried;
    }

    /** Whether the message carries the code of that archive. */
    boolean has(Address archive) {
      byte[] code = code(archive).getBytes(StandardCharsets.ISO_8859_1);
      return carried.stream().anyMatch(word -> MessageDigest.isEqual(word, code));
    }

    /** The field for copies to these. */
    HeaderField field(List<Address> archives) {
      return HeaderField.of(
          NAME, archives.stream().map(this::code).collect(Collectors.joining("\n ", " ", "")));
    }

    private String code(Address archive) {
      Mac mac = key.begin();
      mac.update(archive.canonical().toString().getBytes(StandardCharsets.UTF_8));
      mac.update(END);
      byte[] code = new byte[CODE_OCTETS];
      System.arraycopy(mac.doFinal(message), 0, code, 0, CODE_OCTETS);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }
  }
}
