package dovetail.milter.report;

import dovetail.mail.Address;
import java.util.List;

/** To whom a report is to go, as far as that can be found out. */
public sealed interface Recipients {
  /**
   * To those.
   *
   * @param leftOut who else was named, and why they get nothing; empty for nobody
   */
  record Known(List<Address> addresses, String leftOut) implements Recipients {
    public Known {
      addresses = List.copyOf(addresses);
    }
  }

  /** To nobody. */
  record Nobody(String why) implements Recipients {}

  /** It cannot be found out now. */
  record Unknown(String why) implements Recipients {}
}
