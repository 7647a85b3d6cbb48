package dovetail.dns.dnsjava;

import static dovetail.dns.dnsjava.Asked.LONG;
import static dovetail.dns.dnsjava.Lies.answer;
import static dovetail.dns.dnsjava.Lies.says;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MailExchange;
import dovetail.dns.RecordType;
import dovetail.dns.Response;
import dovetail.dns.TlsAssociation;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What records of every type hold. */
final class RecordTypesTest {
  /** The name that is asked for, with a record of each type and an alias to nothing that fits. */
  private static final String[] ZONE = {
    "a.example. 60 MX 10 Mail.Host.",
    "a.example. 50 MX 0 .",
    "a.example. 60 MX 65535 odd\\.name.example.",
    "a.example. 60 A 192.0.2.1",
    "a.example. 60 A 127.0.0.1",
    "a.example. 60 AAAA 2001:db8::1",
    "a.example. 60 AAAA ::ffff:192.0.2.1",
    "a.example. 60 TLSA 3 1 1 AB0C",
    "a.example. 60 TLSA 255 7 0 00",
    "a.example. 60 NS Ns1.Other.",
    "a.example. 60 PTR Odd_name.Host.",
    "a.example. 60 TXT x"
  };

  private static <T> Response<T> ask(RecordType<T> type, LyingServer.Script script)
      throws IOException {
    try (Asked asked = new Asked(LONG, script)) {
      return asked.ask(type);
    }
  }

  private static <T> List<T> records(RecordType<T> type, String... lines) throws IOException {
    return ask(type, says(lines)).answer() instanceof Answer.Records<T>(List<T> records, boolean _)
        ? records
        : List.of();
  }

  @Test
  void readsEachTypeAndNoOther() throws Exception {
    assertThat(records(RecordType.TXT, ZONE)).containsExactly("x");
    assertThat(records(RecordType.MX, ZONE))
        .containsExactly(
            new MailExchange(10, "Mail.Host"),
            new MailExchange(0, ""),
            new MailExchange(65_535, "odd\\.name.example"));
    assertThat(records(RecordType.A, ZONE))
        .containsExactly(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("127.0.0.1"))
        .allMatch(Inet4Address.class::isInstance);
    assertThat(records(RecordType.TLSA, ZONE))
        .containsExactly(new TlsAssociation(3, 1, 1, "ab0c"), new TlsAssociation(255, 7, 0, "00"));
    assertThat(records(RecordType.NS, ZONE)).containsExactly("Ns1.Other");
    assertThat(records(RecordType.PTR, ZONE)).containsExactly("Odd_name.Host");
    assertThat(ask(RecordType.MX, says(ZONE)).ttl()).isEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void keepsMappedAddressesOfSixteenOctets() throws Exception {
    List<InetAddress> addresses = records(RecordType.AAAA, ZONE);
    assertThat(addresses).hasSize(2).allMatch(Inet6Address.class::isInstance);
    assertThat(addresses.getFirst()).isEqualTo(InetAddress.ofLiteral("2001:db8::1"));
    assertThat(addresses.getLast().getAddress()).hasSize(16).endsWith(192, 0, 2, 1);
  }

  @Test
  void readsTheNamesOfHosts() throws Exception {
    List<MailExchange> hosts = records(RecordType.MX, ZONE);
    assertThat(hosts.getFirst().domain().orElseThrow().ascii()).isEqualTo("mail.host");
    assertThat(hosts.get(1).domain()).isEmpty();
    assertThat(hosts.get(2).domain()).isEmpty();
  }

  @Test
  void followsAliases() throws Exception {
    assertThat(records(RecordType.A, "a.example. 5 CNAME b.example.", "b.example. 9 A 192.0.2.9"))
        .containsExactly(InetAddress.ofLiteral("192.0.2.9"));
    assertThat(ask(RecordType.A, says("a.example. 5 TXT x", "example. 9 A 192.0.2.9")).answer())
        .isEqualTo(new Answer.NoData<>());
    assertThat(ask(RecordType.TLSA, says(Rcode.SERVFAIL)).answer())
        .isEqualTo(new Answer.Failed<>(Failure.SERVER_FAILURE));
    assertThat(ask(RecordType.MX, says(Rcode.NXDOMAIN)).answer())
        .isEqualTo(new Answer.NoSuchName<>());
  }

  @Test
  void asksForTheType() throws Exception {
    LyingServer.Script script =
        says(query -> {
          String type = Type.string(query.getQuestion().getType());
          return answer(
                  query,
                  type.equals("MX") ? Rcode.NOERROR : Rcode.NXDOMAIN,
                  type.equals("MX") ? new String[] {"a.example. 5 MX 1 b."} : new String[0])
              .toWire();
        });
    assertThat(ask(RecordType.MX, script).answer()).isInstanceOf(Answer.Records.class);
    assertThat(ask(RecordType.A, script).answer()).isInstanceOf(Answer.NoSuchName.class);
  }

  /** Servers on loopback are believed, so an answer is authentic if and only if it says so. */
  @Test
  void carriesWhatTheServerHasChecked() throws Exception {
    for (boolean checked : new boolean[] {true, false}) {
      LyingServer.Script script =
          says(query -> {
            Message message = answer(query, Rcode.NOERROR, ZONE);
            if (checked) {
              message.getHeader().setFlag(Flags.AD);
            }
            return message.toWire();
          });
      for (RecordType<?> type : RecordType.all()) {
        assertThat(ask(type, script).answer())
            .isInstanceOfSatisfying(
                Answer.Records.class, some -> assertThat(some.authentic()).isEqualTo(checked));
      }
    }
  }

  @Test
  void bearsMutatedRecords() {
    SplittableRandom random = new SplittableRandom(20_261_128);
    TreeSet<String> outcomes = new TreeSet<>();
    for (RecordType<?> type : RecordType.all()) {
      Query query = new Query(7, Lies.name("a.example."), RecordReader.number(type), true, true);
      Message question = new Message(query.id());
      question.addRecord(Record.newRecord(query.name(), query.type(), DClass.IN), Section.QUESTION);
      byte[] seed = answer(question, Rcode.NOERROR, ZONE).toWire();
      for (int i = 0; i < 20_000; i++) {
        byte[] octets = seed.clone();
        for (int edits = random.nextInt(4); edits > 0; edits--) {
          octets[2 + random.nextInt(octets.length - 2)] = (byte) random.nextInt(256);
        }
        outcomes.add(type + " " + read(type, query, octets));
      }
    }
    for (RecordType<?> type : RecordType.all()) {
      assertThat(outcomes).contains(type + " Records", type + " Failed");
    }
  }

  private static <T> String read(RecordType<T> type, Query query, byte[] octets) {
    return query.read(octets, octets.length) instanceof Query.Receipt.Heard(Message message)
        ? new AliasWalk<>(type, query.name())
            .follow(message, true)
            .map(response -> response.answer().getClass().getSimpleName())
            .orElse("elsewhere")
        : "nothing";
  }
}
