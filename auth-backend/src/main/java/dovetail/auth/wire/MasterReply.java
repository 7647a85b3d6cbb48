package dovetail.auth.wire;

import java.util.List;
import java.util.Optional;

/** What a server says in the auth master protocol. Ids and numbers are of 0 to 4294967295. */
public sealed interface MasterReply {
  /** The protocol that it speaks. */
  record Version(int major, int minor) implements MasterReply {}

  /** The server's process number. */
  record Spid(long pid) implements MasterReply {}

  /**
   * Where mail of a user lies.
   *
   * @param user the name that is his from now on, if another was asked for
   */
  record User(long id, String user, Fields fields) implements MasterReply {}

  /**
   * What there is to know of a login.
   *
   * @param fields none of them named user
   */
  record Pass(long id, String user, Fields fields) implements MasterReply {
    /**
     * Such an answer.
     *
     * @throws IllegalArgumentException if fields have what is none of theirs
     */
    public Pass {
      if (fields.has(AuthWords.USER_FIELD)) {
        throw new IllegalArgumentException("a field of PASS that has a place of its own");
      }
    }
  }

  /** There is no such user, for sure. */
  record NotFound(long id) implements MasterReply {}

  /**
   * Nobody can say at the moment.
   *
   * @param reason for whoever is at the other end, see {@link PlainText#line}
   */
  record Fail(long id, Optional<String> reason) implements MasterReply {
    public Fail {
      reason = reason.map(PlainText::line);
    }
  }

  /** One of all users. */
  record Row(long id, String user) implements MasterReply {}

  /**
   * Those were all users.
   *
   * @param failed whether some are missing
   */
  record Done(long id, boolean failed) implements MasterReply {}

  /** What was asked for was done; with words on it. */
  record Ok(long id, List<String> words) implements MasterReply {
    public Ok {
      words = List.copyOf(words);
    }
  }
}
