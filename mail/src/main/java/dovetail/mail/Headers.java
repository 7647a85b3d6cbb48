package dovetail.mail;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

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

  @Override
  public Iterator<HeaderField> iterator() {
    return fields.iterator();
  }
}
