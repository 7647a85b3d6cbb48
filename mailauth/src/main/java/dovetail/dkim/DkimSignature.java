package dovetail.dkim;

import dovetail.dkim.DkimResult.Claims;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * A signature that keeps to the grammar (RFC 6376 3.5), with an algorithm that we know.
 *
 * @param field the whole DKIM-Signature field
 * @param blank where the value of its b= tag stands in that field, which is not hashed
 * @param claims what it says of itself
 * @param algorithm the a= tag
 * @param canonicalization the c= tag
 * @param names the h= tag, in its order
 * @param identityDomain the domain of the i= tag; that of d= if there is none
 * @param domain the d= tag
 * @param keyName where the key is published
 * @param limits what the signature is good for
 * @param hashes what was computed when it was made
 */
record DkimSignature(
    HeaderField field,
    Span blank,
    Claims claims,
    Algorithm algorithm,
    CanonicalizationPair canonicalization,
    List<String> names,
    Domain identityDomain,
    Domain domain,
    Domain keyName,
    Limits limits,
    Hashes hashes)
    implements ParsedSignature {
  /** A part of a field, in octets from its start. */
  record Span(int start, int end) {
    /** The field without this part, which lies in its value. */
    HeaderField cutFrom(HeaderField field) {
      byte[] raw = field.raw();
      byte[] value = Arrays.copyOfRange(raw, field.colon() + 1, raw.length);
      int from = start - field.colon() - 1;
      int to = end - field.colon() - 1;
      byte[] rest = new byte[value.length - (to - from)];
      System.arraycopy(value, 0, rest, 0, from);
      System.arraycopy(value, to, rest, from, value.length - to);
      return HeaderField.of(Arrays.copyOf(raw, field.colon()), rest);
    }
  }

  /**
   * What a signature is good for.
   *
   * @param bodyLength the l= tag
   * @param time the t= tag, in seconds since 1970
   * @param expiry the x= tag, in seconds since 1970
   */
  record Limits(OptionalLong bodyLength, OptionalLong time, OptionalLong expiry) {}

  /** The bh= and the b= tag. */
  @SuppressWarnings("ArrayRecordComponent") // made once and never compared as a whole
  record Hashes(byte[] body, byte[] signature) {}

  /** Takes a copy of the list. */
  DkimSignature {
    names = List.copyOf(names);
  }

  /** Reads a field that must keep those rules, whatever its name; remote badness is a result. */
  static ParsedSignature parse(HeaderField field, SignatureRules rules) {
    return SignatureParser.parse(field, rules);
  }

  /** The field as it was hashed: without the value of its b= tag (RFC 6376 3.7). */
  HeaderField unsigned() {
    return blank.cutFrom(field);
  }
}
