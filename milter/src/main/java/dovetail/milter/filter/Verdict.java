package dovetail.milter.filter;

import dovetail.authres.AuthenticationResultsWriter;
import dovetail.mail.Domain;
import dovetail.milter.wire.Edit;
import dovetail.milter.wire.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What becomes of a message.
 *
 * @param reason why
 * @param reply the answer to the MTA
 * @param edits the changes that it is asked for, in their order
 * @param author the domain of the From field, where there is just one
 * @param signatures the signatures that were made, top to bottom
 * @param longLines how many lines of a signed message are longer than SMTP allows, so that a later
 *     hop may break them and the signature with them
 * @param findings what was found, where the message was verified
 * @param archival what archives get of it
 */
public record Verdict(
    Reason reason,
    Reply reply,
    List<Edit> edits,
    Optional<Domain> author,
    List<Signature> signatures,
    int longLines,
    Optional<Findings> findings,
    Archival archival) {
  private static final Pattern QUEUE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public Verdict {
    edits = List.copyOf(edits);
    signatures = List.copyOf(signatures);
  }

  /**
   * What the checks have found, and what follows from it.
   *
   * @param wanted what the policy says
   * @param done what was done, which is nothing where the policy is only tried
   * @param feedback whether it looks like a report on mail itself
   */
  public record Findings(
      AuthReport report, Disposition wanted, Disposition done, boolean feedback) {}

  /** One signature: domain, selector and the algorithm's name. */
  public record Signature(String domain, String selector, String algorithm) {
    @Override
    public String toString() {
      return domain + "/" + selector + "/" + algorithm;
    }
  }

  /** How many forged results of ours are taken out. */
  public int removedResults() {
    return (int)
        edits.stream()
            .filter(edit ->
                edit instanceof Edit.DeleteHeader(String name, _)
                    && name.equals(AuthenticationResultsWriter.NAME))
            .count();
  }

  /** Whether it is accepted, for the inbox or elsewhere. */
  boolean isTaken() {
    return reply instanceof Reply.Accept;
  }

  /** The same with copies for archives. */
  Verdict archived(Archival copies, List<Edit> more) {
    return new Verdict(
        reason,
        reply,
        Stream.concat(edits.stream(), more.stream()).toList(),
        author,
        signatures,
        longLines,
        findings,
        copies);
  }

  /** Whether the MTA is asked to keep it until it is released. */
  public boolean held() {
    return edits.stream().anyMatch(Edit.Hold.class::isInstance);
  }

  /** The same for an MTA that cannot keep messages: it delivers this one with its field. */
  public Verdict withoutHold() {
    return new Verdict(
        reason,
        reply,
        edits.stream().filter(edit -> !(edit instanceof Edit.Hold)).toList(),
        author,
        signatures,
        longLines,
        findings,
        archival);
  }

  /**
   * The same with the message's name in the text to the client, by which the administrator finds
   * the log line: the text itself says nothing of what was found.
   *
   * @param queueId the MTA's name for it, "-" if it gave none
   */
  public Verdict naming(String queueId) {
    return reply instanceof Reply.Refuse(int code, String enhanced, String text)
            && QUEUE_ID.matcher(queueId).matches()
        ? new Verdict(
            reason,
            new Reply.Refuse(code, enhanced, text + " (" + queueId + ")"),
            edits,
            author,
            signatures,
            longLines,
            findings,
            archival)
        : this;
  }

  static Verdict accept(Reason reason, List<Edit> edits, Optional<Domain> author) {
    return new Verdict(
        reason, new Reply.Accept(), edits, author, List.of(), 0, Optional.empty(), Archival.NONE);
  }

  static Verdict verified(
      Disposition done, Reply reply, List<Edit> edits, Optional<Domain> author, Findings findings) {
    return new Verdict(
        done.reason(),
        reply,
        reply instanceof Reply.Accept ? edits : List.of(),
        author,
        List.of(),
        0,
        Optional.of(findings),
        Archival.NONE);
  }

  static Verdict refuse(Reason reason, Reply.Refuse reply, Optional<Domain> author) {
    return new Verdict(
        reason, reply, List.of(), author, List.of(), 0, Optional.empty(), Archival.NONE);
  }

  /**
   * The answer to a message on which we have failed.
   *
   * @param accept whether it is taken unsigned, or put off
   * @param removals the results in our name that are taken out even then
   */
  static Verdict failed(boolean accept, List<Edit> removals) {
    return accept
        ? accept(Reason.ERROR, removals, Optional.empty())
        : putOff(Reason.ERROR, Optional.empty());
  }

  static Verdict putOff(Reason reason, Optional<Domain> author) {
    return refuse(
        reason, new Reply.Refuse(451, "4.7.1", "Service unavailable - try again later"), author);
  }
}
