package dovetail.doctor;

import java.util.List;

/**
 * Something that is wrong.
 *
 * @param subject where
 * @param what what is wrong and what comes of it, in one line
 * @param fixes what mends it, in this order
 */
public record Finding(Subject subject, String what, List<Fix> fixes) {

  /** Where something can be wrong. */
  public enum Subject {
    POSTFIX("postfix"),
    DOVECOT("dovecot"),
    HOST("host");

    private final String word;

    Subject(String word) {
      this.word = word;
    }

    /** The word in reports. */
    public String word() {
      return word;
    }
  }

  public Finding {
    fixes = List.copyOf(fixes);
  }

  static Finding postfix(String what, Fix... fixes) {
    return new Finding(Subject.POSTFIX, what, List.of(fixes));
  }

  static Finding dovecot(String what, Fix... fixes) {
    return new Finding(Subject.DOVECOT, what, List.of(fixes));
  }

  static Finding host(String what, Fix... fixes) {
    return new Finding(Subject.HOST, what, List.of(fixes));
  }
}
