package dovetail.policy.rule;

import dovetail.dns.Answer;
import dovetail.dns.Question;
import dovetail.dns.Resolver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was asked. */
record CountingResolver(Resolver resolver, List<String> asked) implements Resolver {
  static CountingResolver of(Zone zone) {
    return new CountingResolver(zone.resolver(), new CopyOnWriteArrayList<>());
  }

  @Override
  public <T> Answer<T> ask(Question<T> question) {
    asked.add(question.type() + " " + question.name());
    return resolver.ask(question);
  }
}
