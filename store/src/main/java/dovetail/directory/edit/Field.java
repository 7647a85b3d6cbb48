package dovetail.directory.edit;

import java.util.Optional;

/**
 * One field of a kind of row.
 *
 * @param name as in options, column heads and JSON, in lower case with hyphens
 * @param type what may stand there
 * @param initial the value of a row that is added without one; nothing leaves the field empty
 * @param doc what it is for, a phrase
 */
public record Field(String name, FieldType type, Optional<String> initial, String doc) {
  static Field of(String name, FieldType type, String doc) {
    return new Field(name, type, Optional.empty(), doc);
  }

  static Field of(String name, FieldType type, String initial, String doc) {
    return new Field(name, type, Optional.of(initial), doc);
  }

  /** Whether no command shows its value. */
  public boolean secret() {
    return switch (type) {
      case SECRET, PASSWORD_HASH, TOTP -> true;
      default -> false;
    };
  }

  /** Whether the services write it, and people only read it. */
  public boolean told() {
    return type == FieldType.LAST_USE;
  }
}
