package dovetail.dns.dnsjava;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Authorities;
import dovetail.dns.Failure;
import dovetail.dns.MapResolver;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.mail.Domain;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** Name servers at several addresses of this host, which listen on one port. */
final class AuthoritativeServersTest {
  private static final Domain NAME = domain("key.a.example");
  private static final Duration TIMEOUT = Duration.ofMillis(600);

  private final List<LyingServer> servers = new ArrayList<>();
  private final int port = freePort();
  private MapResolver resolver =
      new MapResolver(Map.of())
          .with(RecordType.NS, domain("a.example"), records("ns1.a.example", "ns2.b.example"))
          .with(RecordType.NS, domain("example"), records("ns.tld"))
          .with(RecordType.A, domain("ns1.a.example"), records(address("127.0.0.2")))
          .with(RecordType.A, domain("ns2.b.example"), records(address("127.0.0.3")));

  AuthoritativeServersTest() throws IOException {}

  private static int freePort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0))) {
      return socket.getLocalPort();
    }
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  private static Answer<String> records(String... names) {
    return new Answer.Records<>(List.of(names), false);
  }

  private static Answer<InetAddress> records(InetAddress address) {
    return new Answer.Records<>(List.of(address), false);
  }

  private void serve(String address, LyingServer.Script script) throws IOException {
    servers.add(new LyingServer(address, port, script));
  }

  private static LyingServer.Script says(int rcode, String... lines) {
    return query -> {
      Message message = Lies.answer(query, rcode, lines);
      message.getHeader().setFlag(Flags.AA);
      return List.of(message.toWire());
    };
  }

  @AfterEach
  void close() throws IOException {
    for (LyingServer server : servers) {
      server.close();
    }
  }

  private List<String> ask() {
    Authorities authorities =
        new AuthoritativeServers(resolver, port, TIMEOUT, new Random(1), System::nanoTime);
    return authorities.ask(new Question<>(RecordType.TXT, NAME)).stream()
        .map(said -> said.server() + ": " + text(said.answer()))
        .toList();
  }

  private static String text(Answer<String> answer) {
    return switch (answer) {
      case Answer.Records<String>(List<String> texts, boolean _) -> String.join("|", texts);
      case Answer.NoData<String>() -> "no data";
      case Answer.NoSuchName<String>() -> "no such name";
      case Answer.Failed<String>(Failure failure) -> failure.words();
    };
  }

  @Test
  void asksEachServerAlone() throws Exception {
    serve("127.0.0.2", says(Rcode.NOERROR, "key.a.example. 60 TXT new"));
    serve("127.0.0.3", says(Rcode.NXDOMAIN, "a.example. 60 SOA ns. root. 1 1 1 1 1"));
    assertThat(ask())
        .containsExactly(
            "ns1.a.example (127.0.0.2): new", "ns2.b.example (127.0.0.3): no such name");
    // Without the flag RD: not to be looked up elsewhere.
    assertThat(servers).allMatch(server -> server.heard().equals(List.of("udp key.a.example.")));
    assertThat(servers).noneMatch(LyingServer::wasToldToRecur);
  }

  @Test
  void believesOnlyWhoSpeaksForTheZone() throws Exception {
    serve("127.0.0.2", Lies.says("key.a.example. 60 TXT kept"));
    serve("127.0.0.3", says(Rcode.NOERROR, "deeper.key.a.example. 60 NS ns.elsewhere."));
    assertThat(ask())
        .containsExactly(
            "ns1.a.example (127.0.0.2): not authoritative", "ns2.b.example (127.0.0.3): refused");
  }

  @Test
  void saysWhoIsSilent() throws Exception {
    serve("127.0.0.2", Lies.silent());
    serve("127.0.0.3", says(Rcode.NOERROR, "key.a.example. 60 TXT new"));
    assertThat(ask())
        .containsExactly("ns1.a.example (127.0.0.2): timeout", "ns2.b.example (127.0.0.3): new");
    assertThat(servers.getFirst().heard()).hasSize(2);
  }

  @Test
  void oneAddressOfAServerIsEnough() throws Exception {
    resolver =
        resolver
            .with(RecordType.NS, domain("a.example"), records("ns1.a.example"))
            .with(RecordType.AAAA, domain("ns1.a.example"), records(address("::1")));
    serve("127.0.0.2", says(Rcode.NOERROR, "key.a.example. 60 TXT new"));
    assertThat(ask()).containsExactly("ns1.a.example (127.0.0.2): new");
  }

  @Test
  void goesUpToTheZone() throws Exception {
    resolver =
        resolver
            .with(RecordType.NS, domain("a.example"), new Answer.NoData<>())
            .with(RecordType.A, domain("ns.tld"), records(address("127.0.0.2")));
    serve("127.0.0.2", says(Rcode.NXDOMAIN));
    assertThat(ask()).containsExactly("ns.tld (127.0.0.2): no such name");
  }

  @Test
  void failsWhereNoServerIsFound() {
    resolver =
        new MapResolver(Map.of())
            .with(RecordType.NS, domain("a.example"), new Answer.Failed<>(Failure.SERVER_FAILURE));
    assertThat(ask()).containsExactly("the name servers of key.a.example: server failure");
    resolver = new MapResolver(Map.of());
    assertThat(ask()).containsExactly("the name servers of key.a.example: malformed");
    resolver = resolver.with(RecordType.NS, domain("a.example"), records("ns1.a.example"));
    assertThat(ask()).containsExactly("ns1.a.example, which has no address: unreachable");
  }

  /** Keys of a provider stand in the provider's zone, which has servers of its own. */
  @Test
  void asksTheServersOfAnAliasesTarget() throws Exception {
    resolver =
        resolver
            .with(RecordType.NS, domain("provider.example"), records("ns.provider.example"))
            .with(RecordType.A, domain("ns.provider.example"), records(address("127.0.0.4")));
    for (String server : List.of("127.0.0.2", "127.0.0.3")) {
      serve(server, says(Rcode.NOERROR, "key.a.example. 60 CNAME k1.provider.example."));
    }
    serve("127.0.0.4", says(Rcode.NOERROR, "k1.provider.example. 60 TXT theirs"));
    assertThat(ask()).containsExactly("ns.provider.example (127.0.0.4): theirs");
    assertThat(servers.getLast().heard()).hasSize(1);
  }

  @Test
  void takesWhatAServerSaysOfItsOwnAliases() throws Exception {
    resolver = resolver.with(RecordType.NS, domain("a.example"), records("ns1.a.example"));
    serve(
        "127.0.0.2",
        says(Rcode.NOERROR, "key.a.example. 60 CNAME k1.a.example.", "k1.a.example. 60 TXT here"));
    assertThat(ask()).containsExactly("ns1.a.example (127.0.0.2): here");
  }

  @Test
  void endsWhereAliasesDoNot() throws Exception {
    resolver =
        resolver
            .with(RecordType.NS, domain("a.example"), records("ns1.a.example"))
            .with(RecordType.NS, domain("x.example"), records("ns1.a.example"));
    int[] count = {0};
    serve(
        "127.0.0.2",
        query -> {
          String next = " 60 CNAME n" + count[0]++ + ".x.example.";
          return says(Rcode.NOERROR, query.getQuestion().getName() + next).datagrams(query);
        });
    assertThat(ask()).singleElement().asString().endsWith(": alias loop");
    assertThat(count[0]).isLessThan(15);
  }

  @Test
  void endsInACircle() throws Exception {
    resolver = resolver.with(RecordType.NS, domain("a.example"), records("ns1.a.example"));
    serve(
        "127.0.0.2",
        query ->
            says(
                    Rcode.NOERROR,
                    query.getQuestion().getName().toString().startsWith("key")
                        ? "key.a.example. 60 CNAME other.a.example."
                        : "other.a.example. 60 CNAME key.a.example.")
                .datagrams(query));
    assertThat(ask()).singleElement().asString().endsWith(": alias loop");
  }
}
