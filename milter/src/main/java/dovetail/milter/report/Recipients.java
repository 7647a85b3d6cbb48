package dovetail.milter.report;

import dovetail.mail.Address;
import java.util.List;

/** To whom a report is to go, as far as that can be found out. */
sealed interface Recipients {
  /** It is found out. */
  sealed interface Settled extends Recipients {}

  /**
   * To those.
   *
   * @param leftOut who else was named, and why they get nothing; empty for nobody
   */
  record Known(List<Address> addresses, String leftOut) implements Settled {
    public Known {
      addresses = List.copyOf(addresses);
    }
  }

  /** To nobody. */
  record Nobody(String why) implements Settled {}

  /**
   * Of some it cannot be found out now.
   *
   * @param addresses of whom it is known
   * @param why of all others that were named
   */
  record Unknown(List<Address> addresses, String why) implements Recipients {
    public Unknown {
      addresses = List.copyOf(addresses);
    }

    /** What is to be done if nobody waits any longer. */
    Settled settled() {
      return addresses.isEmpty() ? new Nobody(why) : new Known(addresses, why);
    }
  }
}
