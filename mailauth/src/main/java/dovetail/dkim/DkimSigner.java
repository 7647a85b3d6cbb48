package dovetail.dkim;

import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Signs one message with one or more keys: first its body as it arrives, which is hashed once for
 * all keys and not kept, then its header. For one thread, one message, then spent.
 */
public final class DkimSigner {
  /** The most fields of a message that are signed; one with more is not. */
  public static final int MAX_FIELDS = SignedFields.MAX_FIELDS;

  private final List<SigningKey> keys;
  private final SignatureSettings settings;
  private final CryptoProvider crypto;
  private final MessageDigest digest;
  private final BodyHash body;
  private boolean finished;

  /**
   * @param keys at least one, in the order of the signatures, top to bottom
   */
  public DkimSigner(List<SigningKey> keys, SignatureSettings settings, CryptoProvider crypto) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key to sign with");
    }
    this.keys = List.copyOf(keys);
    this.settings = settings;
    this.crypto = crypto;
    this.digest = crypto.sha256();
    this.body = BodyHash.of(settings.canonicalization().body(), digest);
  }

  /** Adds the next part of the body: what remains of the buffer, which is read to its end. */
  public void body(ByteBuffer chunk) {
    requireUnfinished();
    body.update(chunk);
  }

  /**
   * Ends the message and signs it.
   *
   * @param headers the whole header of the message, as the next hop will see it below the
   *     signatures
   * @param time the time of signing, the t= tag
   * @return one DKIM-Signature field for each key, in the order of the keys, to be put on top of
   *     the header unchanged: its value begins with a space, its folds are CRLF and a space
   * @throws SigningException if the message has no From field, more fields than can be signed, or
   *     if a key does not sign; no signature is given then
   * @throws IllegalStateException if it was called before
   */
  public List<HeaderField> finish(Headers headers, Instant time) throws SigningException {
    requireUnfinished();
    finished = true;
    byte[] bodyHash = body.finish();
    crypto.release(digest);
    Canonicalization canonicalization = settings.canonicalization().header();
    SignedFields fields = SignedFields.select(headers, settings);
    byte[] canonicalFields = fields.canonical(canonicalization); // once for all signatures
    List<HeaderField> signatures = new ArrayList<>(keys.size());
    for (SigningKey key : keys) {
      SignatureField field = tags(key, fields.names(), time, bodyHash);
      byte[] own = canonicalization.header(field.unsigned());
      signatures.add(field.signed(sign(key, canonicalFields, own, crypto)));
    }
    return List.copyOf(signatures);
  }

  /** The digest may serve another message by now. */
  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("this signer has signed its message");
    }
  }

  /** All tags but b=, which stands last (RFC 6376 3.5); q= is left at its only value. */
  private SignatureField tags(SigningKey key, List<String> names, Instant time, byte[] bodyHash) {
    SignatureField field = new SignatureField();
    field.tag("v", "1");
    field.tag("a", key.key().algorithm().tag());
    field.tag("c", settings.canonicalization().tag());
    field.tag("d", key.domain().ascii());
    field.tag("s", key.selector());
    field.tag("t", Long.toString(time.getEpochSecond()));
    Optional<Duration> expiry = settings.expiry();
    if (expiry.isPresent()) {
      field.tag("x", Long.toString(time.getEpochSecond() + expiry.get().toSeconds()));
    }
    Optional<Identity> identity = settings.identity().filter(each -> each.isOf(key.domain()));
    if (identity.isPresent()) {
      field.tag("i", identity.get().tag());
    }
    field.list("h", names);
    field.tag("bh", Base64.getEncoder().encodeToString(bodyHash));
    return field;
  }

  /** RFC 6376 3.7: the signed fields, then the signature's own without its b= and its CRLF. */
  static byte[] sign(
      SigningKey key, byte[] canonicalFields, byte[] canonicalSignature, CryptoProvider crypto)
      throws SigningException {
    try {
      return key.key().sign(crypto, canonicalFields, canonicalSignature);
    } catch (GeneralSecurityException e) {
      throw new SigningException(
          KeyRecord.name(key.selector(), key.domain()) + " does not sign with " + crypto, e);
    }
  }
}
