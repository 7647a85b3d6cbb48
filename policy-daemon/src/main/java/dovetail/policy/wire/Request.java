package dovetail.policy.wire;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What Postfix wants to know: attributes in any order, of which each but the kind of the request
 * may be absent. One that is named twice has its first value.
 */
public final class Request {
  /** The only kind of request that Postfix has. */
  public static final String KIND = "smtpd_access_policy";

  private final EnumMap<Attribute, String> known;
  private final SequencedMap<String, String> others;

  private Request(EnumMap<Attribute, String> known, SequencedMap<String, String> others) {
    this.known = known;
    this.others = others;
  }

  /** A value; the empty text where Postfix sent none. */
  public String get(Attribute attribute) {
    return known.getOrDefault(attribute, "");
  }

  /** Whether the attribute was sent, with a value or without. */
  public boolean has(Attribute attribute) {
    return known.containsKey(attribute);
  }

  /** Attributes that no release of Postfix up to 3.12 has. */
  public SequencedMap<String, String> others() {
    return Collections.unmodifiableSequencedMap(others);
  }

  /** Where the session is. */
  public Stage stage() {
    return Stage.of(get(Attribute.PROTOCOL_STATE));
  }

  /** All of it, in no particular order. */
  public SequencedMap<String, String> all() {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    known.forEach((attribute, value) -> all.put(attribute.word(), value));
    all.putAll(others);
    return all;
  }

  /** Makes a request. For one use. */
  public static final class Builder {
    private final EnumMap<Attribute, String> known = new EnumMap<>(Attribute.class);
    private final SequencedMap<String, String> others = new LinkedHashMap<>();

    /** Adds an attribute, unless there is one of that name. */
    public Builder put(String name, String value) {
      Attribute.of(name)
          .ifPresentOrElse(
              attribute -> put(attribute, value), () -> others.putIfAbsent(name, value));
      return this;
    }

    /** The same for one that is known. */
    public Builder put(Attribute attribute, String value) {
      known.putIfAbsent(attribute, value);
      return this;
    }

    /** The request. */
    public Request build() {
      return new Request(known, others);
    }
  }
}
