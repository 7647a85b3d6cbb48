package dovetail.dns.dnsjava;

import static dovetail.dns.dnsjava.Asked.LONG;
import static dovetail.dns.dnsjava.Asked.SHORT;
import static dovetail.dns.dnsjava.Asked.ask;
import static dovetail.dns.dnsjava.Asked.failed;
import static dovetail.dns.dnsjava.Asked.noSuchName;
import static dovetail.dns.dnsjava.Asked.records;
import static dovetail.dns.dnsjava.Lies.answer;
import static dovetail.dns.dnsjava.Lies.framed;
import static dovetail.dns.dnsjava.Lies.record;
import static dovetail.dns.dnsjava.Lies.says;
import static dovetail.dns.dnsjava.Lies.silent;
import static dovetail.dns.dnsjava.Lies.truncates;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.dns.Response;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** How questions and answers travel, and what becomes of those that do not arrive. */
@Timeout(60)
final class TransportTest {
  private static final String TEXT = "a.example. 300 TXT x";
  private static final Response<String> GOOD = records(300, "x");

  private static byte[] good(Message query) {
    return answer(query, Rcode.NOERROR, TEXT).toWire();
  }

  @Test
  void endsInTimeWithASilentServer() throws Exception {
    try (Asked asked = new Asked(SHORT, silent())) {
      long began = System.nanoTime();
      assertThat(asked.ask()).isEqualTo(failed(Failure.TIMEOUT));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(SHORT, SHORT.plusSeconds(10));
      assertThat(asked.server(0).heard()).containsExactly("udp a.example.", "udp a.example.");
    }
  }

  @Test
  void endsInTimeWithAliasesThatNeverEnd() throws Exception {
    AtomicInteger count = new AtomicInteger();
    LyingServer.Script slow =
        query -> {
          pause(150);
          Record alias =
              record(query.getQuestion().getName() + " 1 CNAME n" + count.getAndIncrement() + ".");
          Message answer = answer(query, Rcode.NOERROR);
          answer.addRecord(alias, Section.ANSWER);
          return List.of(answer.toWire());
        };
    assertThat(ask(SHORT, slow)).isEqualTo(failed(Failure.TIMEOUT));
  }

  @Test
  void hearsALateAnswerWhenAskingAgain() throws Exception {
    List<Message> queries = new ArrayList<>();
    LyingServer.Script late =
        query -> {
          queries.add(query); // answers the first query after the second has come
          return queries.size() == 2 ? List.of(good(queries.getFirst())) : List.of();
        };
    assertThat(ask(Duration.ofSeconds(4), late)).isEqualTo(GOOD);
  }

