package dovetail.dkim;

import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the fields that the h= tags of one message's signatures name. */
final class HeaderSelection {
  private static final int USUAL_OCTETS = 2048;

  private final Map<String, List<HeaderField>> byName = new HashMap<>();

  HeaderSelection(Headers headers) {
    for (HeaderField field : headers) {
      byName
          .computeIfAbsent(field.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
          .add(field);
    }
  }

  /** Whether there is a field of that name, in lower case, which a signature does not cover. */
  boolean leavesOut(DkimSignature signature, String name) {
    long covered = signature.names().stream().filter(name::equals).count();
    return byName.getOrDefault(name, List.of()).size() > covered;
  }

  /**
   * The fields that a signature names as they were hashed, each with its CRLF: the lowest field of
   * a name for its first mention, then upwards; nothing for a mention too many (RFC 6376 5.4.2).
   * The signature's own field is never among them (RFC 6376 3.7).
   */
  @SuppressWarnings("ReferenceEquality") // a copy of the field is another field
  byte[] canonical(DkimSignature signature) {
    Canonicalization canonicalization = signature.canonicalization().header();
    Map<String, Integer> next = HashMap.newHashMap(signature.names().size());
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_OCTETS);
    for (String name : signature.names()) {
      List<HeaderField> fields = byName.getOrDefault(name, List.of());
      int index = next.getOrDefault(name, fields.size()) - 1;
      if (index >= 0 && fields.get(index) == signature.field()) {
        index--;
      }
      next.put(name, Math.max(0, index));
      if (index >= 0) {
        out.writeBytes(canonicalization.header(fields.get(index)));
        out.write('\r');
        out.write('\n');
      }
    }
    return out.toByteArray();
  }
}
