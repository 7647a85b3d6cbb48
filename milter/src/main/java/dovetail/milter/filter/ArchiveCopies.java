package dovetail.milter.filter;

import dovetail.mail.Address;
import dovetail.mail.Author;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.filter.Archival.Gap;
import dovetail.milter.source.Archives;
import dovetail.milter.source.Archiving;
import dovetail.milter.wire.Edit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The copies of one message: which archives those have who send it and who get it. For one thread.
 */
final class ArchiveCopies {
  /** RFC 3461 4.1: nobody is told when a copy cannot be delivered. */
  private static final String QUIETLY = "NOTIFY=NEVER";

  /** What a reader may take for the domain of an author, in a field that is not clear. */
  private static final Pattern DOMAIN = Pattern.compile("@([\\p{L}\\p{M}\\p{N}._-]+)");

  private final Archiving archiving;
  private final ArchivePolicy policy;
  private final Additions mta;
  private final Map<Address, Address> wanted = new LinkedHashMap<>();
  private final Set<Address> recipients = new HashSet<>();
  private boolean known = true;
  private boolean readable = true;

  /**
   * @param archiving who has an archive, and what proves that it was told
   * @param policy what follows
   * @param mta which recipients may be added
   */
  ArchiveCopies(Archiving archiving, ArchivePolicy policy, Additions mta) {
    this.archiving = archiving;
    this.policy = policy;
    this.mta = mta;
  }

  /**
   * Somebody gets the message. What an archive gets is not copied to the archive of its domain, or
   * two of them could write to each other for ever.
   */
  void recipient(EnvelopeAddress recipient) {
    if (archiving.archives().isEmpty()) {
      return;
    }
    Optional<Address> address = Address.parse(recipient.text());
    if (address.filter(archiving.archives()::isArchive).isPresent()) {
      recipients.add(address.get().canonical());
    } else {
      want(recipient);
    }
  }

  /** One of our users may have sent it, by that path and under that name. */
  void sender(Submission submission, Optional<Domain> loginDomain) {
    want(submission.sender());
    submission
        .login()
        .ifPresent(login -> {
          List<Domain> domains = EnvelopeDomains.of(login);
          (domains.isEmpty() ? loginDomain.stream() : domains.stream()).forEach(this::want);
        });
  }

  /** Somebody who may be one of our users says that it is from these. */
  void author(Author author, Headers headers) {
    author.domain().ifPresentOrElse(this::want, () -> unclear(headers));
  }

  /** Whoever may be read as its author. */
  private void unclear(Headers headers) {
    for (HeaderField from : headers.all("From")) {
      byte[] bytes = from.unfolded().getBytes(StandardCharsets.ISO_8859_1);
      Matcher found = DOMAIN.matcher(new String(bytes, StandardCharsets.UTF_8));
      while (found.find()) {
        Domain.parse(found.group(1)).ifPresent(this::want);
      }
    }
  }

  private void want(EnvelopeAddress address) {
    EnvelopeDomains.of(address.text()).forEach(this::want);
    readable &= address.isClear() || archiving.archives().isEmpty();
  }

  private void want(Domain domain) {
    Archives archives = archiving.archives();
    archives.find(domain).ifPresent(to -> wanted.putIfAbsent(to.canonical(), to));
    known &= archives.isKnown(domain);
  }

  /** Whether the rest of the message matters. */
  boolean isConcerned() {
    return !wanted.isEmpty() || !known || !readable;
  }

  /** What recognises the message when it comes again. */
  ArchiveGuard guard() {
    return new ArchiveGuard(archiving.key());
  }

  /**
   * Adds the copies to what becomes of a message.
   *
   * @param codes those of the message, if it was read to its end
   * @param mayHaveBeenHere whether the code that it carries counts
   */
  Verdict finish(Verdict verdict, Optional<ArchiveGuard.Codes> codes, boolean mayHaveBeenHere) {
    if (!verdict.isTaken() || !isConcerned()) {
      return verdict;
    }
    List<Address> all = List.copyOf(wanted.values());
    Set<Address> copied =
        codes.filter(_ -> mayHaveBeenHere).stream()
            .flatMap(code -> all.stream().filter(code::has))
            .map(Address::canonical)
            .collect(Collectors.toSet());
    Archival archival = policy.decide(new ArchiveReport(all, recipients, copied, gap(), mta));
    if (policy.putsOff(archival)) {
      return Verdict.putOff(Reason.ARCHIVE_UNKNOWN, verdict.author())
          .archived(new Archival(List.of(), List.of(), archival.gap()), List.of());
    }
    return verdict.archived(archival, edits(archival, codes));
  }

  /** Why there may be archives that are not known. */
  private Gap gap() {
    if (!known) {
      return Gap.UNKNOWN;
    }
    return readable ? Gap.NONE : Gap.UNREADABLE;
  }

  private List<Edit> edits(Archival archival, Optional<ArchiveGuard.Codes> codes) {
    if (archival.to().isEmpty()) {
      return List.of();
    }
    List<Edit> edits = new ArrayList<>();
    codes.ifPresent(made -> edits.add(new Edit.InsertHeader(0, made.field(archival.to()))));
    String parameters = mta == Additions.WITH_PARAMETERS ? QUIETLY : "";
    archival.to().forEach(to -> edits.add(new Edit.AddRecipient("<" + to + ">", parameters)));
    return edits;
  }
}
