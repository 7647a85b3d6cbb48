package dovetail.dkim;

import static dovetail.dkim.DkimStatus.FAIL;
import static dovetail.dkim.DkimStatus.NEUTRAL;
import static dovetail.dkim.DkimStatus.PASS;
import static dovetail.dkim.DkimStatus.PERMERROR;
import static dovetail.dkim.DkimStatus.POLICY;
import static dovetail.dkim.DkimStatus.TEMPERROR;

import java.util.Locale;

/** Why the check of a signature ended so (RFC 6376 6.1): one for results, log and tests. */
public enum DkimReason {
  /** Nothing was wrong with it. */
  VERIFIED(PASS, "signature verified"),
  /** RFC 6376 6.1.3: the body is not the one that was signed. */
  BODY_CHANGED(FAIL, "body hash did not verify"),
  /** RFC 6376 3.5: l= says more than there is. */
  BODY_TOO_SHORT(FAIL, "body is shorter than its signed part"),
  /** RFC 6376 6.1.3: the header fields are not those that were signed, or the key is another. */
  SIGNATURE_WRONG(FAIL, "signature did not verify"),
  /** The signature verifies, but anybody may have written what follows its l= (RFC 6376 8.2). */
  UNSIGNED_CONTENT(POLICY, "content behind the signed part"),
  /**
   * There are more From fields than it signs: a reader may be shown another one (RFC 6376 8.15).
   */
  UNSIGNED_FROM(POLICY, "From field that is not signed"),
  /** The x= time is over. */
  EXPIRED(POLICY, "signature expired"),
  /** The t= time is yet to come. */
  NOT_YET(POLICY, "signature from the future"),
  /** As many signatures as we verify came before it (RFC 6376 6.1). */
  TOO_MANY(POLICY, "too many signatures"),
  /** It does not verify, but its key says that it is a test (RFC 6376 3.6.1, t=y). */
  TEST_FAILED(NEUTRAL, "test signature did not verify"),
  /** It breaks the grammar (RFC 6376 6.1.1). */
  MALFORMED(NEUTRAL, "malformed signature"),
  /** The a= tag names what we do not know. */
  UNKNOWN_ALGORITHM(PERMERROR, "unknown algorithm"),
  /** RFC 8301 3.1: rsa-sha1 must not be accepted. */
  OBSOLETE_ALGORITHM(PERMERROR, "obsolete algorithm"),
  /** There is no key record (RFC 6376 6.1.2). */
  NO_KEY(PERMERROR, "no key for signature"),
  /** The key record has an empty p= (RFC 6376 3.6.1). */
  KEY_REVOKED(PERMERROR, "key revoked"),
  /** The key record breaks the grammar, or holds no key. */
  KEY_MALFORMED(PERMERROR, "malformed key"),
  /** The key is for something else: another algorithm, service or identity (RFC 6376 6.1.2). */
  KEY_INAPPLICABLE(PERMERROR, "inapplicable key"),
  /** RFC 8301 3.2: RSA keys under 1024 bits must not be accepted; over 8192 we do not compute. */
  KEY_SIZE(PERMERROR, "unacceptable key size"),
  /** The DNS did not say whether there is a key. */
  KEY_UNAVAILABLE(TEMPERROR, "key unavailable");

  private final DkimStatus status;
  private final String words;

  DkimReason(DkimStatus status, String words) {
    this.status = status;
    this.words = words;
  }

  /** The result that goes with it. */
  public DkimStatus status() {
    return status;
  }

  /** The reason in fixed words, without any part of the message. */
  public String words() {
    return words;
  }

  /** The same with what exactly was wrong, if there is more to say. */
  String words(String detail) {
    return detail.isEmpty() ? words : words + ": " + detail;
  }

  /** The reason in one word, for log and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
