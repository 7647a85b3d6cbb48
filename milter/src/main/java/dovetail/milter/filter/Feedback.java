package dovetail.milter.filter;

import dovetail.mail.Headers;
import java.util.regex.Pattern;

/** Knows reports about mail, which are not themselves reported on: two hosts would never end. */
final class Feedback {
  private static final Pattern START =
      Pattern.compile("\\s*Report\\s+Domain:", Pattern.CASE_INSENSITIVE);

  private Feedback() {}

  /** Whether it has the subject of an aggregate report (RFC 9990 3.5.2). */
  static boolean is(Headers headers) {
    return headers.all("Subject").stream()
        .limit(1)
        .anyMatch(field -> START.matcher(field.unfolded()).lookingAt());
  }
}
