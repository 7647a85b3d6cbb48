package dovetail.arc;

import dovetail.arc.ReadChain.Link;
import dovetail.arc.ReadChain.Whole;
import dovetail.dkim.Canonicalization;
import dovetail.dkim.DkimReason;
import dovetail.dkim.DkimResult;
import dovetail.dkim.DkimVerifier;
import dovetail.dkim.KeyQuestion;
import dovetail.dns.Questions;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The check of a chain whose keys have been asked for. */
final class ChainCheck {
  private final DkimVerifier.Tools tools;
  private final Whole chain;
  private final DkimVerifier message;
  private final List<KeyQuestion> keys;

  /** Asks for the keys of the newest signature and of all seals, the newest first. */
  ChainCheck(DkimVerifier.Tools tools, Questions questions, Whole chain) {
    this.tools = tools;
    this.chain = chain;
    this.message = DkimVerifier.ofArc(tools, questions);
    message.signature(chain.links().getLast().signature());
    this.keys =
        chain.links().reversed().stream()
            .map(link -> link.seal().seal())
            .map(seal -> KeyQuestion.ask(questions, seal.signer().keyName(), seal.algorithm()))
            .toList()
            .reversed();
  }

  void body(ByteBuffer chunk) {
    message.body(chunk);
  }

  /**
   * RFC 8617 5.2, steps 4 and 6. What is wrong for good goes before what is not known yet: no later
   * check would find the chain whole.
   */
  ArcResult finish(Headers headers, Instant now) {
    Optional<ArcResult> trouble = signatureTrouble(message.finish(headers, now).getFirst());
    if (isFailure(trouble)) {
      return trouble.get();
    }
    byte[][] hashed = hashed();
    for (Link link : chain.links().reversed()) {
      Optional<ArcResult> found = sealTrouble(link, hashed);
      if (isFailure(found)) {
        return found.get();
      }
      trouble = trouble.or(() -> found);
    }
    return trouble.orElseGet(() -> result(ArcReason.VERIFIED, "", OptionalInt.empty()));
  }

  private static boolean isFailure(Optional<ArcResult> trouble) {
    return trouble.isPresent() && trouble.get().status() == ArcStatus.FAIL;
  }

  private Optional<ArcResult> signatureTrouble(DkimResult found) {
    OptionalInt newest = OptionalInt.of(chain.links().size());
    return switch (found.reason()) {
      case VERIFIED -> Optional.empty();
      case KEY_UNAVAILABLE ->
          Optional.of(result(ArcReason.KEY_UNAVAILABLE, found.detail(), newest));
      case MALFORMED -> Optional.of(result(ArcReason.SIGNATURE_MALFORMED, found.detail(), newest));
      case BODY_CHANGED, BODY_TOO_SHORT ->
          Optional.of(result(ArcReason.BODY_CHANGED, found.detail(), newest));
      case SIGNATURE_WRONG,
          UNSIGNED_CONTENT,
          UNSIGNED_FROM,
          EXPIRED,
          NOT_YET,
          TOO_MANY,
          TEST_FAILED,
          UNKNOWN_ALGORITHM,
          OBSOLETE_ALGORITHM,
          NO_KEY,
          KEY_REVOKED,
          KEY_MALFORMED,
          KEY_INAPPLICABLE,
          KEY_SIZE ->
          Optional.of(result(ArcReason.SIGNATURE_FAILED, found.words(), newest));
    };
  }

  private Optional<ArcResult> sealTrouble(Link link, byte[][] hashed) {
    Seal seal = link.seal().seal();
    int before = ChainReader.FIELDS * link.instance() - 1;
    byte[][] parts = Arrays.copyOf(hashed, before + 1);
    parts[before] = Canonicalization.RELAXED.header(seal.unsigned()); // RFC 8617 5.1.1
    KeyQuestion.Check found = keys.get(link.instance() - 1).check(tools, seal.signature(), parts);
    OptionalInt place = OptionalInt.of(link.instance());
    if (found.reason() == DkimReason.VERIFIED) {
      return Optional.empty();
    }
    return Optional.of(
        found.reason() == DkimReason.KEY_UNAVAILABLE
            ? result(ArcReason.KEY_UNAVAILABLE, found.detail(), place)
            : result(ArcReason.SEAL_FAILED, found.words(), place));
  }

  /** All fields as seals hash them, each with its CRLF (RFC 8617 5.1.1). */
  private byte[][] hashed() {
    List<byte[]> hashed = new ArrayList<>();
    for (Link link : chain.links()) {
      for (HeaderField field : link.fields()) {
        byte[] canonical = Canonicalization.RELAXED.header(field);
        byte[] line = Arrays.copyOf(canonical, canonical.length + 2);
        line[canonical.length] = '\r';
        line[canonical.length + 1] = '\n';
        hashed.add(line);
      }
    }
    return hashed.toArray(byte[][]::new);
  }

  private ArcResult result(ArcReason reason, String detail, OptionalInt place) {
    return new ArcResult(reason, detail, place, chain.links().size(), chain.sets());
  }
}
