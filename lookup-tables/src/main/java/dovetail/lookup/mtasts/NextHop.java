package dovetail.lookup.mtasts;

import dovetail.mail.Domain;
import java.util.Optional;

/**
 * Where Postfix is about to deliver, as it asks for a TLS policy: {@code domain}, {@code
 * domain:port}, {@code [host]} or {@code [host]:port}.
 *
 * @param domain the domain or host
 * @param isHost whether it stood in brackets: it is no domain whose MX hosts are looked up
 * @param port the port, 25 unless another one is named
 */
record NextHop(Domain domain, boolean isHost, int port) {
  private static final int SMTP = 25;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_DIGITS = 5;

  /**
   * Reads a key.
   *
   * @return nothing for what can have no policy: an address, a name of one label, {@code .parent}
   *     as Postfix asks for it, the path of a socket
   */
  static Optional<NextHop> parse(String key) {
    boolean isHost = key.startsWith("[");
    int end = isHost ? key.indexOf(']') : key.indexOf(':');
    String name = end < 0 ? key : key.substring(isHost ? 1 : 0, end);
    String rest = end < 0 ? "" : key.substring(isHost ? end + 1 : end);
    if (isHost && end < 0) {
      return Optional.empty();
    }
    return port(rest)
        .flatMap(port ->
            Domain.parse(name)
                .filter(domain -> domain.parent().isPresent())
                .map(domain -> new NextHop(domain, isHost, port)));
  }

  /** The port behind the name; that of SMTP if there is none. */
  private static Optional<Integer> port(String rest) {
    if (rest.isEmpty()) {
      return Optional.of(SMTP);
    }
    if (rest.charAt(0) != ':') {
      return Optional.empty();
    }
    String text = rest.substring(1);
    return switch (text) {
      case "smtp" -> Optional.of(SMTP);
      case "submission" -> Optional.of(587);
      case "smtps", "submissions" -> Optional.of(465);
      default -> number(text);
    };
  }

  private static Optional<Integer> number(String text) {
    if (text.isEmpty()
        || text.length() > MAX_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text);
    return port >= 1 && port <= MAX_PORT ? Optional.of(port) : Optional.empty();
  }
}
