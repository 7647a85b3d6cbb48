package dovetail.dmarc;

import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is found on the way up from a domain to its top-level domain (RFC 9989 4.10). */
sealed interface TreeWalk {
  /** Names of more labels than that are left out behind the first: a walk has at most 8 names. */
  int MAX_LABELS = 7;

  /** The DNS did not answer for one of the names. */
  record Broken() implements TreeWalk {}

  /**
   * A record, and where it stands.
   *
   * @param domain the name below which {@code _dmarc} has it
   */
  record Published(Domain domain, DmarcRecord record) {}

  /**
   * It came to its end.
   *
   * @param start where it began
   * @param published what was found, from the longest name to the shortest
   * @param several whether a name was passed that has several records
   */
  record Complete(Domain start, List<Published> published, boolean several) implements TreeWalk {
    /** The organizational domain of the start (RFC 9989 4.10.2). */
    Domain organizationalDomain() {
      for (Published each : published) {
        switch (each.record().suffix()) {
          case NO -> {
            return each.domain();
          }
          case YES -> {
            if (!each.domain().equals(start)) {
              // Counted on the start's own labels: the walk may have left that name out.
              return shortened(start, labels(each.domain()) + 1);
            }
          }
          case UNDECLARED -> {}
        }
      }
      return published.isEmpty() ? start : published.getLast().domain();
    }

    /** The record at that domain. */
    Optional<Published> at(Domain domain) {
      return published.stream().filter(each -> each.domain().equals(domain)).findFirst();
    }

    /** The record of a public suffix, which ends a walk. */
    Optional<Published> ofSuffix() {
      return published.stream()
          .filter(each -> each.record().suffix() == PublicSuffix.YES)
          .findFirst();
    }
  }

  /** Walks up from that domain. */
  static TreeWalk from(Domain start, PolicyRecords records) {
    List<Published> published = new ArrayList<>();
    boolean several = false;
    Optional<Domain> next = Optional.of(start);
    while (next.isPresent()) {
      Domain domain = next.get();
      switch (records.at(domain)) {
        case RecordLookup.Unknown() -> {
          return new Broken();
        }
        case RecordLookup.Absent() -> {}
        case RecordLookup.Several() -> several = true;
        case RecordLookup.Found(DmarcRecord record) -> {
          published.add(new Published(domain, record));
          if (record.suffix() != PublicSuffix.UNDECLARED) {
            return new Complete(start, published, several); // RFC 9989 4.10, steps 2 and 6
          }
        }
      }
      next =
          labels(domain) > MAX_LABELS // RFC 9989 4.10, step 4
              ? Optional.of(shortened(domain, MAX_LABELS))
              : domain.parent();
    }
    return new Complete(start, published, several);
  }

  /** The last labels of a name; the name itself if it has no more. */
  private static Domain shortened(Domain domain, int labels) {
    Domain name = domain;
    for (int more = labels(domain) - labels; more > 0; more--) {
      name = name.parent().orElse(name);
    }
    return name;
  }

  private static int labels(Domain domain) {
    return 1 + (int) domain.ascii().chars().filter(c -> c == '.').count();
  }
}
