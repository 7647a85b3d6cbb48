package dovetail.dmarc.report;

import dovetail.dmarc.DmarcRecord;
import dovetail.dmarc.Kinship;
import dovetail.dmarc.ReportUri;
import dovetail.dns.Answer;
import dovetail.dns.Resolver;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who gets the reports of a domain: whoever its record names, if that is of the same organization
 * or asks for them itself (RFC 9990 4). Else anybody could have us flood a stranger.
 */
public final class ReportDestinations {
  /** Addresses that are looked at, and those that get a report (RFC 9990 3.5). */
  static final int MAX_ADDRESSES = 10;

  private static final String CONFIRMATION = "._report._dmarc.";

  private final Domain policyDomain;
  private final Resolver resolver;
  private final Map<Domain, Consent> consents = new HashMap<>();
  private final Set<Address> allowed = new HashSet<>();
  private final List<Destination> found = new ArrayList<>();

  /** Whether there is somebody at a host who wants reports of the policy domain. */
  private sealed interface Consent {
    /**
     * There is.
     *
     * @param instead where to, if not as the policy domain has it
     */
    record Given(List<ReportUri> instead) implements Consent {}

    record Refused() implements Consent {}

    record Unknown() implements Consent {}
  }

  private ReportDestinations(Domain policyDomain, Resolver resolver) {
    this.policyDomain = policyDomain;
    this.resolver = resolver;
  }

  /**
   * Looks at what rua= has, in its order. Asks at most 18 questions for each host, and none of them
   * after two failures: each host is on its own, so that one that is down costs others nothing.
   *
   * @param record the record as it is now at the policy domain
   * @return each address once, and at most {@value #MAX_ADDRESSES} that are allowed
   */
  public static List<Destination> of(Domain policyDomain, DmarcRecord record, Resolver resolver) {
    ReportDestinations destinations = new ReportDestinations(policyDomain, resolver);
    Set<Address> named = new HashSet<>();
    for (ReportUri uri : record.reporting().aggregate()) {
      Optional<Address> mailbox = uri.mailbox();
      if (mailbox.isEmpty()) {
        destinations.found.add(new Destination.Unusable(uri));
      } else if (named.size() < MAX_ADDRESSES && named.add(mailbox.get())) {
        destinations.add(uri, mailbox.get());
      }
    }
    return List.copyOf(destinations.found);
  }

  private void add(ReportUri uri, Address address) {
    switch (consents.computeIfAbsent(address.domain(), this::consent)) {
      case Consent.Refused() -> found.add(new Destination.Unauthorized(uri));
      case Consent.Unknown() -> found.add(new Destination.Unknown(uri));
      case Consent.Given(List<ReportUri> instead) -> {
        if (instead.isEmpty()) {
          allow(uri);
        }
        instead.forEach(this::allow); // RFC 9990 4, step 9
      }
    }
  }

  private void allow(ReportUri uri) {
    Optional<Address> mailbox = uri.mailbox();
    if (mailbox.isEmpty()) {
      if (!found.contains(new Destination.Unusable(uri))) {
        found.add(new Destination.Unusable(uri));
      }
    } else if (allowed.size() < MAX_ADDRESSES && allowed.add(mailbox.get())) {
      found.add(new Destination.Allowed(uri, mailbox.get()));
    }
  }

  private Consent consent(Domain host) {
    return switch (Kinship.of(policyDomain, host, resolver)) {
      case SAME -> new Consent.Given(List.of());
      case OTHER -> confirmation(host);
      case UNKNOWN -> new Consent.Unknown();
    };
  }

  private Consent confirmation(Domain host) {
    Optional<Domain> name = Domain.asked(policyDomain.ascii() + CONFIRMATION + host.ascii());
    if (name.isEmpty()) {
      return new Consent.Refused(); // RFC 9990 4, step 4: it is too long
    }
    return switch (resolver.txt(name.get())) {
      case Answer.Records<String>(List<String> texts, boolean _) -> confirmed(host, texts);
      case Answer.NoData<String>(), Answer.NoSuchName<String>() -> new Consent.Refused();
      case Answer.Failed<String> _ -> new Consent.Unknown();
    };
  }

  /** RFC 9990 4, steps 6 to 9: any record will do, and none may lead to somebody else. */
  private static Consent confirmed(Domain host, List<String> texts) {
    List<DmarcRecord> records =
        texts.stream().map(DmarcRecord::parse).flatMap(Optional::stream).toList();
    List<ReportUri> instead =
        records.stream().flatMap(record -> record.reporting().aggregate().stream()).toList();
    boolean elsewhere = instead.stream().anyMatch(uri -> !host(uri).equals(Optional.of(host)));
    return records.isEmpty() || elsewhere ? new Consent.Refused() : new Consent.Given(instead);
  }

  private static Optional<Domain> host(ReportUri uri) {
    return uri.mailbox()
        .map(Address::domain)
        .or(() -> Optional.ofNullable(URI.create(uri.text()).getHost()).flatMap(Domain::parse));
  }
}
