package dovetail.lookup.mtasts;

import static dovetail.lookup.mtasts.World.domain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HttpsFetcherTest {
  private static final String GOOD =
      "version: STSv1\nmode: enforce\nmx: mail.example\nmax_age: 86400\n";
  private static final String HOST = "mta-sts.a.example";

  @TempDir static Path scratch;
  private static PolicyHost.Identity identity;
  private static PolicyHost.Identity stranger;
  private static PolicyHost host;

  private MapResolver dns = new MapResolver(Map.of());

  @BeforeAll
  static void makeHosts() throws IOException {
    identity = PolicyHost.Identity.make(scratch, "good", HOST, "other.example");
    stranger = PolicyHost.Identity.make(scratch, "stranger", HOST);
    host = new PolicyHost(identity, "127.0.0.1", 0);
  }

  @AfterAll
  static void closeHosts() throws IOException {
    host.close();
  }

  private void address(String name, String... addresses) {
    List<InetAddress> all = List.of(addresses).stream().map(InetAddress::ofLiteral).toList();
    dns = dns.with(RecordType.A, domain(name), new Answer.Records<>(all, false));
  }

  private FetchResult fetch(String domain, Duration timeout, int port) throws IOException {
    FetchSettings settings =
        new FetchSettings(
            timeout, port, Optional.of(identity.certificate()), InetAddress::isLoopbackAddress);
    return new HttpsFetcher(dns, settings, System::nanoTime).fetch(domain(domain));
  }

  private FetchResult fetch(String answer) throws IOException {
    address(HOST, "127.0.0.1");
    host.answers.put(HOST, answer);
    return fetch("a.example", Duration.ofSeconds(20), host.port());
  }

  private static FetchFailure why(FetchResult result) {
    assertThat(result).isInstanceOf(FetchResult.Refused.class);
    return ((FetchResult.Refused) result).why();
  }

  @Test
  void fetchesAPolicy() throws Exception {
    host.heard.clear();
    assertThat(fetch(PolicyHost.text(GOOD)))
        .isEqualTo(
            new FetchResult.Fetched(
                World.policy(Policy.Mode.ENFORCE, Duration.ofDays(1), "mail.example")));
    assertThat(host.heard).contains("GET /.well-known/mta-sts.txt HTTP/1.1 " + HOST);
  }

  @Test
  void followsNoRedirect() throws Exception {
    String redirect = "HTTP/1.1 302 Found\r\nLocation: https://other.example/\r\n\r\n";
    assertThat(why(fetch(redirect))).isEqualTo(FetchFailure.STATUS);
    assertThat(why(fetch("HTTP/1.1 404 Not Found\r\n\r\n"))).isEqualTo(FetchFailure.STATUS);
  }

  @Test
  void refusesWhatIsNoPolicy() throws Exception {
    assertThat(why(fetch(PolicyHost.text(GOOD).replace("plain", "html"))))
        .isEqualTo(FetchFailure.MEDIA_TYPE);
    assertThat(why(fetch(PolicyHost.text("garbage")))).isEqualTo(FetchFailure.BAD_POLICY);
    assertThat(why(fetch(PolicyHost.text(GOOD + "x: " + "y".repeat(70_000)))))
        .isEqualTo(FetchFailure.TOO_LONG);
    assertThat(why(fetch("garbage\r\n\r\n"))).isEqualTo(FetchFailure.BAD_HTTP);
    assertThat(why(fetch("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")))
        .isEqualTo(FetchFailure.BAD_HTTP);
  }

  /** Whoever is on the way could leave out the last lines. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void refusesWhatMayHaveBeenCut(String version) throws Exception {
    try (PolicyHost each = new PolicyHost(identity, "127.0.0.1", 0)) {
      each.version = version;
      address(HOST, "127.0.0.1");
      each.answers.put(HOST, PolicyHost.text(GOOD) + PolicyHost.CUT);
      assertThat(fetch("a.example", Duration.ofSeconds(20), each.port()))
          .isInstanceOfSatisfying(
              FetchResult.Refused.class,
              refused -> {
                assertThat(refused.why()).isEqualTo(FetchFailure.BAD_HTTP);
                assertThat(refused.detail()).endsWith("no length, and no close_notify");
              });
      each.answers.put(HOST, PolicyHost.text(GOOD));
      assertThat(fetch("a.example", Duration.ofSeconds(20), each.port()))
          .isInstanceOf(FetchResult.Fetched.class);
      each.answers.put(
          HOST,
          PolicyHost.text(GOOD).replace("\r\n\r\n", "\r\nContent-Length: 61\r\n\r\n")
              + PolicyHost.CUT);
      assertThat(fetch("a.example", Duration.ofSeconds(20), each.port()))
          .isInstanceOf(FetchResult.Fetched.class);
    }
  }

  /** Neither with an address nor without one: it is not even asked for. */
  @Test
  void refusesNamesThatTlsDoesNotHave() throws Exception {
    assertThat(why(fetch("a_b.example", Duration.ofSeconds(20), host.port())))
        .isEqualTo(FetchFailure.BAD_NAME);
    address("mta-sts.a_b.example", "127.0.0.1");
    assertThat(why(fetch("a_b.example", Duration.ofSeconds(20), host.port())))
        .isEqualTo(FetchFailure.BAD_NAME);
  }

  @Test
  void refusesCertificatesOfOthers() throws Exception {
    address("mta-sts.b.example", "127.0.0.1"); // which the certificate does not name
    assertThat(why(fetch("b.example", Duration.ofSeconds(20), host.port())))
        .isEqualTo(FetchFailure.TLS);
    try (PolicyHost other = new PolicyHost(stranger, "127.0.0.1", 0)) {
      other.answers.put(HOST, PolicyHost.text(GOOD));
      address(HOST, "127.0.0.1");
      assertThat(why(fetch("a.example", Duration.ofSeconds(20), other.port())))
          .isEqualTo(FetchFailure.TLS);
      assertThat(other.heard).doesNotContain("GET /.well-known/mta-sts.txt HTTP/1.1 " + HOST);
    }
  }

  @Test
  void connectsToPublicAddressesOnly() throws Exception {
    for (String address : List.of("10.0.0.1", "169.254.169.254", "192.168.0.1", "::1")) {
      address(HOST, address);
      FetchSettings settings =
          new FetchSettings(Duration.ofSeconds(20), host.port(), Optional.empty(), _ -> false);
      assertThat(why(new HttpsFetcher(dns, settings, System::nanoTime).fetch(domain("a.example"))))
          .isEqualTo(FetchFailure.NOT_PUBLIC);
    }
  }

  @Test
  void needsAnAddress() throws Exception {
    assertThat(why(fetch("a.example", Duration.ofSeconds(20), host.port())))
        .isEqualTo(FetchFailure.NO_ADDRESS);
    dns = dns.with(RecordType.A, domain(HOST), new Answer.Failed<>(Failure.TIMEOUT));
    assertThat(fetch("a.example", Duration.ofSeconds(20), host.port()))
        .isEqualTo(new FetchResult.Refused(FetchFailure.NO_ADDRESS, HOST + ": timeout"));
    String longest = ("x".repeat(60) + ".").repeat(4) + "example";
    assertThat(why(fetch(longest, Duration.ofSeconds(20), host.port())))
        .isEqualTo(FetchFailure.BAD_NAME);
  }

  @Test
  void triesOtherAddresses() throws Exception {
    int port;
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = nobody.getLocalPort();
    }
    address(HOST, "127.0.0.1", "127.0.0.2");
    assertThat(why(fetch("a.example", Duration.ofSeconds(20), port)))
        .isEqualTo(FetchFailure.UNREACHABLE);
    try (PolicyHost second = new PolicyHost(identity, "127.0.0.2", port)) {
      second.answers.put(HOST, PolicyHost.text(GOOD));
      assertThat(fetch("a.example", Duration.ofSeconds(20), port))
          .isInstanceOf(FetchResult.Fetched.class);
    }
  }

  /** However little at a time comes, the whole has one deadline. */
  @Test
  void endsInTime() throws Exception {
    address(HOST, "127.0.0.1");
    host.answers.put(HOST, PolicyHost.text(GOOD) + "\0\n");
    long began = System.nanoTime();
    assertThat(why(fetch("a.example", Duration.ofMillis(600), host.port())))
        .isEqualTo(FetchFailure.TIMEOUT);
    // Nor does one end late that never says anything, not even in TLS.
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(why(fetch("a.example", Duration.ofMillis(600), silent.getLocalPort())))
          .isEqualTo(FetchFailure.TIMEOUT);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(1_200), Duration.ofSeconds(15));
  }

  @Test
  void saysWhatIsWrongWithTheFileOfAuthorities() throws Exception {
    Path file = scratch.resolve("none.pem");
    Files.writeString(file, "");
    assertThatThrownBy(() -> Trust.sockets(Optional.of(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.pem");
    Files.writeString(file, "nonsense");
    assertThatThrownBy(() -> Trust.sockets(Optional.of(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.pem");
    assertThatThrownBy(() -> Trust.sockets(Optional.of(scratch.resolve("absent"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent");
    assertThat(Trust.sockets(Optional.empty())).isNotNull();
  }
}
