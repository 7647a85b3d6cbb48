package dovetail.policy.source;

import dovetail.counter.quota.Quota;
import dovetail.directory.edit.Row;
import dovetail.policy.rule.LimitSettings;
import dovetail.policy.rule.Limits;
import dovetail.server.Network;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits of the database, as it was when it was last read: while it is away they go on. For any
 * thread.
 */
public final class StoredLimits implements Limits {
  private static final Logger logger = LoggerFactory.getLogger("policy");

  /** What stands for all accounts. */
  private static final String ALL = "*";

  private volatile Tables tables = new Tables(Map.of(), Set.of());
  private volatile boolean read;

  /** By the rule's name and the subject. */
  private record Tables(Map<Key, Allowed> limits, Set<String> bulk) {}

  private record Key(String rule, String subject) {}

  private record Allowed(Optional<Quota> each, Optional<Quota> shared) {}

  /** What the database holds now; a row that nobody could have added is none. */
  public void replace(List<Row> rows) {
    Map<Key, Allowed> limits = HashMap.newHashMap(rows.size());
    Set<String> bulk = new HashSet<>();
    for (Row row : rows) {
      String subject = row.key().getFirst();
      limits.put(
          new Key(row.key().getLast(), counted(subject)),
          new Allowed(quota(row, "limits"), quota(row, "shared")));
      if (row.get("bulk").filter("yes"::equals).isPresent()) {
        bulk.add(subject);
      }
    }
    tables = new Tables(limits, bulk);
    read = true;
  }

  /** Without a database there is nothing to be read: nothing is set then. */
  public void areNone() {
    replace(List.of());
  }

  @Override
  public boolean isKnown() {
    return read;
  }

  /** The subject as a rule counts it: of a client the network with its prefix. */
  private static String counted(String subject) {
    if (subject.indexOf('@') >= 0) {
      return subject;
    }
    try {
      return Network.parse(subject).toString();
    } catch (IllegalArgumentException _) {
      return subject;
    }
  }

  /**
   * What was set for subjects that no rule looks for, such as networks that are not those by which
   * a rule counts: {@code limit set} refuses it, and a file may bring it in.
   *
   * @param rules all rules of type limit
   * @return who it was set for and by which rule, as text, in their order
   */
  public List<String> unfound(List<LimitSettings> rules) {
    return tables.limits().entrySet().stream()
        .filter(entry -> entry.getValue().each().or(entry.getValue()::shared).isPresent())
        .map(Map.Entry::getKey)
        .filter(key ->
            rules.stream()
                .noneMatch(rule -> rule.name().equals(key.rule()) && rule.finds(key.subject())))
        .map(key -> key.subject() + " by rule " + key.rule())
        .sorted()
        .toList();
  }

  private static Optional<Quota> quota(Row row, String field) {
    Optional<Quota> quota = row.get(field).flatMap(Quota::parse);
    if (quota.isEmpty() && row.get(field).isPresent()) {
      logger.warn("the database holds a limit that cannot be read: {}", row);
    }
    return quota;
  }

  @Override
  public Optional<Quota> of(String rule, String key) {
    Map<Key, Allowed> limits = tables.limits();
    if (limits.isEmpty()) {
      return Optional.empty();
    }
    return each(limits, rule, key)
        .or(() -> domain(key).flatMap(domain -> each(limits, rule, domain)))
        .or(() -> each(limits, rule, ALL));
  }

  private static Optional<Quota> each(Map<Key, Allowed> limits, String rule, String subject) {
    return Optional.ofNullable(limits.get(new Key(rule, subject))).flatMap(Allowed::each);
  }

  private static Optional<String> domain(String key) {
    int at = key.lastIndexOf('@');
    return at < 0 ? Optional.empty() : Optional.of(key.substring(at + 1));
  }

  @Override
  public Optional<Quota> shared(String rule, String domain) {
    return Optional.ofNullable(tables.limits().get(new Key(rule, domain))).flatMap(Allowed::shared);
  }

  @Override
  public boolean isBulk(String account) {
    Set<String> bulk = tables.bulk();
    return bulk.contains(account) || domain(account).filter(bulk::contains).isPresent();
  }
}
