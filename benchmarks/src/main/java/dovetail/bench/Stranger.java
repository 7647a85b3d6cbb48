package dovetail.bench;

import java.util.Optional;

/**
 * Somebody whose mail comes in: a domain that signs and publishes SPF and DMARC, and a host that
 * brings it. There are as many as are wanted, and they differ in number alone.
 *
 * @param number from 0 up
 * @param hosted whether the domain includes the SPF record of the one provider that all such
 *     domains share, in place of one of its own
 */
record Stranger(int number, boolean hosted) {
  /** More have no address. */
  static final int MOST = 1 << 17;

  /** The network for benchmarks, RFC 2544. */
  static final String NETWORK = "198.18.0.0/15";

  static final String SELECTOR = "rsa";
  static final String SPF = "_spf";

  /** Whose hosts bring all mail. */
  static final String PROVIDER = "isp.example";

  private static final String ZONE = ".example";
  private static final int FIRST_ADDRESS = 198 << 24 | 18 << 16;

  Stranger {
    if (number < 0 || number >= MOST) {
      throw new IllegalArgumentException("stranger " + number + ": expected 0 to " + (MOST - 1));
    }
  }

  /** Who has that domain. */
  static Optional<Stranger> ofDomain(String domain) {
    return numbered(domain, "d", ZONE)
        .map(number -> new Stranger(number, false))
        .or(() -> numbered(domain, "s", ZONE).map(number -> new Stranger(number, true)));
  }

  /** Whose mail that host brings. */
  static Optional<Stranger> ofHost(String host) {
    return numbered(host, "h", "." + PROVIDER).map(number -> new Stranger(number, false));
  }

  /** Whose host has that address, as four octets. */
  static Optional<Stranger> ofAddress(int address) {
    int number = address - FIRST_ADDRESS;
    return number >= 0 && number < MOST
        ? Optional.of(new Stranger(number, false))
        : Optional.empty();
  }

  /** The number in a name of a letter and a number below a zone. */
  private static Optional<Integer> numbered(String name, String letter, String zone) {
    if (!name.startsWith(letter) || !name.endsWith(zone)) {
      return Optional.empty();
    }
    String digits = name.substring(1, name.length() - zone.length());
    return digits.matches("[0-9]{1,6}")
        ? Optional.of(Integer.parseInt(digits)).filter(number -> number < MOST)
        : Optional.empty();
  }

  String domain() {
    return (hosted ? "s" : "d") + number + ZONE;
  }

  String host() {
    return "h" + number + "." + PROVIDER;
  }

  /** Of its host, as four octets. */
  int address() {
    return FIRST_ADDRESS + number;
  }

  /** What a milter is told of a message from here. */
  Envelope envelope() {
    String text =
        (address() >>> 24)
            + "."
            + (address() >>> 16 & 0xFF)
            + "."
            + (address() >>> 8 & 0xFF)
            + "."
            + (address() & 0xFF);
    return new Envelope(text, host(), "joe@" + domain());
  }
}
