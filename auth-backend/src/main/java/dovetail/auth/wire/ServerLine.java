package dovetail.auth.wire;

import java.util.Optional;
import java.util.Set;

/** What a server says in the auth client protocol. Ids and numbers are of 0 to 4294967295. */
public sealed interface ServerLine {
  /** The protocol that it speaks. */
  record Version(int major, int minor) implements ServerLine {}

  /**
   * A mechanism. Those must come before {@link Spid}, or Postfix thinks that it has met the auth
   * master protocol.
   */
  record Mech(String name, Set<MechanismFlag> flags) implements ServerLine {
    public Mech {
      flags = Set.copyOf(flags);
    }
  }

  /** The server's process number. */
  record Spid(long pid) implements ServerLine {}

  /** The server's number for the connection. */
  record Cuid(long id) implements ServerLine {}

  /**
   * What a master has to know to ask for a login of this connection.
   *
   * @param hex 32 digits
   */
  record Cookie(String hex) implements ServerLine {
    @Override
    public String toString() {
      return "Cookie[(hidden)]";
    }
  }

  /** The end of the handshake. */
  record Done() implements ServerLine {}

  /** The user is to answer that. */
  record Cont(long id, Payload challenge) implements ServerLine {}

  /**
   * The login is right.
   *
   * @param user who has logged in, see {@link PlainText#isName}
   * @param fields what else there is to say, none of it named user or resp
   * @param response the last message of the mechanism, for clients that take it here
   */
  record Ok(long id, String user, Fields fields, Optional<Payload> response) implements ServerLine {
    /**
     * Such an answer.
     *
     * @throws IllegalArgumentException if no answer to Postfix can have that name, or fields have
     *     what is none of theirs
     */
    public Ok {
      if (!PlainText.isName(user)) {
        throw new IllegalArgumentException("no name for an answer");
      }
      if (fields.has(AuthWords.USER_FIELD) || fields.has(AuthWords.RESPONSE)) {
        throw new IllegalArgumentException("a field of OK that has a place of its own");
      }
    }
  }

  /**
   * The login has failed.
   *
   * @param user who it was, if that is known and {@link PlainText#isName}: others are left out
   * @param code why, for programs
   * @param reason why, for the user, see {@link PlainText#line}
   * @param fields what else there is to say, none of it named user, reason, or as a code is
   */
  record Fail(
      long id,
      Optional<String> user,
      Optional<FailCode> code,
      Optional<String> reason,
      Fields fields)
      implements ServerLine {
    /**
     * Such an answer.
     *
     * @throws IllegalArgumentException if fields have what is none of theirs
     */
    public Fail {
      user = user.filter(PlainText::isName);
      reason = reason.map(PlainText::line);
      if (fields.has(AuthWords.USER_FIELD)
          || fields.has(AuthWords.REASON)
          || fields.get(AuthWords.CODE).flatMap(FailCode::of).isPresent()) {
        throw new IllegalArgumentException("a field of FAIL that has a place of its own");
      }
    }
  }

  /** The login that the client has cancelled is over; from minor 4 on. */
  record Cancelled(long id) implements ServerLine {}
}
