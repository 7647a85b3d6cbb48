package dovetail.authres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one check of a message found, {@code spf=pass smtp.mailfrom=example.org} (RFC 8601 2.2
 * resinfo).
 *
 * @param method spf, dkim, dmarc or another keyword; in lower case
 * @param version of the method's definition; nothing means 1
 * @param result pass, fail or another keyword; in lower case
 * @param comment for people, behind the result; text that a stranger may have written
 * @param reason why, for people and machines; text that a stranger may have written
 * @param properties what the result is about, in their order
 */
public record MethodResult(
    String method,
    OptionalInt version,
    String result,
    Optional<String> comment,
    Optional<String> reason,
    List<Property> properties) {
  /** Properties of one result. */
  public static final int MAX_PROPERTIES = 30;

  /**
   * Checks the names and takes a copy of the list.
   *
   * @throws IllegalArgumentException if the method or the result is no keyword, the version is
   *     negative, or there are too many properties
   */
  public MethodResult {
    method = Keyword.of(method);
    result = Keyword.of(result);
    properties = List.copyOf(properties);
    if (version.orElse(1) < 0) {
      throw new IllegalArgumentException("negative version");
    }
    if (properties.size() > MAX_PROPERTIES) {
      throw new IllegalArgumentException("too many properties");
    }
  }

  /** A bare result; throws as the constructor does. */
  public static MethodResult of(String method, String result) {
    return new MethodResult(
        method, OptionalInt.empty(), result, Optional.empty(), Optional.empty(), List.of());
  }

  /** The same with that comment. */
  public MethodResult withComment(String text) {
    return new MethodResult(method, version, result, Optional.of(text), reason, properties);
  }

  /** The same with that reason. */
  public MethodResult withReason(String text) {
    return new MethodResult(method, version, result, comment, Optional.of(text), properties);
  }

  /** The same with one property more; throws as the constructors of both do. */
  public MethodResult with(String ptype, String property, String value) {
    List<Property> more = new ArrayList<>(properties);
    more.add(new Property(ptype, property, value));
    return new MethodResult(method, version, result, comment, reason, more);
  }

  /** The value of the first property of that name; case does not count. */
  public Optional<String> property(String ptype, String property) {
    String first = ptype.toLowerCase(Locale.ROOT);
    String second = property.toLowerCase(Locale.ROOT);
    return properties.stream()
        .filter(each -> each.ptype().equals(first) && each.property().equals(second))
        .map(Property::value)
        .findFirst();
  }
}
