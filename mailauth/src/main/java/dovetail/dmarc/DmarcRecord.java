package dovetail.dmarc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A DMARC policy record (RFC 9989 4.7).
 *
 * @param text the TXT record, as a stranger wrote it
 * @param policies what it asks for; nothing if it has no valid p=, or an sp= or np= that is not
 *     valid
 * @param modes adkim= and aspf=
 * @param suffix psd=
 * @param testing t=y: the policy is only being tested
 * @param reporting rua=, ruf= and fo=
 * @param notes what its owner may want to know of it
 */
public record DmarcRecord(
    String text,
    Optional<Policies> policies,
    Modes modes,
    PublicSuffix suffix,
    boolean testing,
    Reporting reporting,
    List<Note> notes) {
  /** Characters that are read of one record. A longer one asks for nothing. */
  public static final int MAX_LENGTH = 16 * 1024;

  /** Takes a copy of the notes. */
  public DmarcRecord {
    notes = List.copyOf(notes);
  }

  /**
   * What is asked for.
   *
   * @param domain p=, for the domain itself
   * @param subdomains sp=, for names below it that exist
   * @param nonexistent np=, for names below it that do not
   */
  public record Policies(Policy domain, Optional<Policy> subdomains, Optional<Policy> nonexistent) {
    static final Policies NONE = new Policies(Policy.NONE, Optional.empty(), Optional.empty());

    /** The policy for a name below that exists (RFC 9989 4.10.1). */
    public Policy forExisting() {
      return subdomains.orElse(domain);
    }

    /** The policy for a name below that does not exist (RFC 9989 4.7, np). */
    public Policy forNonexistent() {
      return nonexistent.orElseGet(this::forExisting);
    }
  }

  /**
   * How alike domains must be.
   *
   * @param dkim adkim=, for domains that signed
   * @param spf aspf=, for the domain that SPF speaks of
   */
  public record Modes(AlignmentMode dkim, AlignmentMode spf) {}

  /**
   * Which reports are asked for. The places are not to be trusted before their own domains agree.
   *
   * @param aggregate rua=: where aggregate reports are to be sent
   * @param failure ruf=: where reports on single messages are to be sent
   * @param options fo=: for which messages
   */
  public record Reporting(
      List<ReportUri> aggregate, List<ReportUri> failure, List<FailureOption> options) {
    /** Takes copies. */
    public Reporting {
      aggregate = List.copyOf(aggregate);
      failure = List.copyOf(failure);
      options = List.copyOf(options);
    }
  }

  /**
   * Something about a record that is ignored.
   *
   * @param tag the name of the tag, if it is one of DMARC; else empty
   */
  public record Note(Kind kind, String tag) {
    /** What it is. */
    public enum Kind {
      /** A tag that DMARC had (pct, rf, ri), or the size behind an address for reports. */
      OBSOLETE,
      /** A tag that DMARC does not know. */
      UNKNOWN,
      /** No tag at all. */
      MALFORMED,
      /** The same tag again: none of its values counts. */
      REPEATED,
      /** A value that the tag may not have, or one item of it. */
      INVALID,
      /** More of it than is read. */
      OVERSIZED
    }

    /** The note in words, for people. */
    public String words() {
      String what = kind.name().toLowerCase(Locale.ROOT);
      return tag.isEmpty() ? what : what + ' ' + tag + '=';
    }
  }

  /**
   * Reads the text of a TXT record. Syntax errors behind the version cost no more than the tags
   * that they stand in (RFC 9989 4.8).
   *
   * @param text one character for each octet
   * @return nothing if it is no DMARC record
   */
  public static Optional<DmarcRecord> parse(String text) {
    return RecordParser.parse(text);
  }

  /**
   * The policies that count. RFC 9989 4.10.1: without valid ones they are none if reports are asked
   * for, and else there is nothing to apply.
   */
  public Optional<Policies> effective() {
    return policies.or(
        () -> reporting.aggregate().isEmpty() ? Optional.empty() : Optional.of(Policies.NONE));
  }

  /** Whether it means to ask for something, in a way that is not valid. */
  boolean asksInvalidly() {
    return policies.isEmpty() && notes.stream().anyMatch(DmarcRecord::voidsPolicies);
  }

  private static boolean voidsPolicies(Note note) {
    return switch (note.kind()) {
      case OBSOLETE, UNKNOWN, MALFORMED -> false;
      case REPEATED, INVALID -> RecordParser.POLICIES.contains(note.tag());
      case OVERSIZED -> note.tag().isEmpty();
    };
  }
}
