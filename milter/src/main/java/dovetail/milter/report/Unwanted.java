package dovetail.milter.report;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Optional;

/** Who gets no reports. */
public sealed interface Unwanted {
  /** An address. */
  record Recipient(Address address) implements Unwanted {
    @Override
    public boolean covers(Domain policyDomain, Address recipient) {
      return address.canonical().equals(recipient.canonical());
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** A domain and all below it, as the one reported about and as that of a recipient. */
  record Whole(Domain domain) implements Unwanted {
    @Override
    public boolean covers(Domain policyDomain, Address recipient) {
      return isAtOrBelow(policyDomain) || isAtOrBelow(recipient.domain());
    }

    private boolean isAtOrBelow(Domain other) {
      return other.equals(domain) || other.ascii().endsWith("." + domain.ascii());
    }

    @Override
    public String toString() {
      return domain.toString();
    }
  }

  /** Whether a report about that domain is not to go to that recipient. */
  boolean covers(Domain policyDomain, Address recipient);

  /** Reads an address or a domain. */
  static Optional<Unwanted> parse(String text) {
    return text.contains("@")
        ? Address.parse(text).map(Recipient::new)
        : Domain.parse(text).map(Whole::new);
  }
}
