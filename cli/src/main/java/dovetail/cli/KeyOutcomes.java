package dovetail.cli;

import dovetail.dkim.KeyCheck;
import dovetail.dkim.KeyRecord;
import dovetail.keys.StoredKey;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** How keys are published, in words and JSON. */
final class KeyOutcomes {
  private KeyOutcomes() {}

  static String text(KeyCheck check) {
    String verdict =
        switch (check.outcome()) {
          case PUBLISHED -> "good";
          case MISSING -> "MISSING";
          case ANOTHER_KEY -> "ANOTHER KEY is published";
          case UNUSABLE -> "UNUSABLE";
          case UNKNOWN -> "not known";
        };
    return verdict + (check.detail().isEmpty() ? "" : ", " + check.detail());
  }

  /** The status for some of them: what is wrong counts before what is not known. */
  static Exit exit(List<KeyCheck> checks) {
    Exit exit = Exit.GOOD;
    for (KeyCheck check : checks) {
      switch (check.outcome()) {
        case PUBLISHED -> {}
        case MISSING, ANOTHER_KEY, UNUSABLE -> {
          return Exit.NO;
        }
        case UNKNOWN -> exit = Exit.TEMPORARY;
      }
    }
    return exit;
  }

  /** The properties of an object that has been begun. */
  static void write(JsonGenerator out, KeyCheck check) {
    out.writeBooleanProperty("good", check.outcome() == KeyCheck.Outcome.PUBLISHED);
    out.writeStringProperty(
        "outcome", check.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    out.writeStringProperty("detail", check.detail());
  }

  /** What to know of a key that signs no more. */
  static String retired(StoredKey key) {
    return KeyRecord.name(key.selector(), key.domain())
        + " signs no more; mail that it has signed may be under way until "
        + DkimKeys.neededUntil(key)
        + ": keep its record until then, and for its TTL after that";
  }

  static void writeRetired(JsonGenerator out, StoredKey key) {
    out.writeStartObject();
    out.writeStringProperty("domain", key.domain().ascii());
    out.writeStringProperty("selector", key.selector());
    out.writeStringProperty("needed_until", DkimKeys.neededUntil(key).toString());
    out.writeEndObject();
  }
}
