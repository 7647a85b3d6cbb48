package dovetail.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.server.ListenSpec;
import dovetail.server.Network;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServiceTest {
  private static final List<Route> ROUTES =
      List.of(
          Route.open("GET", "/hello", request -> HttpResponse.text(200, "hi " + request.path())),
          Route.open("POST", "/post", request -> HttpResponse.text(200, request.method())),
          Route.open(
              "GET",
              "/broken",
              request -> {
                throw new IllegalStateException("secret");
              }));

  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<HttpService> service = Optional.empty();

  @BeforeEach
  void open() throws IOException {
    service =
        Optional.of(
            HttpService.open(
                List.of(ListenSpec.of("inet:127.0.0.1:0")),
                ROUTES,
                Optional.empty(),
                System::nanoTime));
  }

  @AfterEach
  void close() {
    service.ifPresent(HttpService::close);
  }

  @AfterAll
  void closeClient() {
    client.close();
  }

  private java.net.http.HttpResponse<String> ask(InetSocketAddress at, String method, String path)
      throws Exception {
    return ask(at, method, path, "");
  }

  private java.net.http.HttpResponse<String> ask(
      InetSocketAddress at, String method, String path, String body) throws Exception {
    String host = at.getAddress().getHostAddress();
    URI uri =
        URI.create(
            "http://%s:%d%s"
                .formatted(host.contains(":") ? "[" + host + "]" : host, at.getPort(), path));
    var request =
        java.net.http.HttpRequest.newBuilder(uri)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private InetSocketAddress address() {
    return service.orElseThrow().addresses().getFirst();
  }

  @Test
  void routesAnswer() throws Exception {
    var answer = ask(address(), "GET", "/hello?a=1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hi /hello\n");
    assertThat(ask(address(), "POST", "/post", "body").body()).isEqualTo("POST\n");
    assertThat(ask(address(), "HEAD", "/hello").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNotThereIsSaid() throws Exception {
    assertThat(ask(address(), "GET", "/none").statusCode()).isEqualTo(404);
    assertThat(ask(address(), "GET", "/hello/more").statusCode()).isEqualTo(404);
    var answer = ask(address(), "POST", "/hello", "x");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void aFaultOfOursStaysOurs() throws Exception {
    var answer = ask(address(), "GET", "/broken");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret");
  }

  @Test
  void bodiesHaveACap() throws Exception {
    String most = "x".repeat(Dispatcher.MOST_BODY_BYTES);
    assertThat(ask(address(), "POST", "/post", most).statusCode()).isEqualTo(200);
    assertThat(ask(address(), "POST", "/post", most + "x").statusCode()).isEqualTo(413);
  }

  /** Nobody is kept waiting by bodies that are announced and do not come. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345",
        "HEAD /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"
      })
  void aBodyOfAGetIsNotWaitedFor(String request) throws Exception {
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < Dispatcher.MOST_AT_ONCE + 1; i++) {
        Socket client = new Socket(address().getAddress(), address().getPort());
        clients.add(client);
        client.setSoTimeout(10_000);
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      }
      for (Socket client : clients) {
        String answer = head(client.getInputStream());
        assertThat(answer).startsWith("HTTP/1.1 200 ").containsIgnoringCase("connection: close");
        if (request.startsWith("GET")) {
          assertThat(client.getInputStream().readNBytes(10))
              .isEqualTo("hi /hello\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
      assertThat(ask(address(), "GET", "/hello").statusCode()).isEqualTo(200);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      assertThat(octet).isNotNegative();
      head.append((char) octet);
    }
    return head.toString();
  }

  @Test
  void aBodyOfAGetThatComesIsOfNoConsequence() throws Exception {
    assertThat(ask(address(), "GET", "/hello", "body").body()).isEqualTo("hi /hello\n");
    assertThat(ask(address(), "GET", "/hello").headers().firstValue("Connection")).isEmpty();
  }

  @Test
  void whoIsNotAllowedIsRefused() throws Exception {
    ListenSpec open = ListenSpec.of("inet:127.0.0.1:0");
    service
        .orElseThrow()
        .relisten(
            List.of(
                new ListenSpec(
                    open.address(),
                    open.mode(),
                    open.group(),
                    open.permissions(),
                    List.of(Network.parse("192.0.2.0/24")))));

    assertThat(ask(address(), "GET", "/hello").statusCode()).isEqualTo(403);
  }

  @Test
  void localhostIsEveryLoopbackAndRelistenKeepsWhatStays() throws Exception {
    HttpService running = service.orElseThrow();
    InetSocketAddress before = address();
    running.relisten(List.of(ListenSpec.of("inet:127.0.0.1:0"), ListenSpec.of("inet:localhost:0")));
    assertThat(running.addresses()).contains(before);
    for (InetSocketAddress each : running.addresses()) {
      assertThat(ask(each, "GET", "/hello").statusCode()).isEqualTo(200);
    }

    List<InetSocketAddress> all = running.addresses();
    assertThatThrownBy(() ->
            running.relisten(
                List.of(
                    ListenSpec.of("inet:127.0.0.2:0"),
                    ListenSpec.of("inet:127.0.0.1:" + before.getPort()))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on inet:127.0.0.1:" + before.getPort());
    assertThat(running.addresses()).isEqualTo(all);
  }

  @Test
  void unixSocketsAreRefused() {
    assertThatThrownBy(() ->
            HttpService.open(
                List.of(ListenSpec.of("unix:/tmp/x")), ROUTES, Optional.empty(), System::nanoTime))
        .hasMessageContaining("inet sockets only");
  }
}
