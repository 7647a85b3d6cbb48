package dovetail.dkim;

import dovetail.dkim.DkimResult.Claims;
import java.util.Optional;

/** What a DKIM-Signature field is found to be when it is read, before its key is known. */
sealed interface ParsedSignature permits DkimSignature, ParsedSignature.Unusable {
  /** What it says of itself, as far as it could be read. */
  Claims claims();

  /** A field that is no signature that can be checked. */
  record Unusable(DkimReason reason, String detail, Claims claims) implements ParsedSignature {
    DkimResult result() {
      return new DkimResult(reason, detail, claims, Optional.empty());
    }
  }
}
