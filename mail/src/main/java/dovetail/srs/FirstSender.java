package dovetail.srs;

import dovetail.mail.Domain;
import java.util.Optional;

/**
 * What an SRS0 address holds, if it is one of ours.
 *
 * @param hash over all the others
 * @param stamp the day
 * @param host the domain of the sender, as it is spelled here
 * @param domain the same
 * @param user the local part of the sender, as it was; it may hold any character
 */
record FirstSender(String hash, String stamp, String host, Domain domain, String user) {
  /** Nothing if it is no such address. */
  static Optional<FirstSender> of(SrsForm.Srs0 address) {
    String[] parts = address.opaque().substring(1).split(String.valueOf(SrsForm.BETWEEN), 4);
    if (parts.length < 4) {
      return Optional.empty();
    }
    return Domain.parse(parts[2])
        .map(domain -> new FirstSender(parts[0], parts[1], parts[2], domain, parts[3]));
  }
}
