package dovetail.milter.filter;

import dovetail.dmarc.DmarcResult;
import dovetail.mail.Domain;
import dovetail.milter.filter.Disposition.Action;
import dovetail.milter.source.ExceptionTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what becomes of a message that was verified.
 *
 * @param enforcement how far the policies of authors' domains are followed
 * @param deferUnknown whether mail is put off, where anything is enforced, while its author's
 *     policy, or whether it passes, cannot be found out
 * @param actions what is done instead with some of it; the first that fits counts
 * @param trustedSealers whose results in ARC are believed
 */
public record InboundPolicy(
    Enforcement enforcement,
    boolean deferUnknown,
    List<ActionRow> actions,
    Set<Domain> trustedSealers) {
  /** Takes everything as it is. */
  public static final InboundPolicy NOTHING =
      new InboundPolicy(Enforcement.NONE, false, List.of(), Set.of());

  /** Takes copies. */
  public InboundPolicy {
    actions = List.copyOf(actions);
    trustedSealers = Set.copyOf(trustedSealers);
  }

  /**
   * What is to be done.
   *
   * @param exceptions those of the administrator; nothing while they are not known
   * @param otherwise why it is taken, where nothing speaks against it
   */
  Disposition decide(
      AuthReport report, Traces traces, Optional<ExceptionTable> exceptions, Reason otherwise) {
    Disposition taken = new Disposition(Action.NONE, otherwise);
    Optional<Concern> concern = Concern.of(report, traces);
    if (concern.isEmpty()) {
      return taken;
    }
    Optional<Domain> author = report.dmarc().flatMap(DmarcResult::author);
    Optional<Disposition> named = named(author, concern.get());
    Disposition wanted =
        named.orElseGet(() -> new Disposition(usual(concern.get()), concern.get().reason()));
    if (wanted.action() == Action.NONE) {
      return named.orElse(taken);
    }
    Optional<Reason> voucher =
        new Vouching(trustedSealers, exceptions.orElse(ExceptionTable.EMPTY))
            .reason(report, traces);
    if (voucher.isPresent()) {
      return new Disposition(Action.NONE, voucher.get());
    }
    // A refusal is for good, and there may be an exception.
    return wanted.action() == Action.REJECT && exceptions.isEmpty()
        ? new Disposition(Action.DEFER, Reason.EXCEPTIONS_UNKNOWN)
        : wanted;
  }

  private Optional<Disposition> named(Optional<Domain> author, Concern concern) {
    return actions.stream()
        .filter(row -> row.isFor(author, concern))
        .findFirst()
        .map(row -> new Disposition(row.action(), concern.reason()));
  }

  /** What is done where the administrator has named nothing else. */
  private Action usual(Concern concern) {
    if (enforcement == Enforcement.NONE) {
      return Action.NONE;
    }
    return switch (concern) {
      case DMARC_NONE -> Action.NONE;
      case DMARC_UNKNOWN -> deferUnknown ? Action.DEFER : Action.NONE;
      case DMARC_POLICY, DMARC_LIST, DMARC_FORWARDED, AUTHOR_UNCLEAR -> Action.QUARANTINE;
      case DMARC_SPF_FAIL, DMARC_DIRECT ->
          enforcement == Enforcement.REJECT ? Action.REJECT : Action.QUARANTINE;
    };
  }
}
