package dovetail.directory.search;

import dovetail.mail.Address;
import java.util.Locale;
import java.util.Set;

/** The part of {@code user+extension} that does not say whose it is. Split as Postfix does it. */
public final class Extension {
  /** For domains whose delimiters we cannot know. */
  public static final String USUAL_DELIMITERS = "+";

  private static final Set<String> NEVER_SPLIT =
      Set.of("postmaster", "mailer-daemon", "double-bounce");

  private Extension() {}

  /** Where the delimiter stands in a local part; negative if there is no extension. */
  public static int start(String localPart, String delimiters) {
    for (int i = 0; i < localPart.length(); i++) {
      if (delimiters.indexOf(localPart.charAt(i)) >= 0) {
        // What would be left must be somebody.
        return i == 0 || isWhole(localPart.toLowerCase(Locale.ROOT), delimiters) ? -1 : i;
      }
    }
    return -1;
  }

  /** Names that only look as if they had one. */
  private static boolean isWhole(String lowerCase, String delimiters) {
    return NEVER_SPLIT.contains(lowerCase)
        || (delimiters.indexOf('-') >= 0 // owner_request_special
            && (lowerCase.startsWith("owner-")
                || (lowerCase.endsWith("-request") && !lowerCase.equals("-request"))));
  }

  /** The address with an extension; without it where both do not fit together. */
  public static Address append(Address address, String extension) {
    String localPart = address.localPart() + extension;
    return extension.isEmpty() || !Address.isLocalPart(localPart)
        ? address
        : new Address(localPart, address.domain());
  }
}
