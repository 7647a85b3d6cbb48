package dovetail.auth.password;

/** Numbers that say how much work there is. */
final class Cost {
  private static final int MOST_DIGITS = 10;

  private Cost() {}

  /** A number written in digits, at least 1; more than the most is too dear. */
  static int read(String digits, int most) throws RefusedException {
    if (digits.isEmpty()
        || digits.length() > MOST_DIGITS
        || digits.startsWith("0")
        || !digits.chars().allMatch(each -> each >= '0' && each <= '9')) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    long number = Long.parseLong(digits);
    if (number > most) {
      throw new RefusedException(Refusal.TOO_DEAR);
    }
    return (int) number;
  }
}
