package dovetail.arc;

import static dovetail.arc.ArcStatus.FAIL;
import static dovetail.arc.ArcStatus.NONE;
import static dovetail.arc.ArcStatus.PASS;
import static dovetail.arc.ArcStatus.TEMPERROR;

import java.util.Locale;

/** Why the check of a chain ended so (RFC 8617 5.2): one for results, log and tests. */
public enum ArcReason {
  /** No field of ARC is there. */
  NO_SETS(NONE, "no ARC sets"),
  /** The newest signature of the message and all seals verify. */
  VERIFIED(PASS, "chain verified"),
  /** More sets than are checked, or an instance beyond them (RFC 8617 4.2.1). */
  TOO_MANY_SETS(FAIL, "too many ARC sets"),
  /** The fields have more octets than are hashed. */
  TOO_LONG(FAIL, "ARC fields too long"),
  /** The newest seal says that the chain was broken when it was made. */
  BROKEN_BEFORE(FAIL, "chain failed before"),
  /** An ARC-Authentication-Results field without an instance. */
  RESULTS_MALFORMED(FAIL, "malformed ARC-Authentication-Results"),
  /** An ARC-Message-Signature field without an instance, or the newest breaks the grammar. */
  SIGNATURE_MALFORMED(FAIL, "malformed ARC-Message-Signature"),
  /** An ARC-Seal field breaks the grammar, or has a tag that it may not have. */
  SEAL_MALFORMED(FAIL, "malformed ARC-Seal"),
  /** Two fields of one name have the same instance. */
  FIELD_REPEATED(FAIL, "repeated ARC field"),
  /** A set lacks a field, or is not there at all, although there is one of a higher instance. */
  FIELD_MISSING(FAIL, "missing ARC field"),
  /** A seal whose cv= its place does not allow. */
  WRONG_CV(FAIL, "wrong chain validation status"),
  /** The body is not that which the newest ARC-Message-Signature has signed. */
  BODY_CHANGED(FAIL, "body hash did not verify"),
  /** The newest ARC-Message-Signature does not verify otherwise, or cannot be checked. */
  SIGNATURE_FAILED(FAIL, "message signature failed"),
  /** A seal does not verify, or cannot be checked. */
  SEAL_FAILED(FAIL, "seal failed"),
  /** Nothing is wrong but that the DNS did not say whether there is a key. */
  KEY_UNAVAILABLE(TEMPERROR, "key unavailable");

  private final ArcStatus status;
  private final String words;

  ArcReason(ArcStatus status, String words) {
    this.status = status;
    this.words = words;
  }

  /** The result that goes with it. */
  public ArcStatus status() {
    return status;
  }

  /** The reason in fixed words, without any part of the message. */
  public String words() {
    return words;
  }

  /** The reason in one word, for log and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
