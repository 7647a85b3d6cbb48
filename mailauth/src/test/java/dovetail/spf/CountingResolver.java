package dovetail.spf;

import dovetail.dns.Answer;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is asked, and to what there was nothing. For one thread. */
final class CountingResolver implements Resolver {
  private final Resolver dns;
  private final List<RecordType<?>> asked = new ArrayList<>();
  private final List<RecordType<?>> empty = new ArrayList<>();

  CountingResolver(Resolver dns) {
    this.dns = dns;
  }

  @Override
  public <T> Answer<T> ask(Question<T> question) {
    Answer<T> answer = dns.ask(question);
    asked.add(question.type());
    if (answer instanceof Answer.NoData<T> || answer instanceof Answer.NoSuchName<T>) {
      empty.add(question.type());
    }
    return answer;
  }

  int all() {
    return asked.size();
  }

  int asked(RecordType<?> type) {
    return (int) asked.stream().filter(type::equals).count();
  }

  int empty(RecordType<?> type) {
    return (int) empty.stream().filter(type::equals).count();
  }
}
