package dovetail.directory.search;

import dovetail.directory.Directory;
import dovetail.mail.Address;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who may send in the name of an address. */
public sealed interface Owners {
  /** Those logins may, which are canonical addresses; nobody if there are none. */
  record Known(SortedSet<String> logins) implements Owners {
    public Known {
      logins = Collections.unmodifiableSortedSet(new TreeSet<>(logins));
    }
  }

  /**
   * They are not told: what leads to them is more than is looked through.
   *
   * @param most how many addresses are
   */
  record TooMany(int most) implements Owners {}

  /** Nobody can say at the moment. */
  record Unavailable(String why) implements Owners {}

  /** Looks for those who may send in the name of an address, ours or not. */
  static Owners of(Directory directory, Address sender) {
    return new OwnerSearch(directory).find(AddressKey.of(sender));
  }
}
