package dovetail.directory.search;

import java.util.List;

/** How far the aliases behind an address lead. */
public sealed interface Reach {
  /**
   * They have ends.
   *
   * @param ends the addresses that no alias leads on, and those that name themselves
   * @param cut whether there are more than are looked through
   */
  record Ends(List<AddressKey> ends, boolean cut) implements Reach {
    public Ends {
      ends = List.copyOf(ends);
    }
  }

  /**
   * Postfix could not follow them.
   *
   * @param text what is wrong, for whoever looks after them
   */
  record Endless(Fault fault, String text) implements Reach {}

  /** Nobody can say at the moment. */
  record Unknown(String why) implements Reach {}

  /** Why Postfix could not. */
  enum Fault {
    /** The aliases lead in a circle without end. */
    CIRCLE,
    /** More aliases lie behind one another than anybody means. */
    TOO_DEEP,
    /** The aliases lead to more addresses than Postfix takes. */
    TOO_MANY_TARGETS
  }
}
