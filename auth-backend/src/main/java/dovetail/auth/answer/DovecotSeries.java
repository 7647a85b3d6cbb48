package dovetail.auth.answer;

/** The series of Dovecot that call the same setting by other names. */
public enum DovecotSeries {
  V2_3,
  V2_4
}
