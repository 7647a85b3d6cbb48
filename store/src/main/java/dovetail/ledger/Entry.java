package dovetail.ledger;

/**
 * Messages of one day in which DMARC found the same. The texts are not read here; what is equal has
 * equal texts.
 *
 * @param day of UTC
 * @param policy the policy, as text
 * @param facts what was found, as text
 * @param messages how many, at least 1
 */
public record Entry(DomainDay day, String policy, String facts, long messages) {
  /** The same of one message. */
  public static Entry of(DomainDay day, String policy, String facts) {
    return new Entry(day, policy, facts, 1);
  }

  /** The same with more messages. */
  Entry plus(Entry other) {
    return new Entry(day, policy, facts, messages + other.messages);
  }

  /** About how much memory its texts take. */
  long characters() {
    return (long) policy.length() + facts.length();
  }

  /** Whose it is, without regard to how many messages. */
  Entry one() {
    return new Entry(day, policy, facts, 1);
  }
}
