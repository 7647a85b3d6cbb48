package dovetail.policy.rule;

import dovetail.policy.wire.Request;
import java.time.Instant;

/** Requests for tests: "protocol_state=RCPT recipient=ann@example.com". */
public final class Asked {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Asked() {}

  /** A request of these attributes, which have no spaces in them. */
  public static Request request(String attributes) {
    Request.Builder request = new Request.Builder().put("request", Request.KIND);
    for (String attribute : attributes.split(" ", -1)) {
      int equals = attribute.indexOf('=');
      request.put(attribute.substring(0, equals), attribute.substring(equals + 1));
    }
    return request.build();
  }

  /** The same as facts of a message of its own. */
  public static Facts facts(String attributes) {
    return facts(attributes, new MessageSoFar());
  }

  /** The same as facts of a message. */
  public static Facts facts(String attributes, MessageSoFar message) {
    return facts(attributes, message, NOW);
  }

  /** The same at some time. */
  public static Facts facts(String attributes, MessageSoFar message, Instant now) {
    return Facts.of(request(attributes), message, now);
  }
}
