package dovetail.spf;

import dovetail.mail.Domain;

/**
 * In whose name something is sent.
 *
 * @param identity where that name stands
 * @param localPart never empty
 * @param domain as the DNS has it; as it was written if it is none
 */
record SpfSender(SpfIdentity identity, String localPart, String domain) {
  // RFC 7208 2.4, 4.3: it stands for what is missing.
  private static final String POSTMASTER = "postmaster";

  SpfSender {
    domain = Domain.parse(domain).map(Domain::ascii).orElse(domain);
  }

  static SpfSender helo(SpfClient client) {
    return new SpfSender(SpfIdentity.HELO, POSTMASTER, client.helo());
  }

  static SpfSender mailFrom(String returnPath, SpfClient client) {
    if (returnPath.isEmpty()) {
      return helo(client);
    }
    int at = returnPath.lastIndexOf('@');
    return new SpfSender(
        SpfIdentity.MAILFROM,
        at > 0 ? returnPath.substring(0, at) : POSTMASTER,
        returnPath.substring(at + 1));
  }

  /** The whole address. */
  String address() {
    return localPart + "@" + domain;
  }
}
