package dovetail.policy.rule;

import dovetail.counter.GreylistEntry;
import dovetail.counter.Standing;
import java.util.Optional;

/** Whose mail came when, as far as that can be known at the moment. For any thread. */
public interface Greylist {
  /** There is no database to remember it. */
  Greylist NONE =
      new Greylist() {
        @Override
        public Optional<Standing> find(GreylistEntry entry, long enough) {
          return Optional.empty();
        }

        @Override
        public boolean begin(GreylistEntry entry, Standing.Mail mail) {
          return false;
        }

        @Override
        public void pass(GreylistEntry entry, Standing.Mail mail) {}

        @Override
        public void count(GreylistEntry entry, Standing.Client client) {}
      };

  /**
   * What is known, over or not; nothing if that cannot be found out.
   *
   * @param enough of a client whose mail has passed so often it does not matter whose mail it is
   */
  Optional<Standing> find(GreylistEntry entry, long enough);

  /** Notes mail that has come for the first time; false if that cannot be done. */
  boolean begin(GreylistEntry entry, Standing.Mail mail);

  /** Notes that mail has passed, if that can be done. */
  void pass(GreylistEntry entry, Standing.Mail mail);

  /** Notes how often a client's mail has passed, if that can be done. */
  void count(GreylistEntry entry, Standing.Client client);
}
