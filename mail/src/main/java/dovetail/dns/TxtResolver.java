package dovetail.dns;

import dovetail.mail.Domain;
import java.util.List;
import java.util.function.Function;

/** A DNS that has TXT records only, made by a function: for tests. */
public record TxtResolver(Function<Domain, Answer<String>> txt) implements Resolver {
  @Override
  public Answer<String> txt(Domain name) {
    return txt.apply(name);
  }

  @Override
  public <T> Answer<T> ask(Question<T> question) {
    return switch (txt.apply(question.name())) {
      case Answer.Records<String>(List<String> records, boolean authentic)
          when question.type().equals(RecordType.TXT) ->
          new Answer.Records<>(records.stream().map(question.type()::data).toList(), authentic);
      case Answer.Records<String> _, Answer.NoData<String> _ -> new Answer.NoData<>();
      case Answer.NoSuchName<String> _ -> new Answer.NoSuchName<>();
      case Answer.Failed<String>(Failure failure) -> new Answer.Failed<>(failure);
    };
  }
}
