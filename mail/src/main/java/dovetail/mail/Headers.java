package dovetail.mail;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The header section of one message, top to bottom. */
public record Headers(List<HeaderField> fields) implements Iterable<HeaderField> {
  /** Takes a copy of the list. */
  public Headers {
    fields = List.copyOf(fields);
  }

  /** All fields of that name, top to bottom; case does not count. */
  public List<HeaderField> all(String name) {
    List<HeaderField> found = new ArrayList<>();
    for (HeaderField field : fields) {
      if (field.is(name)) {
        found.add(field);
      }
    }
    return found;
  }

  /** The lowest field of that name, the one that DKIM signs first (RFC 6376 5.4.2). */
  public Optional<HeaderField> lowest(String name) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (fields.get(i).is(name)) {
        return Optional.of(fields.get(i));
      }
    }
    return Optional.empty();
  }

  @Override
  public Iterator<HeaderField> iterator() {
    return fields.iterator();
  }
}
