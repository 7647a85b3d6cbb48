package dovetail.dns.dnsjava;

import dovetail.dns.MailExchange;
import dovetail.dns.RecordType;
import dovetail.dns.TlsAssociation;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** What records of a type hold, in our own words. */
final class RecordReader {
  private RecordReader() {}

  /** The number of a type. */
  static int number(RecordType<?> type) {
    return Type.value(type.name());
  }

  /** What a record of that type holds. */
  static <T> T data(RecordType<T> type, Record record) {
    return type.data(
        switch (record) {
          case TXTRecord text -> joined(text);
          case MXRecord host -> new MailExchange(host.getPriority(), text(host.getTarget()));
          case NSRecord server -> text(server.getTarget());
          case PTRRecord pointer -> text(pointer.getTarget());
          case ARecord address -> address.getAddress();
          case AAAARecord address -> ipv6(address.rdataToWireCanonical());
          case TLSARecord tlsa ->
              new TlsAssociation(
                  tlsa.getCertificateUsage(),
                  tlsa.getSelector(),
                  tlsa.getMatchingType(),
                  HexFormat.of().formatHex(tlsa.getCertificateAssociationData()));
          default -> throw new IllegalStateException("nobody asks for " + record.getType());
        });
  }

  private static String text(Name name) {
    return name.equals(Name.root) ? "" : name.toString(true);
  }

  /** RFC 7208 3.3, RFC 6376 3.6.2.2. */
  private static String joined(TXTRecord text) {
    StringBuilder joined = new StringBuilder();
    for (byte[] string : text.getStringsAsByteArrays()) {
      joined.append(new String(string, StandardCharsets.ISO_8859_1));
    }
    return joined.toString();
  }

  /** Not InetAddress.getByAddress, which makes an IPv4 address of a mapped one. */
  private static InetAddress ipv6(byte[] octets) {
    try {
      return Inet6Address.getByAddress("", octets, -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("such a record has 16 octets", e);
    }
  }
}
