package dovetail.dns.dnsjava;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.dns.Response;
import dovetail.mail.Domain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Questions to lying servers, and the answers that are to come of them. */
final class Asked implements AutoCloseable {
  static final Domain NAME = Domain.parse("a.example").orElseThrow();
  static final Question<String> TEXTS = new Question<>(RecordType.TXT, NAME);

  /** Where nothing is lost, time is long; where something is, it is waited for. */
  static final Duration LONG = Duration.ofSeconds(20);

  static final Duration SHORT = Duration.ofMillis(400);

  private final List<LyingServer> servers = new ArrayList<>();
  private final DnsjavaUpstream upstream;

  Asked(Duration timeout, LyingServer.Script... scripts) throws IOException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (LyingServer.Script script : scripts) {
      LyingServer server = new LyingServer(script);
      servers.add(server);
      addresses.add(server.address());
    }
    upstream = upstream(addresses, timeout);
  }

  static DnsjavaUpstream upstream(List<InetSocketAddress> addresses, Duration timeout) {
    return new DnsjavaUpstream(
        new DnsSettings(addresses, timeout, false), new Random(1), System::nanoTime);
  }

  static Response<String> ask(Duration timeout, LyingServer.Script... scripts) throws IOException {
    try (Asked asked = new Asked(timeout, scripts)) {
      return asked.ask();
    }
  }

  Response<String> ask() {
    return ask(RecordType.TXT);
  }

  <T> Response<T> ask(RecordType<T> type) {
    return upstream.ask(new Question<>(type, NAME));
  }

  LyingServer server(int index) {
    return servers.get(index);
  }

  static Response<String> records(long ttl, String... texts) {
    return new Response<>(new Answer.Records<>(List.of(texts), false), Duration.ofSeconds(ttl));
  }

  static Response<String> failed(Failure failure) {
    return new Response<>(new Answer.Failed<>(failure), Duration.ZERO);
  }

  static Response<String> noData(long ttl) {
    return new Response<>(new Answer.NoData<>(), Duration.ofSeconds(ttl));
  }

  static Response<String> noSuchName(long ttl) {
    return new Response<>(new Answer.NoSuchName<>(), Duration.ofSeconds(ttl));
  }

  @Override
  public void close() throws IOException {
    for (LyingServer server : servers) {
      server.close();
    }
  }
}
