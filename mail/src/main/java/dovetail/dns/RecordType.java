package dovetail.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * A type of records, and what a record of it holds.
 *
 * @param <T> what a record of the type holds
 */
public final class RecordType<T> {
  /**
   * Texts: each record with its strings joined (RFC 7208 3.3, RFC 6376 3.6.2.2), one character for
   * each octet.
   */
  public static final RecordType<String> TXT = new RecordType<>("TXT", String.class);

  /** The hosts that take a domain's mail. */
  public static final RecordType<MailExchange> MX = new RecordType<>("MX", MailExchange.class);

  /** IPv4 addresses. */
  public static final RecordType<InetAddress> A = new RecordType<>("A", InetAddress.class);

  /** IPv6 addresses; one that holds an IPv4 address stays one of 16 octets. */
  public static final RecordType<InetAddress> AAAA = new RecordType<>("AAAA", InetAddress.class);

  /** What a TLS server may be recognized by. */
  public static final RecordType<TlsAssociation> TLSA =
      new RecordType<>("TLSA", TlsAssociation.class);

  /** The names of a zone's servers, as the DNS has them, without the final dot. */
  public static final RecordType<String> NS = new RecordType<>("NS", String.class);

  /** The names of an address, as the DNS has them, without the final dot. */
  public static final RecordType<String> PTR = new RecordType<>("PTR", String.class);

  private final String name;
  private final Class<T> data;

  private RecordType(String name, Class<T> data) {
    this.name = name;
    this.data = data;
  }

  /** All types, in the order in which they stand here. */
  public static List<RecordType<?>> all() {
    return List.of(TXT, MX, A, AAAA, TLSA, NS, PTR);
  }

  /** The type's mnemonic, as zone files have it. */
  public String name() {
    return name;
  }

  /**
   * What a record of this type holds.
   *
   * @throws ClassCastException if it is nothing that such a record holds
   */
  public T data(Object value) {
    return data.cast(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
