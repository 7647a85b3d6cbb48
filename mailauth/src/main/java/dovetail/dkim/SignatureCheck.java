package dovetail.dkim;

import dovetail.dkim.DkimResult.KeyFacts;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The check of one signature. */
sealed interface SignatureCheck {
  /** Its result does not depend on the message. */
  record Settled(DkimResult result) implements SignatureCheck {
    static Settled of(DkimSignature signature, DkimReason reason) {
      return new Settled(new DkimResult(reason, "", signature.claims(), Optional.empty()));
    }
  }

  /**
   * Its key has been asked for, and the body is being hashed.
   *
   * @param signature what is checked
   * @param rules the rules that it keeps
   * @param key the question for its key
   * @param body the hash of the body
   */
  record Pending(
      DkimSignature signature, SignatureRules rules, KeyQuestion key, BodyHashes.Wanted body)
      implements SignatureCheck {
    /** How far the clocks of honest signers may be ahead of ours. */
    private static final Duration DRIFT = Duration.ofMinutes(5);

    DkimResult result(DkimVerifier.Tools tools, HeaderSelection headers, Instant now) {
      return switch (key.answer(tools.keys())) {
        case KeyQuestion.Missing(DkimReason reason, String detail) ->
            result(reason, detail, Optional.empty());
        case KeyQuestion.Found(PublicKeyRecord record, boolean authentic) -> {
          KeyFacts facts = new KeyFacts(record.key().bits(), record.testing(), authentic);
          yield result(judge(record, tools, headers, now), "", Optional.of(facts));
        }
      };
    }

    private DkimResult result(DkimReason reason, String detail, Optional<KeyFacts> key) {
      return new DkimResult(reason, detail, signature.claims(), key);
    }

    /** RFC 6376 6.1.3, then what makes a good signature unacceptable. */
    private DkimReason judge(
        PublicKeyRecord record, DkimVerifier.Tools tools, HeaderSelection headers, Instant now) {
      if (record.strict() && !signature.identityDomain().equals(signature.domain())) {
        return DkimReason.KEY_INAPPLICABLE; // RFC 6376 3.6.1, t=s
      }
      DkimReason reason = verify(record.key(), tools.crypto(), headers);
      if (reason == DkimReason.VERIFIED) {
        boolean open = rules == SignatureRules.DKIM && headers.leavesOut(signature, "from");
        return open ? DkimReason.UNSIGNED_FROM : acceptable(now);
      }
      boolean wrong = reason.status() == DkimStatus.FAIL;
      return wrong && record.testing() ? DkimReason.TEST_FAILED : reason;
    }

    private DkimReason verify(VerificationKey key, CryptoProvider crypto, HeaderSelection headers) {
      if (body.octets() < signature.limits().bodyLength().orElse(0)) {
        return DkimReason.BODY_TOO_SHORT;
      }
      if (!MessageDigest.isEqual(body.result(), signature.hashes().body())) {
        return DkimReason.BODY_CHANGED;
      }
      byte[] own = signature.canonicalization().header().header(signature.unsigned());
      return key.check(crypto, signature.hashes().signature(), headers.canonical(signature), own);
    }

    private DkimReason acceptable(Instant now) {
      DkimSignature.Limits limits = signature.limits();
      long seconds = now.getEpochSecond();
      if (body.octets() > limits.bodyLength().orElse(Long.MAX_VALUE)) {
        return DkimReason.UNSIGNED_CONTENT;
      }
      if (seconds > limits.expiry().orElse(Long.MAX_VALUE)) {
        return DkimReason.EXPIRED;
      }
      return seconds + DRIFT.toSeconds() < limits.time().orElse(0)
          ? DkimReason.NOT_YET
          : DkimReason.VERIFIED;
    }
  }
}
