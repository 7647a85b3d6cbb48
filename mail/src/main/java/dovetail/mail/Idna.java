package dovetail.mail;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ICUInputTooLongException;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Maps between U-labels and A-labels as browsers and registries do (UTS 46, nontransitional). A
 * class of its own, so that names of plain ASCII never load ICU and its tables.
 */
final class Idna {
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE);

  /**
   * Plain ASCII labels such as {@code r3---sn} are in use; the limits of length are the caller's.
   */
  private static final EnumSet<IDNA.Error> HARMLESS =
      EnumSet.of(
          IDNA.Error.HYPHEN_3_4,
          IDNA.Error.EMPTY_LABEL,
          IDNA.Error.LABEL_TOO_LONG,
          IDNA.Error.DOMAIN_NAME_TOO_LONG);

  private Idna() {}

  /** The name in lower-case A-labels; nothing if a label is not valid. */
  static Optional<String> toAscii(String name) {
    IDNA.Info info = new IDNA.Info();
    StringBuilder ascii = new StringBuilder(name.length() + 16);
    try {
      UTS46.nameToASCII(name, ascii, info);
    } catch (ICUInputTooLongException _) {
      return Optional.empty(); // one character may be mapped to 18: U+FDFA
    }
    return HARMLESS.containsAll(info.getErrors())
        ? Optional.of(ascii.toString())
        : Optional.empty();
  }

  /** The name in U-labels; itself if it has no valid ones. */
  static String toUnicode(String ascii) {
    IDNA.Info info = new IDNA.Info();
    StringBuilder name = UTS46.nameToUnicode(ascii, new StringBuilder(ascii.length()), info);
    return HARMLESS.containsAll(info.getErrors()) ? name.toString() : ascii;
  }
}
