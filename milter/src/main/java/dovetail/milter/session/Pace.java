package dovetail.milter.session;

import java.io.IOException;

/** What a session tells the connection that it runs on, for deadlines and an orderly end. */
public interface Pace {
  /** No message is under way, and nothing to read: may be ended at any time. */
  void idle();

  /** A message is under way, and nothing to read. */
  void waiting();

  /** A message begins. */
  void begun() throws IOException;

  /** A packet has begun to arrive. */
  void reading();

  /** A message has been answered: others may have the processor. */
  void answered();
}
