package dovetail.milter.report;

import dovetail.dmarc.DmarcRecord;
import dovetail.dmarc.RecordLookup;
import dovetail.dmarc.report.Destination;
import dovetail.dmarc.report.ReportDestinations;
import dovetail.dns.Resolver;
import dovetail.ledger.Silence;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.outbox.OutgoingMail;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out to whom a report is to go, as the DNS has it when the report is made: what was asked
 * for a day ago may have become unwelcome.
 */
final class RecipientFinder {
  /** What the ledger has room for. */
  private static final int MAX_ADDRESS = 320;

  private final ReportSettings settings;
  private final Resolver resolver;

  RecipientFinder(ReportSettings settings, Resolver resolver) {
    this.settings = settings;
    this.resolver = resolver;
  }

  /**
   * Asks the DNS.
   *
   * @param silenced addresses that are left alone for now
   */
  Recipients of(Domain policyDomain, List<Silence> silenced) {
    return switch (RecordLookup.of(policyDomain, resolver)) {
      case RecordLookup.Found(DmarcRecord record) -> of(policyDomain, record, silenced);
      case RecordLookup.Absent() -> new Recipients.Nobody("it has no policy any more");
      case RecordLookup.Several() -> new Recipients.Nobody("it has several policies");
      case RecordLookup.Unknown() ->
          new Recipients.Unknown(List.of(), "the DNS does not tell its policy");
    };
  }

  private Recipients of(Domain policyDomain, DmarcRecord record, List<Silence> silenced) {
    List<Address> wanted = new ArrayList<>();
    Set<String> leftOut = new TreeSet<>();
    boolean unknown = false;
    for (Destination destination : ReportDestinations.of(policyDomain, record, resolver)) {
      switch (destination) {
        case Destination.Allowed(var _, Address address) -> {
          String why = objection(policyDomain, address, silenced);
          if (why.isEmpty()) {
            wanted.add(address);
          } else {
            leftOut.add(address + " " + why);
          }
        }
        case Destination.Unauthorized(var uri) -> leftOut.add(uri.text() + " did not ask for it");
        case Destination.Unusable(var uri) -> leftOut.add(uri.text() + " is no address");
        case Destination.Unknown(var uri) -> {
          unknown = true;
          leftOut.add(uri.text() + " may not want it: the DNS does not tell");
        }
      }
    }
    String others = String.join(", ", leftOut);
    if (unknown) {
      return new Recipients.Unknown(wanted, others);
    }
    return wanted.isEmpty()
        ? new Recipients.Nobody(others.isEmpty() ? "it asks for none any more" : others)
        : new Recipients.Known(wanted, others);
  }

  /** Why an address that wants reports gets none; empty if it gets them. */
  private String objection(Domain policyDomain, Address address, List<Silence> silenced) {
    if (settings.unwanted().stream().anyMatch(each -> each.covers(policyDomain, address))) {
      return "is suppressed";
    }
    if (!OutgoingMail.isReachable(address) || address.toString().length() > MAX_ADDRESS) {
      return "cannot be written to";
    }
    String name = address.canonical().toString();
    return silenced.stream()
        .filter(silence -> silence.recipient().equals(name))
        .findFirst()
        .map(silence -> "refuses: " + silence.why())
        .orElse("");
  }
}
