package dovetail.lookup.map;

import dovetail.lookup.wire.Reply;

/** One of Postfix's tables. For any thread; may wait for a database. */
@FunctionalInterface
public interface LookupMap {
  /** What the table has for a key; nothing that a key holds makes it throw. */
  Reply answer(String key);

  /** The same with its reason, if the map has one. */
  default Finding find(String key) {
    return Finding.of(answer(key));
  }
}
