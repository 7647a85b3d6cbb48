package dovetail.dkim;

import dovetail.dns.Questions;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies all signatures of one message (RFC 6376 6): keys are asked for while the header arrives,
 * the body is hashed as it arrives and not kept, and at the end there is one result for each
 * signature, in the order of the fields. For one thread, one message, then spent.
 */
public final class DkimVerifier {
  /** The name of the fields that are verified. */
  public static final String FIELD = SignatureField.NAME;

  private final Tools tools;
  private final Questions questions;
  private final int maxSignatures;
  private final SignatureRules rules;
  private final List<SignatureCheck> checks = new ArrayList<>(2);
  private final BodyHashes bodies;
  private int verifiable;

  /**
   * What verifying takes.
   *
   * @param crypto who computes
   * @param keys what has been read of keys
   */
  public record Tools(CryptoProvider crypto, PublicKeys keys) {}

  /**
   * A message, of which nothing is known yet.
   *
   * @param questions where keys are asked for
   * @param maxSignatures how many signatures are verified, from the top; those that cannot be
   *     verified anyway do not count
   */
  public DkimVerifier(Tools tools, Questions questions, int maxSignatures) {
    this(tools, questions, maxSignatures, SignatureRules.DKIM);
  }

  private DkimVerifier(Tools tools, Questions questions, int maxSignatures, SignatureRules rules) {
    this.tools = tools;
    this.questions = questions;
    this.maxSignatures = maxSignatures;
    this.rules = rules;
    this.bodies = new BodyHashes(tools.crypto());
  }

  /**
   * A verifier of the one ARC-Message-Signature field that counts, which is added as if it were a
   * DKIM-Signature: it is one but for little (RFC 8617 4.1.2).
   */
  public static DkimVerifier ofArc(Tools tools, Questions questions) {
    return new DkimVerifier(tools, questions, 1, SignatureRules.ARC);
  }

  /**
   * Adds the next DKIM-Signature field of the header, from the top, and asks for its key. All are
   * added before the body.
   */
  public void signature(HeaderField field) {
    bodies.requireUnbegun();
    checks.add(
        switch (DkimSignature.parse(field, rules)) {
          case ParsedSignature.Unusable unusable -> new SignatureCheck.Settled(unusable.result());
          case DkimSignature signature -> check(signature);
        });
  }

  private SignatureCheck check(DkimSignature signature) {
    if (verifiable == maxSignatures) {
      return SignatureCheck.Settled.of(signature, DkimReason.TOO_MANY);
    }
    verifiable++;
    KeyQuestion key = KeyQuestion.ask(questions, signature.keyName(), signature.algorithm());
    return new SignatureCheck.Pending(signature, rules, key, bodies.want(signature));
  }

  /** Adds the next part of the body: what remains of the buffer, which is read to its end. */
  public void body(ByteBuffer chunk) {
    bodies.update(chunk);
  }

  /**
   * Ends the message, and waits for what keys are still to come.
   *
   * @param headers the whole header, with the very fields that were added: a copy of one would pass
   *     for another signature, which h= may name
   * @param now the time that x= and t= are compared with
   * @return one result for each signature that was added, in that order
   */
  public List<DkimResult> finish(Headers headers, Instant now) {
    bodies.finish();
    HeaderSelection selection = new HeaderSelection(headers);
    List<DkimResult> results = new ArrayList<>(checks.size());
    for (SignatureCheck check : checks) {
      results.add(
          switch (check) {
            case SignatureCheck.Settled(DkimResult result) -> result;
            case SignatureCheck.Pending pending -> pending.result(tools, selection, now);
          });
    }
    return List.copyOf(results);
  }
}
