package dovetail.dkim;

import dovetail.dns.Answer;
import dovetail.dns.Questions;
import dovetail.mail.Domain;
import java.util.List;

/**
 * The question for the key of one signature: asked ahead, and waited for when the key is needed.
 *
 * @param algorithm what the key must be for
 * @param question the question for the records at its name
 */
public record KeyQuestion(Algorithm algorithm, Questions.Question<String> question) {
  /** Asks for the key of that name. */
  public static KeyQuestion ask(Questions questions, Domain keyName, Algorithm algorithm) {
    return new KeyQuestion(algorithm, questions.txt(keyName));
  }

  /** What was found. */
  sealed interface Outcome {}

  /** A key; {@code authentic} if DNSSEC vouches for it. */
  record Found(PublicKeyRecord record, boolean authentic) implements Outcome {}

  /** No key that the signature can be checked with. */
  record Missing(DkimReason reason, String detail) implements Outcome {}

  /**
   * How the check of a signature ended.
   *
   * @param reason why
   * @param detail what exactly was wrong, in fixed words; empty where the reason says it all
   */
  public record Check(DkimReason reason, String detail) {
    /** The reason with its detail, for people. */
    public String words() {
      return reason.words(detail);
    }
  }

  /** Waits for the key, and checks a signature of the parts, which are joined, with it. */
  public Check check(DkimVerifier.Tools tools, byte[] signature, byte[]... parts) {
    return switch (answer(tools.keys())) {
      case Missing(DkimReason reason, String detail) -> new Check(reason, detail);
      case Found(PublicKeyRecord record, boolean _) ->
          new Check(record.key().check(tools.crypto(), signature, parts), "");
    };
  }

  /** Waits for the key. */
  Outcome answer(PublicKeys keys) {
    Answer<String> answer = question.answer();
    return switch (answer) {
      case Answer.Failed<String>(var failure) ->
          new Missing(DkimReason.KEY_UNAVAILABLE, failure.words());
      case Answer.NoSuchName<String>(), Answer.NoData<String>() ->
          new Missing(DkimReason.NO_KEY, "");
      case Answer.Records<String>(List<String> texts, boolean authentic) ->
          switch (choose(texts, keys)) {
            case ParsedKey.Foreign() -> new Missing(DkimReason.NO_KEY, "");
            case ParsedKey.Unusable(DkimReason reason, String detail) ->
                new Missing(reason, detail);
            case PublicKeyRecord record -> new Found(record, authentic);
          };
    };
  }

  /**
   * The record that counts. There should be one (RFC 6376 3.6.2.2); of several, the first that the
   * signature can be checked with, else the first that says why not.
   */
  private ParsedKey choose(List<String> texts, PublicKeys keys) {
    ParsedKey best = new ParsedKey.Foreign();
    for (String text : texts) {
      ParsedKey found = keys.of(text);
      if (found instanceof PublicKeyRecord record) {
        if (record.key().algorithm() == algorithm) {
          return found;
        }
        found = new ParsedKey.Unusable(DkimReason.KEY_INAPPLICABLE, "for another algorithm");
      }
      if (best instanceof ParsedKey.Foreign) {
        best = found;
      }
    }
    return best;
  }
}
