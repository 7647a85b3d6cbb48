package dovetail.dkim;

import dovetail.dns.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the DNS shows the key that we sign with.
 *
 * @param outcome how it is
 * @param detail what exactly is wrong, or worth knowing; may be empty
 */
public record KeyCheck(Outcome outcome, String detail) {
  /** How a key is published. */
  public enum Outcome {
    /** As it should be. */
    PUBLISHED,
    /** There is no key record. */
    MISSING,
    /** There is another key: signatures would not verify. */
    ANOTHER_KEY,
    /** There is a key record that no verifier can use. */
    UNUSABLE,
    /** The DNS did not say. */
    UNKNOWN
  }

  /**
   * Compares what the DNS shows with a private key.
   *
   * @param answer what it says at {@link KeyRecord#name}
   */
  public static KeyCheck of(DkimKey key, Answer<String> answer) {
    return switch (answer) {
      case Answer.Failed<String>(var failure) -> new KeyCheck(Outcome.UNKNOWN, failure.words());
      case Answer.NoSuchName<String>() -> new KeyCheck(Outcome.MISSING, "there is no such name");
      case Answer.NoData<String>() -> new KeyCheck(Outcome.MISSING, "the name has no TXT record");
      case Answer.Records<String>(List<String> texts, boolean _) -> compare(key, texts);
    };
  }

  private static KeyCheck compare(DkimKey key, List<String> texts) {
    List<KeyCheck> checks = new ArrayList<>();
    for (String text : texts) {
      switch (PublicKeyRecord.parse(text)) {
        case ParsedKey.Foreign() -> {}
        case ParsedKey.Unusable(DkimReason reason, String detail) ->
            checks.add(new KeyCheck(Outcome.UNUSABLE, reason.words(detail)));
        case PublicKeyRecord record -> checks.add(compare(key, record));
      }
    }
    if (checks.isEmpty()) {
      return new KeyCheck(Outcome.MISSING, "the TXT records there are no key records");
    }
    if (checks.size() > 1) { // RFC 6376 3.6.2.2
      return new KeyCheck(Outcome.UNUSABLE, "there are " + checks.size() + " key records");
    }
    return checks.getFirst();
  }

  private static KeyCheck compare(DkimKey key, PublicKeyRecord record) {
    if (record.key().algorithm() != key.algorithm()
        || !record.key().isPublishedAs(key.published())) {
      return new KeyCheck(Outcome.ANOTHER_KEY, "");
    }
    return new KeyCheck(
        Outcome.PUBLISHED, record.testing() ? "in test mode (t=y): remove that tag" : "");
  }
}
