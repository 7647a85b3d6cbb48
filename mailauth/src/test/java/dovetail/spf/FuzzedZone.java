package dovetail.spf;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MailExchange;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.dns.ReverseName;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DNS and a sender by lines: the record of example.com first, then those that begin with T (name
 * and TXT record), M (name and exchanger), A (name that has the client's addresses), O (name that
 * has others), P (name of the client), F (name that fails), S (sender) or H (HELO). Others say
 * nothing.
 */
final class FuzzedZone {
  static final Domain DOMAIN = Domain.parse("example.com").orElseThrow();

  /** A table is copied with each line. */
  private static final int MOST_LINES = 40;

  private static final InetAddress IPV4 = InetAddress.ofLiteral("192.0.2.3");
  private static final InetAddress IPV6 = InetAddress.ofLiteral("2001:db8::3");
  private static final InetAddress OTHER_IPV4 = InetAddress.ofLiteral("203.0.113.9");
  private static final InetAddress OTHER_IPV6 = InetAddress.ofLiteral("2001:db8:1::9");

  private final List<String> lines;
  private final List<String> texts = new ArrayList<>();
  private MapResolver dns = new MapResolver(Map.of());
  private String sender = "a.b-c@example.com";
  private String helo = "mail.example.com";

  private FuzzedZone(List<String> lines) {
    this.lines = lines;
    text(DOMAIN, lines.getFirst());
    lines.stream().skip(1).filter(line -> line.matches("[A-Z] (?s).*")).forEach(this::line);
  }

  static FuzzedZone read(String text) {
    return new FuzzedZone(List.of(text.split("\n", -1)).stream().limit(MOST_LINES).toList());
  }

  /** With that term before all others of the first record. */
  FuzzedZone beginning(String term) {
    List<String> other = new ArrayList<>(lines);
    other.set(0, record().substring(0, 6) + " " + term + record().substring(6));
    return new FuzzedZone(other);
  }

  private void line(String line) {
    String rest = line.substring(2);
    switch (line.charAt(0)) {
      case 'S' -> sender = rest;
      case 'H' -> helo = rest;
      default -> {
        String[] words = rest.split(" ", 2);
        Domain.asked(words[0])
            .ifPresent(name -> add(line.charAt(0), name, words.length > 1 ? words[1] : ""));
      }
    }
  }

  private void add(char type, Domain name, String data) {
    switch (type) {
      case 'T' -> text(name, data);
      case 'M' -> add(RecordType.MX, name, new MailExchange(1, data));
      case 'A' -> addresses(name, IPV4, IPV6);
      case 'O' -> addresses(name, OTHER_IPV4, OTHER_IPV6);
      case 'P' -> {
        add(RecordType.PTR, ReverseName.of(IPV4), name.ascii());
        add(RecordType.PTR, ReverseName.of(IPV6), name.ascii());
      }
      case 'F' -> {
        fail(RecordType.TXT, name);
        fail(RecordType.MX, name);
        fail(RecordType.A, name);
        fail(RecordType.AAAA, name);
      }
      default -> {}
    }
  }

  private void text(Domain name, String text) {
    texts.add(text);
    add(RecordType.TXT, name, text);
  }

  private void addresses(Domain name, InetAddress ipv4, InetAddress ipv6) {
    add(RecordType.A, name, ipv4);
    add(RecordType.AAAA, name, ipv6);
  }

  private <T> void add(RecordType<T> type, Domain name, T data) {
    List<T> all = new ArrayList<>();
    if (dns.ask(type, name) instanceof Answer.Records<T>(List<T> before, boolean _)) {
      all.addAll(before);
    }
    all.add(data);
    dns = dns.with(type, name, new Answer.Records<>(all, false));
  }

  private <T> void fail(RecordType<T> type, Domain name) {
    dns = dns.with(type, name, new Answer.Failed<>(Failure.TIMEOUT));
  }

  /** The first line. */
  String record() {
    return lines.getFirst();
  }

  /** Whether the first line is all that example.com says of its senders. */
  boolean isRecordOnly() {
    Answer<String> answer = dns.txt(DOMAIN);
    return answer instanceof Answer.Records<String>(List<String> all, boolean _)
        && Optional.of(all.stream().filter(SpfRecord::isOne).toList())
            .filter(List.of(record())::equals)
            .isPresent();
  }

  MapResolver dns() {
    return dns;
  }

  /** All TXT records. */
  List<String> texts() {
    return texts;
  }

  String sender() {
    return sender;
  }

  String helo() {
    return helo;
  }
}
