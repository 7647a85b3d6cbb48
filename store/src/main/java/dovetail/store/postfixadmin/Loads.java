package dovetail.store.postfixadmin;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** How much is in each domain, to compare with its limits. */
final class Loads {
  private final Map<String, long[]> loads = new HashMap<>();

  private static final String[] LIMITS = {"max-mailboxes", "max-aliases", "max-quota"};

  void mailbox(String address, long quota) {
    long[] load = load(address);
    load[0]++;
    load[2] += quota;
  }

  void alias(String address) {
    load(address)[1]++;
  }

  private long[] load(String address) {
    return loads.computeIfAbsent(
        address.substring(address.lastIndexOf('@') + 1), _ -> new long[LIMITS.length]);
  }

  /**
   * The limits of a domain that it exceeds: they may have been lowered, PostfixAdmin does not count
   * forwardings and catch-alls as we do, and nobody's address is to be lost for them.
   */
  Set<String> exceeded(DomainRows domains, String name) {
    Set<String> exceeded = new TreeSet<>();
    long[] load = loads.getOrDefault(name, new long[LIMITS.length]);
    for (int i = 0; i < LIMITS.length; i++) {
      OptionalLong limit = domains.limit(name, LIMITS[i]);
      if (limit.isPresent() && load[i] > limit.getAsLong()) {
        exceeded.add(LIMITS[i]);
      }
    }
    return exceeded;
  }
}
