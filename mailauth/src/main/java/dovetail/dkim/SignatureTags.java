package dovetail.dkim;

import dovetail.dkim.DkimSignature.Span;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.MalformedException;
import dovetail.mail.Utf8;
import dovetail.tag.Tag;
import dovetail.tag.TagList;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tags of one signature field (RFC 6376 3.5). ARC has those that it needs from there (RFC 8617
 * 4.1.2, 4.1.3). What is read of a tag throws if it is not what the tag must be.
 */
public final class SignatureTags {
  /** As many digits as fit into a long. */
  private static final int MAX_DIGITS = 18;

  private final HeaderField field;
  private final TagList tags;

  private SignatureTags(HeaderField field, TagList tags) {
    this.field = field;
    this.tags = tags;
  }

  /**
   * Reads a field, whatever its name.
   *
   * @throws MalformedException if it is no list of tags
   */
  public static SignatureTags parse(HeaderField field) throws MalformedException {
    return new SignatureTags(field, TagList.parse(field.value()));
  }

  /** The value of the tag of that name. */
  public Optional<String> value(String name) {
    return tags.value(name);
  }

  /** The value of the tag of that name, which must be there. */
  public String require(String name) throws MalformedException {
    return tag(name).value();
  }

  private Tag tag(String name) throws MalformedException {
    return tags.tag(name).orElseThrow(() -> malformed("no " + name + "= tag"));
  }

  /** The a= tag: the algorithm if it is one that we know. */
  public Optional<Algorithm> algorithm() throws MalformedException {
    return Algorithm.parse(require("a"));
  }

  /** The d= tag. */
  public Domain domain() throws MalformedException {
    require("d");
    return claimedDomain().orElseThrow(() -> malformed("d= is no domain"));
  }

  /** The d= tag if it is a domain. */
  Optional<Domain> claimedDomain() {
    return value("d").flatMap(d -> Domain.parse(Utf8.tolerant(d)));
  }

  /** The s= tag. */
  public String selector() throws MalformedException {
    return Utf8.tolerant(require("s"));
  }

  /** Where the key is published (RFC 6376 3.6.2.1); U-labels become A-labels (RFC 8616 5). */
  public Domain keyName() throws MalformedException {
    return KeyRecord.domain(selector(), domain()).orElseThrow(() -> malformed("s= is no selector"));
  }

  /** The octets of the tag of that name, which must be there and hold some in base64. */
  public byte[] base64(String name) throws MalformedException {
    String text = TagList.withoutSpace(require(name));
    if (text.isEmpty()) {
      throw malformed(name + "= is empty");
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw malformed(name + "= is not base64");
    }
  }

  /** The number of the tag of that name if it is there; one beyond all use is the largest. */
  public OptionalLong number(String name) throws MalformedException {
    Optional<String> value = value(name);
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

  /** The field as it was hashed: without the value of its b= tag (RFC 6376 3.7). */
  public HeaderField unsigned() throws MalformedException {
    return blank().cutFrom(field);
  }

  /** Where the value of the b= tag stands in the field. */
  Span blank() throws MalformedException {
    Tag signature = tag("b");
    int value = field.colon() + 1;
    return new Span(value + signature.start(), value + signature.end());
  }

  /** That something else is wrong with the field, in fixed words. */
  public static MalformedException malformed(String reason) {
    return new MalformedException(reason, 0);
  }
}
