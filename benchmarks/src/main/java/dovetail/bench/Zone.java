package dovetail.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the DNS says of strangers; worked out when it is asked for, however many there are. */
final class Zone {
  static final int A = 1;
  static final int SOA = 6;
  static final int PTR = 12;
  static final int TXT = 16;

  private static final String REVERSE = ".in-addr.arpa";
  private static final String KEY = Stranger.SELECTOR + "._domainkey.";
  private static final String POLICY = "_dmarc.";
  private static final String INCLUDED = Stranger.SPF + ".";
  private static final int LONGEST_STRING = 255;

  private final String publicKey;

  /**
   * @param publicKey the record of the key with which all of them sign, from {@code k=} on
   */
  Zone(String publicKey) {
    this.publicKey = publicKey;
  }

  /** The one record of a name, as far as it is looked at. */
  record Data(int type, ByteBuffer octets) {
    private Data(int type, byte[] octets) {
      this(type, ByteBuffer.wrap(octets));
    }
  }

  /** What there is at a name in small letters; nothing if there is no such name. */
  Optional<Data> at(String name) {
    if (name.endsWith(REVERSE)) {
      return address(name).flatMap(Stranger::ofAddress).map(it -> new Data(PTR, wire(it.host())));
    }
    if (name.equals(INCLUDED + Stranger.PROVIDER)) {
      return Optional.of(included());
    }
    if (name.startsWith(KEY)) {
      // Its own number in it: a program that knew the text would have nothing to read.
      return Stranger.ofDomain(name.substring(KEY.length()))
          .map(it -> text("v=DKIM1; n=" + it.number() + "; " + publicKey));
    }
    if (name.startsWith(POLICY)) {
      return Stranger.ofDomain(name.substring(POLICY.length()))
          .map(it -> text("v=DMARC1; p=reject; rua=mailto:dmarc@" + it.domain()));
    }
    if (name.startsWith(INCLUDED)) {
      return Stranger.ofDomain(name.substring(INCLUDED.length())).map(_ -> included());
    }
    return Stranger.ofDomain(name)
        .map(it ->
            text(
                "v=spf1 ip4:203.0.113.25 include:"
                    + INCLUDED
                    + (it.hosted() ? Stranger.PROVIDER : it.domain())
                    + " ~all"))
        .or(() ->
            Stranger.ofHost(name)
                .map(it ->
                    new Data(A, ByteBuffer.allocate(Integer.BYTES).putInt(it.address()).array())));
  }

  private static Data included() {
    return text(
        "v=spf1 ip4:203.0.113.0/24 ip4:192.0.2.0/24 ip6:2001:db8::/32 ip4:"
            + Stranger.NETWORK
            + " ~all");
  }

  private static Optional<Integer> address(String name) {
    String[] parts = name.substring(0, name.length() - REVERSE.length()).split("\\.", -1);
    int address = 0;
    for (int i = parts.length - 1; i >= 0; i--) {
      if (parts.length != Integer.BYTES || !parts[i].matches("[0-9]{1,3}")) {
        return Optional.empty();
      }
      address = address << Byte.SIZE | (Integer.parseInt(parts[i]) & 0xFF);
    }
    return Optional.of(address);
  }

  /** A text record, in as many strings as it takes. */
  private static Data text(String text) {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    for (int at = 0; at < octets.length; at += LONGEST_STRING) {
      int length = Math.min(LONGEST_STRING, octets.length - at);
      strings.write(length);
      strings.write(octets, at, length);
    }
    return new Data(TXT, strings.toByteArray());
  }

  /** A name, as messages hold it. */
  static byte[] wire(String name) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (String label : name.split("\\.", -1)) {
      octets.write(label.length());
      octets.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    octets.write(0);
    return octets.toByteArray();
  }
}
