package dovetail.milter.filter;

import dovetail.dkim.SigningKey;
import java.util.List;

/** What is to be done with a message, decided when its header section is complete. */
sealed interface Decision {
  /** Sign it with each of these keys. */
  record Sign(List<SigningKey> keys) implements Decision {}

  /** Verify it, and write down what was found. */
  record Verify(Reason reason) implements Decision {}

  /** Take it, neither signed nor verified. */
  record Pass(Reason reason) implements Decision {}

  /** Have it tried again later. */
  record PutOff(Reason reason) implements Decision {}

  /** Refuse it for good. */
  record Refuse(Reason reason) implements Decision {}
}
