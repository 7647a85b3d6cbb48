package dovetail.dns;

import dovetail.mail.Domain;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A DNS that is a table, for tests. A name that is not in it does not exist; one that is there with
 * other types only has no data. Immutable.
 */
public final class MapResolver implements Resolver {
  private final Map<Question<?>, Answer<?>> answers;

  /** A table of TXT records. */
  public MapResolver(Map<Domain, Answer<String>> txt) {
    this.answers = new HashMap<>();
    txt.forEach((name, answer) -> answers.put(new Question<>(RecordType.TXT, name), answer));
  }

  /** This table, with that answer in place of any to the same question. */
  public <T> MapResolver with(RecordType<T> type, Domain name, Answer<T> answer) {
    MapResolver more = new MapResolver(Map.of());
    more.answers.putAll(answers);
    more.answers.put(new Question<>(type, name), answer);
    return more;
  }

  // The table has under a question only what `with` put there: an answer of its type.
  @SuppressWarnings("unchecked")
  @Override
  public <T> Answer<T> ask(Question<T> question) {
    Answer<?> answer = answers.get(question);
    if (answer != null) {
      return (Answer<T>) answer;
    }
    return answers.keySet().stream().anyMatch(other -> other.name().equals(question.name()))
        ? new Answer.NoData<>()
        : new Answer.NoSuchName<>();
  }

  @Override
  public <T> Optional<Answer<T>> known(Question<T> question) {
    return Optional.of(ask(question));
  }
}
