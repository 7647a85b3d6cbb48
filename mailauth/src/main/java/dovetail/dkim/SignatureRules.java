package dovetail.dkim;

/** Whose rules the signature of a message keeps. */
enum SignatureRules {
  /** DKIM-Signature. */
  DKIM,
  /**
   * ARC-Message-Signature (RFC 8617 4.1.2): v= means nothing, i= is no identity, and From need not
   * be signed, since the signer vouches for no author.
   */
  ARC
}
