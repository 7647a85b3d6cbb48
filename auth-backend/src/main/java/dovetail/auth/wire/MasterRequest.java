package dovetail.auth.wire;

import java.util.List;
import java.util.Optional;

/** What a client says in the auth master protocol. Ids and numbers are of 0 to 4294967295. */
public sealed interface MasterRequest {
  /** The protocol that it speaks; major is 1, or the codec would have refused it. */
  record Version(int major, int minor) implements MasterRequest {}

  /**
   * Where does mail of that user lie?
   *
   * @param parameters with {@link Parameter#SERVICE} or {@link Parameter#PROTOCOL}
   */
  record User(long id, String user, Fields parameters) implements MasterRequest {
    /** What asks, such as lmtp. */
    public String service() {
      return AuthWords.service(parameters);
    }
  }

  /**
   * What is there to know of that login, besides its password?
   *
   * @param parameters with {@link Parameter#SERVICE} or {@link Parameter#PROTOCOL}
   */
  record Pass(long id, String user, Fields parameters) implements MasterRequest {
    /** What asks, such as lmtp. */
    public String service() {
      return AuthWords.service(parameters);
    }
  }

  /**
   * Who are all users?
   *
   * @param parameters possibly none
   */
  record ListUsers(long id, Fields parameters) implements MasterRequest {
    /** The pattern of their names, if it is not all. */
    public Optional<String> mask() {
      return parameters.get(AuthWords.USER_FIELD).filter(mask -> !mask.isEmpty());
    }
  }

  /**
   * A login process has handed over a user: who is it?
   *
   * @param clientPid that process
   * @param clientId its number for the login
   * @param cookie of its connection, 32 hexadecimal digits
   */
  record Request(long id, long clientPid, long clientId, String cookie, Fields parameters)
      implements MasterRequest {
    @Override
    public String toString() {
      return "Request[id=%d, clientPid=%d, clientId=%d, cookie=(hidden), parameters=%s]"
          .formatted(id, clientPid, clientId, parameters);
    }
  }

  /**
   * Forget what was remembered.
   *
   * @param masks of whom; empty is of all
   */
  record CacheFlush(long id, List<String> masks) implements MasterRequest {
    public CacheFlush {
      masks = List.copyOf(masks);
    }
  }

  /** How much is remembered? */
  record CacheStatus(long id) implements MasterRequest {}
}
