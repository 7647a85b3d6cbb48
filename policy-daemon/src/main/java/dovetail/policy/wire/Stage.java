package dovetail.policy.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the SMTP session is when Postfix asks (the attribute {@code protocol_state}). */
public enum Stage {
  CONNECT("CONNECT"),
  EHLO("EHLO"),
  HELO("HELO"),
  MAIL("MAIL"),
  RCPT("RCPT"),
  /** Before the message; BDAT, too. */
  DATA("DATA"),
  /** Behind the message, and before any milter has said what it thinks of it. */
  END_OF_MESSAGE("END-OF-MESSAGE"),
  VRFY("VRFY"),
  ETRN("ETRN"),
  /** One that a later Postfix has brought, or none at all. */
  OTHER("");

  private static final Map<String, Stage> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Stage::word, Function.identity()));

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  /** The word on the wire. */
  public String word() {
    return word;
  }

  /** The stage of that word. */
  public static Stage of(String word) {
    return BY_WORD.getOrDefault(word, OTHER);
  }
}
