package dovetail.milter.filter;

import dovetail.mail.Address;
import java.util.List;
import java.util.Locale;

/**
 * What archives get of a message.
 *
 * @param to those that get a copy
 * @param before those that have it already, or get it anyhow
 * @param gap what is missing
 */
public record Archival(List<Address> to, List<Address> before, Gap gap) {
  /** What may be wrong with the copies. */
  public enum Gap {
    /** Nothing. */
    NONE,
    /** The MTA takes no parameters, so senders may be told of copies that cannot be delivered. */
    NO_DSN,
    /** The MTA lets nobody add recipients: there is no copy. */
    NOT_OFFERED,
    /** Only the MTA can read an address of the envelope, and does not say how it has. */
    UNREADABLE,
    /** Which domains have an archive cannot be found out at the moment. */
    UNKNOWN;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word in log lines and metrics. */
    public String word() {
      return word;
    }
  }

  /** No archive has to do with it. */
  public static final Archival NONE = new Archival(List.of(), List.of(), Gap.NONE);

  /** Takes copies. */
  public Archival {
    to = List.copyOf(to);
    before = List.copyOf(before);
  }
}
