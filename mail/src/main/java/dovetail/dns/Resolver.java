package dovetail.dns;

import dovetail.mail.Domain;
import java.util.Optional;

/**
 * Asks the DNS. A question always ends, within a time that the resolver knows, and remote badness
 * is an answer, never an exception. Safe for any number of threads, which it may block.
 */
public interface Resolver {
  /** The records of a name and a type, aliases followed. */
  <T> Answer<T> ask(Question<T> question);

  /** The same where it is known without asking; nothing if a question would have to be sent. */
  default <T> Optional<Answer<T>> known(Question<T> question) {
    return Optional.empty();
  }

  /** The records of that type and name. */
  default <T> Answer<T> ask(RecordType<T> type, Domain name) {
    return ask(new Question<>(type, name));
  }

  /** The TXT records of a name. */
  default Answer<String> txt(Domain name) {
    return ask(RecordType.TXT, name);
  }

  /** The TXT records of a name, where they are known without asking. */
  default Optional<Answer<String>> knownTxt(Domain name) {
    return known(new Question<>(RecordType.TXT, name));
  }
}
