package dovetail.outbox;

import dovetail.mail.Domain;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SMTP server that takes mail of ours.
 *
 * @param host its name in the form of the DNS, or its address; an IPv6 one without brackets
 * @param port where it listens, from 1 to 65535
 */
public record Relay(String host, int port) {
  /** Where SMTP is spoken (RFC 5321 4.5.4.2). */
  public static final int SMTP_PORT = 25;

  private static final int MAX_PORT = 65_535;
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:\\[(?<ipv6>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)]|(?<host>[^:\\[\\]]+))"
              + "(?::(?<port>[0-9]{1,5}))?");
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /**
   * @throws IllegalArgumentException if that is no host or no port
   */
  public Relay {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("no port: " + port);
    }
    if (literal(host).isEmpty()
        && !Domain.parse(host).map(Domain::ascii).equals(Optional.of(host))) {
      throw new IllegalArgumentException("no name or address of a host");
    }
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port}; the port is {@value
   * #SMTP_PORT} if there is none. A host is a name, in U-labels or A-labels, or an IPv4 address.
   *
   * @return nothing if it is none of these
   */
  public static Optional<Relay> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<String> host =
        Optional.ofNullable(matcher.group("ipv6"))
            .map(address -> address.toLowerCase(Locale.ROOT))
            .filter(address -> literal(address).isPresent())
            .or(() -> Optional.ofNullable(matcher.group("host")).flatMap(Relay::named));
    int port = Optional.ofNullable(matcher.group("port")).map(Integer::parseInt).orElse(SMTP_PORT);
    return host.filter(_ -> port >= 1 && port <= MAX_PORT).map(found -> new Relay(found, port));
  }

  private static Optional<String> named(String host) {
    return literal(host).map(_ -> host).or(() -> Domain.parse(host).map(Domain::ascii));
  }

  /** The address that the text is, without asking anybody. */
  private static Optional<InetAddress> literal(String host) {
    if (!IPV4.matcher(host).matches() && host.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * Its addresses, as the host finds them ({@code /etc/hosts}, DNS), IPv4 first whatever Java
   * prefers. Each bears the name, so that nobody looks up another one.
   *
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> addresses() throws UnknownHostException {
    Optional<InetAddress> literal = literal(host);
    InetAddress[] found =
        literal.isPresent()
            ? new InetAddress[] {InetAddress.getByAddress(host, literal.get().getAddress())}
            : InetAddress.getAllByName(host);
    return Arrays.stream(found)
        .sorted(Comparator.comparing(Inet6Address.class::isInstance))
        .toList();
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }
}
