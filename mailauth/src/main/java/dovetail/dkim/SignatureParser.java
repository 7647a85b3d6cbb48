package dovetail.dkim;

import static dovetail.dkim.SignatureTags.malformed;

import dovetail.dkim.DkimResult.Claims;
import dovetail.dkim.DkimSignature.Hashes;
import dovetail.dkim.DkimSignature.Limits;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.MalformedException;
import dovetail.mail.Utf8;
import dovetail.tag.TagList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one DKIM-Signature or ARC-Message-Signature field (RFC 6376 3.5, 6.1.1). */
final class SignatureParser {
  /** Names in one h= tag; all that is to be hashed is found by them. */
  static final int MAX_NAMES = 2000;

  /** RFC 6008 4: as many characters of b= as tell signatures apart. */
  private static final int START = 8;

  private final HeaderField field;
  private final SignatureTags tags;
  private final SignatureRules rules;
  private final Claims claims;

  private SignatureParser(HeaderField field, SignatureTags tags, SignatureRules rules) {
    this.field = field;
    this.tags = tags;
    this.rules = rules;
    this.claims = claims(tags, rules);
  }

  static ParsedSignature parse(HeaderField field, SignatureRules rules) {
    SignatureTags tags;
    try {
      tags = SignatureTags.parse(field);
    } catch (MalformedException e) {
      Optional<String> unknown = Optional.empty();
      return new ParsedSignature.Unusable(
          DkimReason.MALFORMED,
          e.reason(),
          new Claims(Optional.empty(), unknown, unknown, unknown, unknown));
    }
    SignatureParser parser = new SignatureParser(field, tags, rules);
    try {
      return parser.parse();
    } catch (MalformedException e) {
      return new ParsedSignature.Unusable(DkimReason.MALFORMED, e.reason(), parser.claims);
    }
  }

  /** What can be told of a signature even where other parts of it are wrong (RFC 8616 3). */
  private static Claims claims(SignatureTags tags, SignatureRules rules) {
    return new Claims(
        tags.claimedDomain(),
        tags.value("s").map(Utf8::tolerant),
        switch (rules) {
          case DKIM -> tags.value("i").flatMap(QuotedPrintable::decode);
          case ARC -> Optional.empty(); // RFC 8617 4.1.2: i= is the instance
        },
        tags.value("a"),
        tags.value("b").map(TagList::withoutSpace).map(SignatureParser::start));
  }

  private static String start(String base64) {
    return base64.substring(0, Math.min(START, base64.length()));
  }

  private ParsedSignature parse() throws MalformedException {
    if (rules == SignatureRules.DKIM && !tags.require("v").equals("1")) {
      throw malformed("unknown version");
    }
    String algorithm = tags.require("a");
    Domain domain = tags.domain();
    Domain keyName = tags.keyName();
    List<String> names = names();
    Hashes hashes = new Hashes(tags.base64("bh"), tags.base64("b"));
    CanonicalizationPair canonicalization = canonicalization();
    Limits limits = limits();
    Domain identity = identityDomain(domain);
    checkQueryMethods();
    Optional<Algorithm> known = tags.algorithm();
    if (known.isEmpty()) {
      return unknown(algorithm);
    }
    return new DkimSignature(
        field,
        tags.blank(),
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

  private List<String> names() throws MalformedException {
    String[] items = tags.require("h").split(":", MAX_NAMES + 2);
    if (items.length > MAX_NAMES) {
      throw malformed("h= has too many names");
    }
    List<String> names = new ArrayList<>();
    for (String item : items) {
      String name = TagList.withoutSpace(item).toLowerCase(Locale.ROOT);
      if (!name.isEmpty()) {
        names.add(name);
      } else if (rules == SignatureRules.DKIM) {
        throw malformed("h= has an empty name");
      }
    }
    switch (rules) {
      case DKIM -> {
        if (!names.contains("from")) { // RFC 6376 6.1.1
          throw malformed("h= does not name From");
        }
      }
      case ARC -> {
        if (names.contains("arc-seal")) { // RFC 8617 4.1.2; seals are made after it
          throw malformed("h= names ARC-Seal");
        }
      }
    }
    return names;
  }

  /** By the letter ARC has DKIM's default; what is signed without c= is signed relaxed. */
  private CanonicalizationPair canonicalization() throws MalformedException {
    Optional<String> value = tags.value("c");
    if (value.isEmpty()) {
      return switch (rules) {
        case DKIM -> CanonicalizationPair.SIMPLE;
        case ARC -> CanonicalizationPair.RELAXED;
      };
    }
    return CanonicalizationPair.parse(value.get())
        .orElseThrow(() -> malformed("unknown canonicalization"));
  }

  private Limits limits() throws MalformedException {
    OptionalLong time = tags.number("t");
    OptionalLong expiry = tags.number("x");
    if (time.isPresent() && expiry.isPresent() && expiry.getAsLong() <= time.getAsLong()) {
      throw malformed("x= is not after t="); // RFC 6376 3.5
    }
    return new Limits(tags.number("l"), time, expiry);
  }

  /** RFC 6376 6.1.1: the identity is at the signing domain or below it. */
  private Domain identityDomain(Domain domain) throws MalformedException {
    if (rules == SignatureRules.ARC || tags.value("i").isEmpty()) {
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
