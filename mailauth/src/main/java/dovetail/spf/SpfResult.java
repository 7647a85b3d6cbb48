package dovetail.spf;

import dovetail.mail.Domain;
import java.util.Optional;

/**
 * What SPF says of a client.
 *
 * @param identity in what name it came
 * @param domain the domain of that name; nothing if it has none
 * @param status the result
 * @param reason how the check came to it
 * @param detail what exactly was wrong, in fixed words; empty where the reason says it all
 * @param mechanism the term that matched, as it stands in the record; whoever owns the domain wrote
 *     it
 * @param explanation why the client may not, in the words of the owner of the domain (RFC 7208
 *     6.2): printable ASCII; only there if the result is fail
 */
public record SpfResult(
    SpfIdentity identity,
    Optional<Domain> domain,
    SpfStatus status,
    SpfReason reason,
    String detail,
    Optional<String> mechanism,
    Optional<String> explanation) {
  /**
   * The result for people.
   *
   * @param client the client's address
   */
  public String sentence(String client) {
    String name = domain.map(Domain::ascii).orElse("the sender");
    return switch (status) {
      case PASS -> name + " designates " + client + " as permitted sender";
      case FAIL, SOFTFAIL -> name + " does not designate " + client + " as permitted sender";
      case NEUTRAL -> name + " says neither that " + client + " is permitted nor that it is not";
      case NONE, TEMPERROR, PERMERROR -> words();
    };
  }

  /** The reason with its detail, for people. */
  public String words() {
    return detail.isEmpty() ? reason.words() : reason.words() + ": " + detail;
  }
}
