package dovetail.policy.rule;

import dovetail.mail.Address;
import dovetail.mail.Domain;

/** What rules know of those who are hosted here. */
public record Residents(Senders senders, Recipients recipients, Rooms rooms) {
  private static final String NO_DATABASE = "there is no database";

  /** Of nobody anything is known: there is no database. */
  public static final Residents NONE =
      new Residents(
          new Senders() {
            @Override
            public Ownership owners(Address sender) {
              return new Ownership.Unknown(NO_DATABASE);
            }

            @Override
            public Home home(Domain domain) {
              return Home.UNKNOWN;
            }
          },
          _ -> new Recipients.Destination.Unknown(NO_DATABASE),
          _ -> new Rooms.Room.Unknown(NO_DATABASE));
}
