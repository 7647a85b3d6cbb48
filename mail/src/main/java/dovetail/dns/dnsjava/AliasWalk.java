package dovetail.dns.dnsjava;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.RecordType;
import dovetail.dns.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** The way from a name over its aliases to the records, through one message or several. */
final class AliasWalk<T> {
  static final int MAX_ALIASES = 10;
  private static final long MAX_TTL = Integer.MAX_VALUE;

  private final RecordType<T> type;
  private final Set<Name> seen = new HashSet<>();
  private Name at;
  private long ttl = MAX_TTL;
  private boolean checked = true;

  AliasWalk(RecordType<T> type, Name start) {
    this.type = type;
    this.at = start;
    seen.add(start);
  }

  /** The name that is to be asked for. */
  Name at() {
    return at;
  }

  /**
   * Goes on through the response to a question for {@link #at}.
   *
   * @param authentic whether a server that we believe has checked it
   * @return nothing if the way leaves the message: the target is to be asked for
   */
  Optional<Response<T>> follow(Message message, boolean authentic) {
    checked &= authentic;
    Name asked = at;
    List<Record> answers = ofInternet(message, Section.ANSWER);
    Optional<Response<T>> end = records(answers, message);
    while (end.isEmpty()) {
      Optional<Record> alias = alias(answers);
      if (alias.isEmpty()) {
        return nothing(message, at.equals(asked));
      }
      end = goTo(alias.get()) ? records(answers, message) : failed(Failure.ALIAS_LOOP);
    }
    return end;
  }

  private static List<Record> ofInternet(Message message, int section) {
    return message.getSection(section).stream()
        .filter(record -> record.getDClass() == DClass.IN)
        .toList();
  }

  /** The records of this very name; others that stand beside them were not asked for. */
  private Optional<Response<T>> records(List<Record> answers, Message message) {
    int number = RecordReader.number(type);
    List<Record> records =
        answers.stream()
            .filter(record -> record.getType() == number && record.getName().equals(at))
            .toList();
    if (records.isEmpty()) {
      return Optional.empty();
    }
    if (message.getRcode() != Rcode.NOERROR) {
      return failed(Failure.MALFORMED); // it contradicts itself
    }
    records.forEach(this::shorten);
    List<T> data = records.stream().map(record -> RecordReader.data(type, record)).toList();
    return Optional.of(response(new Answer.Records<>(data, checked)));
  }

  /** RFC 6672 3.1: the DNAME comes first, since old servers make CNAMEs of it with a TTL of 0. */
  private Optional<Record> alias(List<Record> answers) {
    return answers.stream()
        .filter(record -> record instanceof DNAMERecord && isBelow(at, record.getName()))
        .findFirst()
        .or(() ->
            answers.stream()
                .filter(record -> record instanceof CNAMERecord && record.getName().equals(at))
                .findFirst());
  }

  private static boolean isBelow(Name name, Name other) {
    return name.subdomain(other) && !name.equals(other);
  }

  /** Follows an alias, unless that makes too many, goes round or makes a name that is too long. */
  private boolean goTo(Record alias) {
    shorten(alias);
    try {
      at =
          alias instanceof DNAMERecord dname
              ? at.fromDNAME(dname) // RFC 6672 2.2
              : ((CNAMERecord) alias).getTarget();
    } catch (NameTooLongException _) {
      return false;
    }
    return seen.add(at) && seen.size() <= MAX_ALIASES + 1;
  }

  private Optional<Response<T>> nothing(Message message, boolean isAsked) {
    if (message.getRcode() == Rcode.YXDOMAIN) { // RFC 6672 2.2: as if we had made the name
      return failed(Failure.ALIAS_LOOP);
    }
    Optional<SOARecord> soa = soa(message);
    if (message.getRcode() == Rcode.NXDOMAIN) { // RFC 6604 3: the last name of the chain
      return Optional.of(negative(new Answer.NoSuchName<>(), soa));
    }
    if (soa.isEmpty() && !isAsked) {
      return Optional.empty(); // the server has stopped at the alias
    }
    return Optional.of(negative(new Answer.NoData<>(), soa)); // RFC 2308 2.2, without SOA type 3
  }

  /** The zone's own, which says how long it holds that there is nothing. */
  private Optional<SOARecord> soa(Message message) {
    return ofInternet(message, Section.AUTHORITY).stream()
        .filter(record -> record instanceof SOARecord && at.subdomain(record.getName()))
        .map(SOARecord.class::cast)
        .findFirst();
  }

  private Response<T> negative(Answer<T> answer, Optional<SOARecord> soa) {
    if (soa.isEmpty()) {
      return new Response<>(answer, Duration.ZERO); // RFC 2308 5: not to be kept
    }
    shorten(soa.get());
    ttl = Math.min(ttl, soa.get().getMinimum()); // RFC 2308 4
    return response(answer);
  }

  private void shorten(Record record) {
    // RFC 2181 8: a TTL with the highest bit set is zero.
    ttl = Math.min(ttl, record.getTTL() > MAX_TTL ? 0 : record.getTTL());
  }

  private Response<T> response(Answer<T> answer) {
    return new Response<>(answer, Duration.ofSeconds(ttl));
  }

  private Optional<Response<T>> failed(Failure failure) {
    return Optional.of(new Response<>(new Answer.Failed<>(failure), Duration.ZERO));
  }
}