  @Test
  void asksTheNextServerAndRemembersWhoAnswers() throws Exception {
    try (Asked asked = new Asked(Duration.ofSeconds(2), silent(), says(TransportTest::good))) {
      assertThat(asked.ask()).isEqualTo(GOOD);
      assertThat(asked.ask()).isEqualTo(GOOD);
      assertThat(asked.server(0).heard()).hasSize(1);
      assertThat(asked.server(1).heard()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR, 9})
  void asksTheNextServerAfterAnError(int rcode) throws Exception {
    Failure failure = rcode == Rcode.SERVFAIL ? Failure.SERVER_FAILURE : Failure.REFUSED;
    assertThat(ask(LONG, says(rcode), says(TEXT))).isEqualTo(GOOD);
    assertThat(ask(LONG, says(rcode), says(Rcode.NXDOMAIN))).isEqualTo(noSuchName(0));
    assertThat(ask(LONG, says(rcode))).isEqualTo(failed(failure));
    assertThat(ask(SHORT, silent(), says(rcode), silent())).isEqualTo(failed(failure));
  }

  @Test
  void takesAnErrorWithoutTheQuestion() throws Exception {
    LyingServer.Script bare =
        says(query -> {
          Message answer = answer(query, Rcode.SERVFAIL);
          answer.removeAllRecords(Section.QUESTION);
          return answer.toWire();
        });
    assertThat(ask(LONG, bare)).isEqualTo(failed(Failure.SERVER_FAILURE));
  }

  @Test
  void findsNobodyThere() throws Exception {
    InetSocketAddress nobody;
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      nobody = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    assertThat(Asked.upstream(List.of(nobody), LONG).ask(Asked.TEXTS))
        .isEqualTo(failed(Failure.UNREACHABLE));
    try (LyingServer server = new LyingServer(says(TEXT))) {
      assertThat(Asked.upstream(List.of(nobody, server.address()), LONG).ask(Asked.TEXTS))
          .isEqualTo(GOOD);
    }
  }

  @Test
  void asksWithoutEdnsWhereItIsNotKnown() throws Exception {
    LyingServer.Script old =
        query ->
            List.of(query.getOPT() == null ? good(query) : answer(query, Rcode.FORMERR).toWire());
    try (Asked asked = new Asked(LONG, old)) {
      assertThat(asked.ask()).isEqualTo(GOOD);
      assertThat(asked.server(0).heard()).containsExactly("udp a.example.", "udp a.example. plain");
    }
  }

  @Test
  void asksAsItShould() throws Exception {
    List<Message> queries = new ArrayList<>();
    ask(
        LONG,
        says(query -> {
          queries.add(query);
          return good(query);
        }));
    Message query = queries.getFirst();
    assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
    assertThat(query.getHeader().getFlag(Flags.AD)).isTrue();
    assertThat(query.getHeader().getFlag(Flags.QR)).isFalse();
    assertThat(query.getOPT().getPayloadSize()).isEqualTo(1232);
    assertThat(query.getQuestion())
        .isEqualTo(Record.newRecord(Lies.name("a.example."), Type.TXT, DClass.IN));
  }

  @Test
  void believesAdFromThisHost() throws Exception {
    LyingServer.Script checking =
        says(query -> {
          Message answer = answer(query, Rcode.NOERROR, TEXT);
          answer.getHeader().setFlag(Flags.AD);
          return answer.toWire();
        });
    assertThat(ask(LONG, checking).answer()).isEqualTo(new Answer.Records<>(List.of("x"), true));
    LyingServer.Script half =
        query -> {
          boolean first = query.getQuestion().getName().equals(Lies.name("a.example."));
          Message answer =
              answer(query, Rcode.NOERROR, first ? "a.example. 1 CNAME b." : "b. 1 TXT x");
          if (first) {
            answer.getHeader().setFlag(Flags.AD);
          }
          return List.of(answer.toWire());
        };
    assertThat(ask(LONG, half).answer()).isEqualTo(new Answer.Records<>(List.of("x"), false));
  }

  @Test
  void believesAdFromElsewhereIfTold() throws Exception {
    InetSocketAddress far = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 53);
    InetSocketAddress near = new InetSocketAddress(InetAddress.ofLiteral("::1"), 53);
    assertThat(servers(far, false).isTrusted(far)).isFalse();
    assertThat(servers(far, true).isTrusted(far)).isTrue();
    assertThat(servers(near, false).isTrusted(near)).isTrue();
  }

  private static Servers servers(InetSocketAddress server, boolean trustAd) {
    return new Servers(new DnsSettings(List.of(server), LONG, trustAd));
  }

  @Test
  void asksTheServersOfTheSystem() {
    Servers servers = new Servers(new DnsSettings(List.of(), LONG, false));
    assertThat(servers.inOrder())
        .isNotEmpty()
        .allSatisfy(server -> assertThat(server.getPort()).isEqualTo(53))
        .noneMatch(InetSocketAddress::isUnresolved);
  }

  @Test
  void waitsForTheRightAnswer() throws Exception {
    LyingServer.Script liar =
        query -> {
          byte[] other = good(query);
          other[0] ^= 1; // the id
          byte[] echo = query.toWire();
          Message wrong = new Message(query.getHeader().getID());
          wrong.getHeader().setFlag(Flags.QR);
          Record asked = Record.newRecord(Lies.name("b.example."), Type.TXT, DClass.IN);
          wrong.addRecord(asked, Section.QUESTION);
          wrong.addRecord(record("a.example. 1 TXT forged"), Section.ANSWER);
          Message bare = new Message(query.getHeader().getID());
          bare.getHeader().setFlag(Flags.QR);
          bare.addRecord(record("a.example. 1 TXT forged"), Section.ANSWER);
          return List.of(
              other, echo, wrong.toWire(), bare.toWire(), new byte[0], new byte[11], good(query));
        };
    assertThat(ask(LONG, liar)).isEqualTo(GOOD);
    LyingServer.Script onlyLies =
        query -> {
          List<byte[]> lies = liar.datagrams(query);
          return lies.subList(0, lies.size() - 1);
        };
    assertThat(ask(SHORT, onlyLies)).isEqualTo(failed(Failure.MALFORMED));
  }

