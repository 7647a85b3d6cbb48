package dovetail.lookup.wire;

import java.util.Optional;

/**
 * A question.
 *
 * @param map the map's name; one character for each byte
 * @param key what is looked up; nothing if the bytes are no UTF-8 or more than any map can have
 */
public record Request(String map, Optional<String> key) {}
