package dovetail.lookup.mtasts;

import dovetail.dns.Answer;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import dovetail.mail.MalformedException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches policies over HTTPS (RFC 8461 3.3). Not with java.net.http: that looks the host up by
 * itself when it connects, so an address that was found to be public need not be the one that it
 * connects to, and given an address it can check no name. Here the connection goes to the address
 * that was looked at, and the name of the host is what the certificate has to be valid for.
 */
final class HttpsFetcher implements PolicyFetcher {
  private static final String LABEL = "mta-sts"; // RFC 8461 3.3
  private static final String PATH = "/.well-known/mta-sts.txt";
  private static final String MEDIA_TYPE = "text/plain"; // RFC 8461 3.2
  private static final int MOST_ADDRESSES = 4;
  private static final long MILLI = 1_000_000;

  private final Resolver resolver;
  private final FetchSettings settings;
  private final SSLSocketFactory sockets;
  private final LongSupplier nanos;

  /**
   * Fetches with these settings.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   * @throws IOException if the file of authorities cannot be used
   */
  HttpsFetcher(Resolver resolver, FetchSettings settings, LongSupplier nanos) throws IOException {
    this.resolver = resolver;
    this.settings = settings;
    this.sockets = Trust.sockets(settings.authorities());
    this.nanos = nanos;
  }

  @Override
  public FetchResult fetch(Domain domain) {
    Optional<Domain> host = domain.below(LABEL);
    if (host.isEmpty()) {
      return new FetchResult.Refused(FetchFailure.BAD_NAME, "the name is too long");
    }
    if (serverName(host.get()).isEmpty()) {
      return new FetchResult.Refused(
          FetchFailure.BAD_NAME, host.get() + ": not the name of a host, such as TLS needs");
    }
    List<InetAddress> addresses = new ArrayList<>();
    Optional<String> ofIpv4 = add(addresses, resolver.ask(RecordType.A, host.get()));
    Optional<String> ofIpv6 = add(addresses, resolver.ask(RecordType.AAAA, host.get()));
    if (addresses.isEmpty()) {
      return new FetchResult.Refused(
          FetchFailure.NO_ADDRESS, host.get() + ": " + ofIpv4.or(() -> ofIpv6).orElse("none"));
    }
    List<InetAddress> allowed =
        addresses.stream()
            .filter(address -> PublicAddress.is(address) || settings.internal().test(address))
            .limit(MOST_ADDRESSES)
            .toList();
    return allowed.isEmpty()
        ? new FetchResult.Refused(
            FetchFailure.NOT_PUBLIC, host.get() + ": " + addresses.getFirst().getHostAddress())
        : fetch(host.get(), allowed);
  }

  /** Adds the addresses of an answer; returns why there is none for which that may be said. */
  private static Optional<String> add(List<InetAddress> addresses, Answer<InetAddress> answer) {
    switch (answer) {
      case Answer.Records<InetAddress>(List<InetAddress> records, boolean _) ->
          addresses.addAll(records);
      case Answer.Failed<InetAddress> failed -> {
        return Optional.of(failed.failure().words());
      }
      case Answer.NoData<InetAddress>(), Answer.NoSuchName<InetAddress>() -> {}
    }
    return Optional.empty();
  }

  /** Tries one address after the other, as long as nobody answers. */
  private FetchResult fetch(Domain host, List<InetAddress> addresses) {
    long end = nanos.getAsLong() + settings.timeout().toNanos();
    FetchResult result = new FetchResult.Refused(FetchFailure.TIMEOUT, "");
    for (int i = 0; i < addresses.size(); i++) {
      long left = end - nanos.getAsLong();
      if (left <= 0) {
        return result;
      }
      // All but the last try leave time for the others.
      Duration share = Duration.ofNanos(i == addresses.size() - 1 ? left : left / 2);
      result = fetch(host, addresses.get(i), share);
      if (!(result instanceof FetchResult.Refused(FetchFailure why, String _)
          && (why == FetchFailure.UNREACHABLE || why == FetchFailure.TIMEOUT))) {
        return result;
      }
    }
    return result;
  }

  private FetchResult fetch(Domain host, InetAddress address, Duration time) {
    CountDownLatch over = new CountDownLatch(1);
    try (RawSocket plain = new RawSocket()) {
      Deadline deadline = new Deadline(plain, over);
      Thread.ofVirtual().name("mta-sts deadline").start(() -> deadline.watch(time));
      try {
        return converse(plain, host, new InetSocketAddress(address, settings.port()), time);
      } catch (IOException e) {
        return deadline.hit()
            ? new FetchResult.Refused(FetchFailure.TIMEOUT, place(host, address))
            : new FetchResult.Refused(why(e), place(host, address) + ": " + e.getMessage());
      } finally {
        over.countDown();
      }
    } catch (IOException e) { // of closing: what came before it counts no more
      return new FetchResult.Refused(
          FetchFailure.UNREACHABLE, place(host, address) + ": " + e.getMessage());
    }
  }

  private static String place(Domain host, InetAddress address) {
    return host + "[" + address.getHostAddress() + "]";
  }

  /**
   * Cuts a connection when its time is over, whatever it waits for: a server that sends an octet
   * now and then passes every timeout of a single read.
   */
  private static final class Deadline {
    private final Socket socket;
    private final CountDownLatch over;
    private volatile boolean hit;

    Deadline(Socket socket, CountDownLatch over) {
      this.socket = socket;
      this.over = over;
    }

    void watch(Duration time) {
      try {
        if (!over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
          hit = true;
          socket.close();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (IOException _) {
        hit = true; // closed all the same
      }
    }

    boolean hit() {
      return hit;
    }
  }

  private static FetchFailure why(IOException e) {
    return switch (e) {
      case HttpResponse.TooLongException _ -> FetchFailure.TOO_LONG;
      case HttpResponse.BadHttpException _, EOFException _ -> FetchFailure.BAD_HTTP;
      case SSLException _ -> FetchFailure.TLS;
      default -> FetchFailure.UNREACHABLE;
    };
  }

  private FetchResult converse(RawSocket plain, Domain host, InetSocketAddress peer, Duration time)
      throws IOException {
    plain.connect(peer, (int) Math.max(1, time.toNanos() / MILLI));
    try (SSLSocket socket = secured(plain, host)) {
      socket.startHandshake();
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: Dovetail\r\nAccept: %s\r\nConnection: close\r\n\r\n"
              .formatted(PATH, host, MEDIA_TYPE);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return read(
          HttpResponse.read(
              new BufferedInputStream(socket.getInputStream()), () -> !plain.hasEnded()));
    }
  }

  /** The name as TLS has it, which knows no underscores. */
  private static Optional<SNIServerName> serverName(Domain host) {
    try {
      return Optional.of(new SNIHostName(host.ascii()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private SSLSocket secured(Socket plain, Domain host) throws IOException {
    SSLSocket socket = (SSLSocket) sockets.createSocket(plain, host.ascii(), settings.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(serverName(host).stream().toList());
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 8461 3.3
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static FetchResult read(HttpResponse response) {
    if (response.status() != HttpResponse.OK) { // RFC 8461 3.3: redirects are not followed
      return new FetchResult.Refused(FetchFailure.STATUS, "status " + response.status());
    }
    if (!response.type().equals(MEDIA_TYPE)) {
      return new FetchResult.Refused(FetchFailure.MEDIA_TYPE, "");
    }
    try {
      return new FetchResult.Fetched(PolicyParser.parse(response.body()));
    } catch (MalformedException e) {
      return new FetchResult.Refused(FetchFailure.BAD_POLICY, e.reason());
    }
  }
}
