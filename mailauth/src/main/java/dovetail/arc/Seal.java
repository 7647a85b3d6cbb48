package dovetail.arc;

import dovetail.dkim.Algorithm;
import dovetail.dkim.SignatureTags;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.MalformedException;
import java.util.Optional;

/**
 * An ARC-Seal field that keeps to the grammar (RFC 8617 4.1.3), with an algorithm that we know.
 *
 * @param unsigned the field without the value of its b= tag, as it was hashed
 * @param algorithm the a= tag
 * @param signer whose seal it is
 * @param cv the cv= tag
 * @param signature the b= tag
 */
@SuppressWarnings("ArrayRecordComponent") // made once and never compared as a whole
record Seal(
    HeaderField unsigned,
    Algorithm algorithm,
    Signer signer,
    ChainValidation cv,
    byte[] signature) {
  /**
   * Who has sealed.
   *
   * @param domain the d= tag
   * @param selector the s= tag
   * @param keyName where the key is published
   */
  record Signer(Domain domain, String selector, Domain keyName) {}

  static Seal of(SignatureTags tags) throws MalformedException {
    if (tags.value("h").isPresent()) { // RFC 8617 4.1.3
      throw SignatureTags.malformed("has an h= tag");
    }
    tags.number("t");
    Optional<ChainValidation> cv = ChainValidation.parse(tags.require("cv"));
    Optional<Algorithm> algorithm = tags.algorithm();
    if (cv.isEmpty()) {
      throw SignatureTags.malformed("unknown cv=");
    }
    if (algorithm.isEmpty()) {
      throw SignatureTags.malformed("unknown algorithm");
    }
    return new Seal(
        tags.unsigned(),
        algorithm.get(),
        new Signer(tags.domain(), tags.selector(), tags.keyName()),
        cv.get(),
        tags.base64("b"));
  }
}
