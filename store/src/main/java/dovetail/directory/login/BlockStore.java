package dovetail.directory.login;

import dovetail.directory.edit.UnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is kept out, on all hosts. Each change shows as {@code block account joe@example.com} or
 * {@code block network 192.0.2.0/24}. For any thread.
 */
public interface BlockStore {
  /** Keeps somebody out; where that is so already, the later end holds. */
  void put(Block block) throws UnavailableException;

  /**
   * Lets somebody in again, and notes it for the audit.
   *
   * @return false if there is no such block at that moment
   */
  boolean lift(Block.Subject subject, Instant now, String actor) throws UnavailableException;

  /** Who is kept out at that moment, those first whose block began last. */
  List<Block> all(Instant now) throws UnavailableException;

  /** Whether somebody is kept out at that moment. */
  Optional<Block> find(Block.Subject subject, Instant now) throws UnavailableException;

  /** Forgets blocks that were over before that. */
  void forget(Instant before) throws UnavailableException;
}
