package dovetail.dkim;

import java.util.Optional;

/** The c= tag: one algorithm for the header, one for the body (RFC 6376 3.5). */
public record CanonicalizationPair(Canonicalization header, Canonicalization body) {
  /** {@code relaxed/relaxed}, which survives most of what honest relays do. */
  public static final CanonicalizationPair RELAXED =
      new CanonicalizationPair(Canonicalization.RELAXED, Canonicalization.RELAXED);

  /** {@code simple/simple}, what a signature without a c= tag has (RFC 6376 3.5). */
  public static final CanonicalizationPair SIMPLE =
      new CanonicalizationPair(Canonicalization.SIMPLE, Canonicalization.SIMPLE);

  /** Reads {@code relaxed/simple}; a single name leaves the body at simple (RFC 6376 3.5). */
  public static Optional<CanonicalizationPair> parse(String text) {
    int slash = text.indexOf('/');
    String header = slash < 0 ? text : text.substring(0, slash);
    String body = slash < 0 ? Canonicalization.SIMPLE.tag() : text.substring(slash + 1);
    return Canonicalization.parse(header)
        .flatMap(h -> Canonicalization.parse(body).map(b -> new CanonicalizationPair(h, b)));
  }

  /** The value of the c= tag, both names written out. */
  public String tag() {
    return header.tag() + "/" + body.tag();
  }

  @Override
  public String toString() {
    return tag();
  }
}
