package dovetail.dkim;

import dovetail.dkim.DkimResult.Claims;
import dovetail.dkim.DkimSignature.Hashes;
import dovetail.dkim.DkimSignature.Limits;
import dovetail.dkim.DkimSignature.Span;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.MalformedException;
import dovetail.mail.Utf8;
import dovetail.tag.Tag;
import dovetail.tag.TagList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one DKIM-Signature field (RFC 6376 3.5, 6.1.1). */
final class SignatureParser {
  /** Names in one h= tag; all that is to be hashed is found by them. */
  static final int MAX_NAMES = 2000;

  /** RFC 6008 4: as many characters of b= as tell signatures apart. */
  private static final int START = 8;

  /** As many digits as fit into a long. */
  private static final int MAX_DIGITS = 18;

  private final HeaderField field;
  private final TagList tags;
  private final Claims claims;

  private SignatureParser(HeaderField field, TagList tags) {
    this.field = field;
    this.tags = tags;
    this.claims = claims(tags);
  }

  static ParsedSignature parse(HeaderField field) {
    TagList tags;
    try {
      tags = TagList.parse(field.value());
    } catch (MalformedException e) {
      Optional<String> unknown = Optional.empty();
      return new ParsedSignature.Unusable(
          DkimReason.MALFORMED,
          e.reason(),
          new Claims(Optional.empty(), unknown, unknown, unknown, unknown));
    }
    SignatureParser parser = new SignatureParser(field, tags);
    try {
      return parser.parse();
    } catch (MalformedException e) {
      return new ParsedSignature.Unusable(DkimReason.MALFORMED, e.reason(), parser.claims);
    }
  }

  /** What can be told of a signature even where other parts of it are wrong (RFC 8616 3). */
  private static Claims claims(TagList tags) {
    return new Claims(
        tags.value("d").flatMap(d -> Domain.parse(Utf8.tolerant(d))),
        tags.value("s").map(Utf8::tolerant),
        tags.value("i").flatMap(QuotedPrintable::decode),
        tags.value("a"),
        tags.value("b").map(TagList::withoutSpace).map(SignatureParser::start));
  }

  private static String start(String base64) {
    return base64.substring(0, Math.min(START, base64.length()));
  }

  private ParsedSignature parse() throws MalformedException {
    if (!require("v").value().equals("1")) {
      throw malformed("unknown version");
    }
    String algorithm = require("a").value();
    Domain domain = domain();
    Domain keyName = keyName(domain);
    List<String> names = names();
    Hashes hashes = new Hashes(base64(require("bh")), base64(require("b")));
    CanonicalizationPair canonicalization = canonicalization();
    Limits limits = limits();
    Domain identity = identityDomain(domain);
    checkQueryMethods();
    Optional<Algorithm> known = Algorithm.parse(algorithm);
    if (known.isEmpty()) {
      return unknown(algorithm);
    }
    return new DkimSignature(
        field,
        blank(require("b")),
        claims,
        known.get(),
        canonicalization,
        names,
        identity,
        domain,
        keyName,
        limits,
        hashes);
  }

  /** The name comes from a stranger: only one that we know is repeated. */
  private ParsedSignature unknown(String algorithm) {
    return algorithm.equals("rsa-sha1") // RFC 8301 3.1
        ? new ParsedSignature.Unusable(DkimReason.OBSOLETE_ALGORITHM, "rsa-sha1", claims)
        : new ParsedSignature.Unusable(DkimReason.UNKNOWN_ALGORITHM, "", claims);
  }

  private Tag require(String name) throws MalformedException {
    return tags.tag(name).orElseThrow(() -> malformed("no " + name + "= tag"));
  }

  private static MalformedException malformed(String reason) {
    return new MalformedException(reason, 0);
  }

  private Span blank(Tag signature) {
    int value = field.colon() + 1;
    return new Span(value + signature.start(), value + signature.end());
  }

  private Domain domain() throws MalformedException {
    require("d");
    return claims.domain().orElseThrow(() -> malformed("d= is no domain"));
  }

  /** RFC 6376 3.6.2.1; U-labels become A-labels (RFC 8616 5). */
  private Domain keyName(Domain domain) throws MalformedException {
    require("s");
    String selector = claims.selector().orElse("");
    return KeyRecord.domain(selector, domain).orElseThrow(() -> malformed("s= is no selector"));
  }

  private List<String> names() throws MalformedException {
    List<String> names = new ArrayList<>();
    boolean from = false;
    for (String item : require("h").value().split(":", MAX_NAMES + 2)) {
      String name = TagList.withoutSpace(item).toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        throw malformed("h= has an empty name");
      }
      from |= name.equals("from");
      names.add(name);
    }
    if (names.size() > MAX_NAMES) {
      throw malformed("h= has too many names");
    }
    if (!from) { // RFC 6376 6.1.1
      throw malformed("h= does not name From");
    }
    return names;
  }

  private static byte[] base64(Tag tag) throws MalformedException {
    String text = TagList.withoutSpace(tag.value());
    if (text.isEmpty()) {
      throw malformed(tag.name() + "= is empty");
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw malformed(tag.name() + "= is not base64");
    }
  }

  private CanonicalizationPair canonicalization() throws MalformedException {
    Optional<String> value = tags.value("c");
    return value.isEmpty()
        ? CanonicalizationPair.SIMPLE
        : CanonicalizationPair.parse(value.get())
            .orElseThrow(() -> malformed("unknown canonicalization"));
  }

  private Limits limits() throws MalformedException {
    OptionalLong time = number("t");
    OptionalLong expiry = number("x");
    if (time.isPresent() && expiry.isPresent() && expiry.getAsLong() <= time.getAsLong()) {
      throw malformed("x= is not after t="); // RFC 6376 3.5
    }
    return new Limits(number("l"), time, expiry);
  }

  private OptionalLong number(String name) throws MalformedException {
    Optional<String> value = tags.value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    String digits = value.get();
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed(name + "= is no number");
    }
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return OptionalLong.of(
        digits.length() - start > MAX_DIGITS
            ? Long.MAX_VALUE
            : Long.parseLong(digits, start, digits.length(), 10));
  }

  /** RFC 6376 6.1.1: the identity is at the signing domain or below it. */
  private Domain identityDomain(Domain domain) throws MalformedException {
    if (tags.value("i").isEmpty()) {
      return domain;
    }
    String identity = claims.identity().orElseThrow(() -> malformed("i= is no identity"));
    int at = identity.lastIndexOf('@');
    Domain own =
        Domain.parse(identity.substring(at + 1))
            .filter(_ -> at >= 0)
            .orElseThrow(() -> malformed("i= is no identity"));
    if (!own.equals(domain) && !own.isSubdomainOf(domain)) {
      throw malformed("i= is not of the domain of d=");
    }
    return own;
  }

  /** RFC 6376 3.5: methods that are not known are ignored, but one must be. */
  private void checkQueryMethods() throws MalformedException {
    Optional<String> methods = tags.value("q");
    if (methods.isPresent() && !TagList.lists(methods.get(), "dns/txt")) {
      throw malformed("unknown query method");
    }
  }
}
