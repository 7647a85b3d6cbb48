package dovetail.mail;

/** Line ends within a field that are no folds: to some readers a new field begins behind them. */
final class StrayLineEnd {
  private static final String FROM = "from";

  private StrayLineEnd() {}

  /** Whether some reader sees a From field within that field. */
  static boolean hidesFrom(HeaderField field) {
    int length = field.length();
    for (int i = 0; i < length; i++) {
      byte b = field.byteAt(i);
      if ((b == '\r' || b == '\n') && isFrom(field, i + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFrom(HeaderField field, int start) {
    int at = start;
    for (int i = 0; i < FROM.length(); i++, at++) {
      if (at >= field.length() || Character.toLowerCase(field.byteAt(at)) != FROM.charAt(i)) {
        return false;
      }
    }
    while (at < field.length() && (field.byteAt(at) == ' ' || field.byteAt(at) == '\t')) {
      at++;
    }
    return at < field.length() && field.byteAt(at) == ':';
  }
}
