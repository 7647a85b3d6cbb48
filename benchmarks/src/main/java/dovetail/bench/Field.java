package dovetail.bench;

/**
 * A header field that a filter adds.
 *
 * @param value with the space that it begins with
 */
record Field(String name, String value) {
  boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }
}
