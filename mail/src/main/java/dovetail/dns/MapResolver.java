package dovetail.dns;

import dovetail.mail.Domain;
import java.util.Map;
import java.util.Optional;

/** A DNS that is a table, for tests. A name that is not in it does not exist. */
public record MapResolver(Map<Domain, Answer<String>> txt) implements Resolver {
  /** Takes a copy of the table. */
  public MapResolver {
    txt = Map.copyOf(txt);
  }

  @Override
  public Answer<String> txt(Domain name) {
    Answer<String> answer = txt.get(name);
    return answer == null ? new Answer.NoSuchName<>() : answer;
  }

  @Override
  public Optional<Answer<String>> knownTxt(Domain name) {
    return Optional.of(txt(name));
  }
}
