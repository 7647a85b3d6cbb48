package dovetail.authres;

import dovetail.mail.HeaderField;
import java.util.List;
import java.util.OptionalInt;

/**
 * What an Authentication-Results field says (RFC 8601 2.2).
 *
 * @param authservId the service that says so (RFC 8601 2.5), usually a host name
 * @param version of the field's format; nothing means 1
 * @param results in their order; none at all is written as {@code none}
 */
public record AuthenticationResults(
    String authservId, OptionalInt version, List<MethodResult> results) {
  /** Results in one field: none with more is read, and no more are written. */
  public static final int MAX_RESULTS = 100;

  /**
   * Takes a copy of the list.
   *
   * @throws IllegalArgumentException if the id is empty or the version negative
   */
  public AuthenticationResults {
    results = List.copyOf(results);
    if (authservId.isEmpty()) {
      throw new IllegalArgumentException("no authserv-id");
    }
    if (version.orElse(1) < 0) {
      throw new IllegalArgumentException("negative version");
    }
  }

  /** Results without a version; throws as the constructor does. */
  public static AuthenticationResults of(String authservId, List<MethodResult> results) {
    return new AuthenticationResults(authservId, OptionalInt.empty(), results);
  }

  /** Reads a field, whatever its name; see {@link AuthenticationResultsReader}. */
  public static Reading parse(HeaderField field) {
    return AuthenticationResultsReader.read(field.value());
  }
}
