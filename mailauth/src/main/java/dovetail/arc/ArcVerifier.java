package dovetail.arc;

import dovetail.dkim.DkimVerifier;
import dovetail.dns.Questions;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the chain of one message (RFC 8617 5.2): when the header is over its structure is
 * checked and the keys are asked for, then the body is hashed as it arrives and not kept. For one
 * thread, one message, then spent. Where the structure is wrong, nothing is asked or computed; else
 * one key is asked for and one signature checked for each set, and one more for the newest.
 */
public final class ArcVerifier {
  /** The most sets that a chain may have (RFC 8617 4.2.1). */
  public static final int MAX_SETS = 50;

  private final DkimVerifier.Tools tools;
  private final Questions questions;
  private final int maxSets;
  private final List<HeaderField> fields = new ArrayList<>();
  private Optional<ArcResult> settled = Optional.empty();
  private Optional<ChainCheck> check = Optional.empty();
  private boolean finished;

  /**
   * A message, of which nothing is known yet.
   *
   * @param questions where keys are asked for
   * @param maxSets how many sets are verified; a chain with more, or with more than {@link
   *     #MAX_SETS}, fails
   */
  public ArcVerifier(DkimVerifier.Tools tools, Questions questions, int maxSets) {
    this.tools = tools;
    this.questions = questions;
    this.maxSets = Math.min(maxSets, MAX_SETS);
  }

  /** Whether a field belongs to a chain. */
  public static boolean isPart(HeaderField field) {
    return ChainReader.isPart(field);
  }

  /** Adds the next field of the header; those that belong to no chain are passed over. */
  public void field(HeaderField field) {
    if (begun()) {
      throw new IllegalStateException("a field behind the end of the header");
    }
    if (isPart(field)) {
      fields.add(field);
    }
  }

  /** Ends the header, and asks for keys where they are needed; otherwise the body does. */
  public void endOfHeader() {
    if (begun()) {
      return;
    }
    switch (ChainReader.read(fields, maxSets)) {
      case ReadChain.Settled(ArcResult result) -> settled = Optional.of(result);
      case ReadChain.Whole whole -> check = Optional.of(new ChainCheck(tools, questions, whole));
    }
  }

  private boolean begun() {
    return settled.isPresent() || check.isPresent();
  }

  /** Adds the next part of the body: what remains of the buffer, which is read to its end. */
  public void body(ByteBuffer chunk) {
    requireUnfinished();
    endOfHeader();
    check.ifPresentOrElse(each -> each.body(chunk), () -> chunk.position(chunk.limit()));
  }

  /**
   * Ends the message, and waits for what keys are still to come.
   *
   * @param headers the whole header, with the very fields that were added
   * @param now the time that the newest signature's x= and t= are compared with
   */
  public ArcResult finish(Headers headers, Instant now) {
    requireUnfinished();
    endOfHeader();
    finished = true;
    return settled.orElseGet(() -> check.orElseThrow().finish(headers, now));
  }

  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("this verifier has verified its message");
    }
  }
}