  @Test
  void cannotReadGarbage() throws Exception {
    LyingServer.Script garbage =
        says(query -> {
          byte[] octets = good(query);
          Arrays.fill(octets, 12, octets.length, (byte) 0xFF);
          return octets;
        });
    assertThat(ask(LONG, garbage)).isEqualTo(failed(Failure.MALFORMED));
    assertThat(ask(LONG, garbage, says(TEXT))).isEqualTo(GOOD);
    LyingServer.Script promises =
        says(query -> {
          byte[] octets = good(query);
          Arrays.fill(octets, 6, 12, (byte) 0xFF); // 65,535 records in each section
          return octets;
        });
    assertThat(ask(LONG, promises)).isEqualTo(failed(Failure.MALFORMED));
  }

  @Test
  void readsOverTcpWhatIsTruncated() throws Exception {
    try (Asked asked = new Asked(LONG, truncates(query -> framed(good(query)), false))) {
      assertThat(asked.ask()).isEqualTo(GOOD);
      assertThat(asked.server(0).heard()).containsExactly("udp a.example.", "tcp a.example.");
    }
  }

  @Test
  void readsAsManyRecordsAsFit() throws Exception {
    int count = 3_000;
    LyingServer.Script huge =
        truncates(
            query -> {
              Message answer = answer(query, Rcode.NOERROR);
              for (int i = 0; i < count; i++) {
                answer.addRecord(record("a.example. 9 TXT r" + i), Section.ANSWER);
              }
              return framed(answer.toWire(65_535));
            },
            false);
    assertThat(
            ask(LONG, huge).answer() instanceof Answer.Records<String> some
                ? some.records()
                : List.of())
        .hasSize(count);
  }

  @Test
  void seesConnectionsThatBreak() throws Exception {
    LyingServer.Script closes = truncates(_ -> new byte[0], false);
    LyingServer.Script half = truncates(query -> Arrays.copyOf(framed(good(query)), 20), false);
    for (LyingServer.Script broken : List.of(closes, half)) {
      assertThat(ask(LONG, broken)).isEqualTo(failed(Failure.MALFORMED));
      assertThat(ask(LONG, broken, says(TEXT))).isEqualTo(GOOD);
    }
    LyingServer.Script hangs = truncates(query -> Arrays.copyOf(framed(good(query)), 20), true);
    assertThat(ask(SHORT, hangs)).isEqualTo(failed(Failure.TIMEOUT));
    assertThat(ask(Duration.ofSeconds(2), hangs, says(TEXT))).isEqualTo(GOOD);
  }

  @Test
  void believesNothingOverTcpThatItWouldNotOverUdp() throws Exception {
    LyingServer.Script liar =
        truncates(
            query -> {
              byte[] other = good(query);
              other[0] ^= 1;
              return framed(other);
            },
            false);
    assertThat(ask(LONG, liar)).isEqualTo(failed(Failure.MALFORMED));
    assertThat(ask(LONG, truncates(query -> framed(Lies.truncated(query)), false)))
        .isEqualTo(failed(Failure.MALFORMED));
  }

  @Test
  void endsWhereItsThreadIsInterrupted() throws IOException {
    try (Asked asked = new Asked(SHORT, silent())) {
      Thread.currentThread().interrupt();
      assertThat(asked.ask()).isEqualTo(failed(Failure.TIMEOUT));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers are not mixed up, however many threads ask. */
  @Test
  void answersManyAtOnce() throws Exception {
    LyingServer.Script echo =
        query ->
            List.of(
                answer(
                        query,
                        Rcode.NOERROR,
                        query.getQuestion().getName()
                            + " 1 TXT "
                            + query.getQuestion().getName().getLabelString(0))
                    .toWire());
    int count = 200;
    try (LyingServer server = new LyingServer(echo)) {
      DnsjavaUpstream upstream = Asked.upstream(List.of(server.address()), LONG);
      AtomicInteger right = new AtomicInteger();
      CountDownLatch ended = new CountDownLatch(count);
      for (int i = 0; i < count; i++) {
        String label = "n" + i;
        Thread.ofVirtual()
            .start(() -> {
              var name = dovetail.mail.Domain.parse(label + ".example").orElseThrow();
              if (upstream.ask(new Question<>(RecordType.TXT, name)).equals(records(1, label))) {
                right.incrementAndGet();
              }
              ended.countDown();
            });
      }
      ended.await();
      assertThat(right).hasValue(count);
    }
  }
}
