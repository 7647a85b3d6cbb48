package dovetail.dkim;

import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Which fields of one message are signed.
 *
 * @param names what the h= tag lists: for each field one name, for an oversigned one a name more
 * @param fields those that exist, in that order
 */
record SignedFields(List<String> names, List<HeaderField> fields) {
  /** No honest message comes near; the h= tag must fit into the header of the next hop. */
  static final int MAX_FIELDS = 1000;

  static SignedFields select(Headers headers, SignatureSettings settings) throws SigningException {
    List<String> names = new ArrayList<>();
    List<HeaderField> fields = new ArrayList<>();
    for (String name : settings.signed()) {
      // RFC 6376 5.4.2: the lowest field of a name stands for its first mention
      for (HeaderField field : headers.all(name).reversed()) {
        names.add(name);
        fields.add(field);
      }
      if (name.equalsIgnoreCase("From") && names.isEmpty()) {
        throw new SigningException("the message has no From field");
      }
      if (fields.size() > MAX_FIELDS) {
        throw new SigningException("more than " + MAX_FIELDS + " header fields to sign");
      }
      if (settings.isOversigned(name)) {
        names.add(name); // RFC 6376 5.4: a name too many stands for the null string
      }
    }
    return new SignedFields(List.copyOf(names), List.copyOf(fields));
  }

  /** The fields as they are hashed, each with its CRLF (RFC 6376 3.7). */
  byte[] canonical(Canonicalization canonicalization) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
    for (HeaderField field : fields) {
      out.writeBytes(canonicalization.header(field));
      out.write('\r');
      out.write('\n');
    }
    return out.toByteArray();
  }
}
