package dovetail.srs;

import dovetail.mail.Domain;
import java.util.Optional;

/** What a local part says that it is. It may be anybody's saying: nothing here is verified. */
sealed interface SrsForm {
  String SEPARATORS = "=+-";

  String SRS0 = "SRS0";
  String SRS1 = "SRS1";

  /** Between all parts after the tag. */
  char BETWEEN = '=';

  /** No SRS address. */
  record Plain() implements SrsForm {}

  /**
   * The address of a host that forwards for the first sender.
   *
   * @param opaque all after {@code SRS0}, beginning with a separator; only that host can read it
   */
  record Srs0(String opaque) implements SrsForm {}

  /**
   * The address of a host that forwards what was forwarded before. Those in between are left out.
   *
   * @param hash over host and opaque
   * @param host the first that has forwarded, as it is spelled here
   * @param first the same
   * @param opaque what follows {@code SRS0} in an address there, beginning with a separator
   */
  record Srs1(String hash, String host, Domain first, String opaque) implements SrsForm {}

  /** Something that begins as SRS1 does, and goes on otherwise. */
  record Broken() implements SrsForm {}

  /** Reads a local part; the case of the tag does not count. */
  static SrsForm of(String localPart) {
    if (isTagged(localPart, SRS0)) {
      return new Srs0(localPart.substring(SRS0.length()));
    }
    return isTagged(localPart, SRS1) ? srs1(localPart.substring(SRS1.length() + 1)) : new Plain();
  }

  /** Not as Unicode has case, where a long s would be an S that does not come back. */
  private static boolean isTagged(String localPart, String tag) {
    if (localPart.length() <= tag.length() || !isSeparator(localPart.charAt(tag.length()))) {
      return false;
    }
    for (int i = 0; i < tag.length(); i++) {
      char c = localPart.charAt(i);
      if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != tag.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSeparator(char c) {
    return SEPARATORS.indexOf(c) >= 0;
  }

  private static SrsForm srs1(String text) {
    String[] parts = text.split(String.valueOf(BETWEEN), 3);
    if (parts.length < 3 || parts[2].isEmpty() || !isSeparator(parts[2].charAt(0))) {
      return new Broken();
    }
    Optional<Domain> first = Domain.parse(parts[1]);
    return first.isPresent() ? new Srs1(parts[0], parts[1], first.get(), parts[2]) : new Broken();
  }
}
