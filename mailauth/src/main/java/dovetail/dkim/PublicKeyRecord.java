package dovetail.dkim;

import dovetail.mail.MalformedException;
import dovetail.tag.TagList;
import java.util.Base64;
import java.util.Optional;

/**
 * A key record with a key in it that we can compute with (RFC 6376 3.6.1).
 *
 * @param key the key
 * @param testing the y of t=: the domain only tests DKIM
 * @param strict the s of t=: the identity's domain must be the signing domain itself
 */
record PublicKeyRecord(VerificationKey key, boolean testing, boolean strict) implements ParsedKey {
  /** Characters in one record: many times those of the largest key. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final String VERSION = "DKIM1";

  /**
   * Reads the text of a TXT record; remote badness is a result.
   *
   * @param text one character for each octet
   */
  static ParsedKey parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return malformed("record too long");
    }
    TagList tags;
    try {
      tags = TagList.parse(text);
    } catch (MalformedException e) {
      return startsAsKey(text) ? malformed(e.reason()) : new Foreign();
    }
    Optional<String> version = tags.value("v");
    if (version.isPresent() && !version.get().equals(VERSION)) {
      return new Foreign(); // RFC 6376 3.6.1
    }
    if (version.isPresent() && !tags.tags().getFirst().name().equals("v")) {
      return malformed("v= is not the first tag");
    }
    Optional<String> key = tags.value("p");
    if (key.isEmpty()) {
      return version.isPresent() ? malformed("no p= tag") : new Foreign();
    }
    return parse(tags, TagList.withoutSpace(key.get()));
  }

  /** A record that does not parse is one of DKIM only if it says so. */
  private static boolean startsAsKey(String text) {
    String start = TagList.withoutSpace(text.substring(0, Math.min(text.length(), 20)));
    return start.startsWith("v=" + VERSION) || start.startsWith("k=") || start.startsWith("p=");
  }

  private static ParsedKey parse(TagList tags, String base64) {
    if (base64.isEmpty()) {
      return new Unusable(DkimReason.KEY_REVOKED, "");
    }
    if (!TagList.lists(tags.value("s").orElse("*"), "*")
        && !TagList.lists(tags.value("s").orElse("*"), "email")) {
      return new Unusable(DkimReason.KEY_INAPPLICABLE, "not for email");
    }
    if (tags.value("h").isPresent() && !TagList.lists(tags.value("h").get(), "sha256")) {
      return new Unusable(DkimReason.KEY_INAPPLICABLE, "not for sha256");
    }
    Optional<Algorithm> algorithm = Algorithm.ofKeyType(tags.value("k").orElse("rsa"));
    if (algorithm.isEmpty()) {
      return new Unusable(DkimReason.KEY_INAPPLICABLE, "unknown key type");
    }
    byte[] published;
    try {
      published = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      return malformed("p= is not base64");
    }
    String flags = tags.value("t").orElse("");
    return switch (VerificationKey.parse(algorithm.get(), published)) {
      case VerificationKey.Usable(VerificationKey key) ->
          new PublicKeyRecord(key, TagList.lists(flags, "y"), TagList.lists(flags, "s"));
      case VerificationKey.Unusable(DkimReason reason, String detail) ->
          new Unusable(reason, detail);
    };
  }

  private static ParsedKey malformed(String detail) {
    return new Unusable(DkimReason.KEY_MALFORMED, detail);
  }
}
