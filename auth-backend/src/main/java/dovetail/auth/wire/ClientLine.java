package dovetail.auth.wire;

import java.util.List;
import java.util.Optional;

/** What a client says in the auth client protocol. Ids and numbers are of 0 to 4294967295. */
public sealed interface ClientLine {
  /**
   * The protocol that it speaks.
   *
   * @param major 1, or the codec would have refused it
   * @param minor any; 0 is Postfix
   */
  record Version(int major, int minor) implements ClientLine {}

  /** The client's process number, which ends its handshake. */
  record Cpid(long pid) implements ClientLine {}

  /**
   * A login begins.
   *
   * @param id the client's number for it
   * @param mechanism in the case that the user's program has typed
   * @param parameters with {@link Parameter#SERVICE} or {@link Parameter#PROTOCOL}
   * @param response the first response, if it came along
   */
  record Auth(long id, String mechanism, Fields parameters, Optional<Payload> response)
      implements ClientLine {
    /**
     * Such a login.
     *
     * @throws IllegalArgumentException if a parameter is named as the response
     */
    public Auth {
      if (parameters.has(AuthWords.RESPONSE)) {
        throw new IllegalArgumentException("a response among the parameters");
      }
    }

    /** What the login is for, by the parameter of either generation. */
    public String service() {
      return AuthWords.service(parameters);
    }

    /** A parameter's value; empty if it has none, nothing if it is not there. */
    public Optional<String> get(Parameter parameter) {
      return parameters.get(parameter.word());
    }

    /** What a proxy passes on, {@code name=value} each: fields within a field. */
    public List<String> forwardFields() {
      return get(Parameter.FORWARD_FIELDS).map(TabText::split).orElse(List.of());
    }

    /** Such a value for {@link Parameter#FORWARD_FIELDS}. */
    public static String forwardFields(List<String> fields) {
      return TabText.joined(fields);
    }
  }

  /**
   * The user's answer to what the server has said last.
   *
   * @param response possibly empty
   */
  record Cont(long id, Payload response) implements ClientLine {}

  /** The user has given up. */
  record Cancel(long id) implements ClientLine {}
}
