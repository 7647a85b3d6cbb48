package dovetail.dmarc;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A DNS for these tests, which keeps what was asked for: policy records, names that exist, and
 * names that fail. What lies above a name that exists exists, as in the DNS (RFC 8020).
 */
final class Zone implements Resolver {
  private final Map<String, List<String>> texts = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> failing = new HashSet<>();
  private final List<String> asked = new ArrayList<>();

  static Zone empty() {
    return new Zone();
  }

  /** With records at {@code _dmarc} below that domain. */
  Zone with(String domain, String... records) {
    texts.put("_dmarc." + domain, List.of(records));
    return exists("_dmarc." + domain);
  }

  /** With a name that exists. */
  Zone exists(String name) {
    for (String at = name; !at.isEmpty(); at = at.contains(".") ? above(at) : "") {
      names.add(at);
    }
    return this;
  }

  /** With names that the DNS cannot tell of. */
  Zone failing(String... at) {
    failing.addAll(List.of(at));
    return this;
  }

  private static String above(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  /** What was asked for since the last time, types other than TXT before the name. */
  List<String> asked() {
    List<String> questions = List.copyOf(asked);
    asked.clear();
    return questions;
  }

  @Override
  public <T> Answer<T> ask(Question<T> question) {
    String name = question.name().ascii();
    boolean txt = question.type().equals(RecordType.TXT);
    asked.add(txt ? name : question.type() + " " + name);
    if (failing.contains(name)) {
      return new Answer.Failed<>(Failure.SERVER_FAILURE);
    }
    if (txt && texts.containsKey(name)) {
      List<T> data =
          texts.getOrDefault(name, List.of()).stream().map(question.type()::data).toList();
      return new Answer.Records<>(data, false);
    }
    return names.contains(name) ? new Answer.NoData<>() : new Answer.NoSuchName<>();
  }

  DmarcResult verify(String author, Identifier... identifiers) {
    return new DmarcVerifier(this).verify(domain(author), List.of(identifiers));
  }

  static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  static Identifier spf(String domain) {
    return new Identifier.Spf(domain(domain), Identifier.Check.PASS);
  }

  static Identifier dkim(String domain) {
    return new Identifier.Dkim(domain(domain), "s1", Identifier.Check.PASS);
  }
}
