package dovetail.milter.filter;

import dovetail.dkim.SigningKey;
import dovetail.mail.Author;
import java.util.List;
import java.util.Optional;

/**
 * All that counts for the question whether a message is to be signed, or else verified.
 *
 * @param mode the listener's mode
 * @param standing how the message stands to us
 * @param mayHaveBeenHere whether its client is trusted or it was made on this host, so that it may
 *     be mail that went through here before
 * @param carriesOurResults whether it has an Authentication-Results field that may be ours
 * @param cameFromElsewhere whether a Received field names a client that is not trusted
 * @param complete whether all header fields were kept; if not, the facts are those of the first
 * @param signable whether the header fields are few enough to be signed
 * @param login the name under which the client has authenticated itself
 * @param author who its From field says has written it
 * @param keys the keys for the author's domain
 * @param keysKnown whether it could be found out which keys there are; if not, none are named
 */
record SigningReport(
    Mode mode,
    Standing standing,
    boolean mayHaveBeenHere,
    boolean carriesOurResults,
    boolean cameFromElsewhere,
    boolean complete,
    boolean signable,
    Optional<String> login,
    Author author,
    List<SigningKey> keys,
    boolean keysKnown) {
  SigningReport {
    keys = List.copyOf(keys);
  }
}
