package dovetail.policy;

import dovetail.policy.rule.MessageSoFar;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The messages under way, by their instance: Postfix has a connection of its own for each {@code
 * check_policy_service} that is written in another way, such as with another context, and may begin
 * a new one at any time. For any thread; a message is used by one at a time, who holds its lock.
 */
final class Messages {
  /** Far more than are under way at a time. What is forgotten is counted as if never seen. */
  private static final int MOST = 10_000;

  private static final float LOAD = 0.75f;

  /** Those that were asked about longest ago come first. */
  private final SequencedMap<String, MessageSoFar> all = new LinkedHashMap<>(16, LOAD, true);

  /** The message of an instance; a new one if it was never heard of, or has no instance. */
  MessageSoFar of(String instance) {
    if (instance.isEmpty()) {
      return new MessageSoFar();
    }
    synchronized (all) {
      MessageSoFar message = all.computeIfAbsent(instance, _ -> new MessageSoFar());
      if (all.size() > MOST) {
        all.pollFirstEntry();
      }
      return message;
    }
  }
}
