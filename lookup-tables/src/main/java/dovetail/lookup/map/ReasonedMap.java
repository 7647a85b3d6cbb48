package dovetail.lookup.map;

import dovetail.lookup.wire.Reply;
import java.util.function.Function;

/**
 * A map that says why.
 *
 * @param rule what is found for a key
 */
record ReasonedMap(Function<String, Finding> rule) implements LookupMap {
  @Override
  public Finding find(String key) {
    return rule.apply(key);
  }

  @Override
  public Reply answer(String key) {
    return find(key).reply();
  }
}
