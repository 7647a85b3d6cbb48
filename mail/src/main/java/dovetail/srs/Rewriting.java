package dovetail.srs;

import dovetail.mail.Address;
import java.util.Locale;

/** What became of an address. */
public sealed interface Rewriting {
  /**
   * There is another one for it.
   *
   * @param address stands in a lookup table's answer as its text form has it, quoted where needed
   */
  record Rewritten(Address address) implements Rewriting {}

  /** It stays as it is. */
  record Unchanged(Reason reason) implements Rewriting {}

  /** Why an address stays as it is; each means that a lookup finds nothing, and none an error. */
  enum Reason {
    /** It has no domain; the empty return path has none either. */
    NO_DOMAIN,
    /** It is ours, so nobody needs our word for it. */
    LOCAL_DOMAIN,
    /** It makes no claim to be made by SRS. */
    NOT_SRS,
    /** Another host made it, or says so, and only that one can read it. */
    FOREIGN_DOMAIN,
    /** Nobody's SRS writes such an address, or not all readers would take it for the same one. */
    MALFORMED,
    /** The hash is too short or not made with a secret of ours: forged, damaged or very old. */
    BAD_HASH,
    /** We made it, too long ago. */
    EXPIRED,
    /** The new one would be longer than what every mail server has to take. */
    TOO_LONG;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word in log lines and metrics. */
    public String word() {
      return word;
    }
  }
}
