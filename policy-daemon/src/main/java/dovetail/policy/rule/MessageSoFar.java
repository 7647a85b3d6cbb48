package dovetail.policy.rule;

import dovetail.mail.Domain;
import dovetail.policy.wire.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the requests about one message, which have one instance, have shown so far. For one thread
 * at a time.
 */
public final class MessageSoFar {
  /** Postfix takes no more of them (smtpd_recipient_limit is 1,000). */
  private static final int MOST_DOMAINS = 1_000;

  /** More lines of main.cf than anybody has. */
  private static final int MOST_ASKERS = 16;

  private final Map<Domain, Integer> domains = new HashMap<>();
  private final Map<Domain, Boolean> ours = new HashMap<>();
  private final IdentityHashMap<Object, Object> notes = new IdentityHashMap<>(4);
  private final Set<Reply> done = new HashSet<>();
  private final Set<Tried> tried = new HashSet<>(4);
  private final Deque<Judgement.Due> due = new ArrayDeque<>();

  /** What it was charged, by the rule's name; a milter of ours may give it back meanwhile. */
  private final Map<String, Ruling.Receipt> charges = new ConcurrentHashMap<>(4);

  private final Set<String> askers = new HashSet<>(4);
  private final Set<String> contexts = new HashSet<>(4);
  private int recipients;
  private int refusedByUs;
  private boolean lastIsRefused;
  private volatile int known;
  private String last = "";
  private Optional<String> context = Optional.empty();

  /** What a rule in shadow mode would have done. */
  private record Tried(String rule, Reply reply) {}

  /** The contexts of all lines of main.cf that have asked about it, at whatever stage. */
  public Set<String> contexts() {
    return contexts;
  }

  /** A line of main.cf with that context has asked. */
  public void asked(String asker) {
    if (contexts.size() < MOST_ASKERS) {
      contexts.add(asker);
    }
  }

  /**
   * A recipient is asked about. Where several restrictions ask, each with a context of its own, the
   * first of them counts.
   */
  void recipient(String asker, String recipient, Optional<Domain> domain) {
    if (askers.size() < MOST_ASKERS) {
      askers.add(asker);
    }
    if (context.isEmpty()) {
      context = Optional.of(asker);
    }
    // Where several restrictions ask without one, each recipient comes several times in a row.
    boolean again = !recipient.isEmpty() && recipient.equals(last);
    if (context.get().equals(asker) && !again) {
      count(recipient, domain);
    }
  }

  /** There is one more. */
  void count(String recipient, Optional<Domain> domain) {
    last = recipient;
    lastIsRefused = false;
    recipients++;
    domain
        .filter(name -> domains.size() < MOST_DOMAINS || domains.containsKey(name))
        .ifPresent(name -> domains.merge(name, 1, Integer::sum));
    known = domains.size();
  }

  /** The contexts of those lines of main.cf that have asked about its recipients. */
  Set<String> askers() {
    return askers;
  }

  /** How many domains it remembers. For any thread, which may see an older number. */
  public int knownDomains() {
    return known;
  }

  /** It is at its end: what was found out about its client is of no use any more. */
  public void ends() {
    notes.clear();
  }

  /** How many recipients were asked about, with the one that is now. */
  public int recipients() {
    return recipients;
  }

  /**
   * The recipient that was asked about last is refused by a rule, which says nothing about whether
   * it exists.
   */
  void refusedByUs() {
    if (recipients > 0 && !lastIsRefused) {
      lastIsRefused = true;
      refusedByUs++;
    }
  }

  /** How many recipients Postfix may have refused itself, of those that were asked about. */
  int refusedByOthers(int accepted) {
    return Math.max(0, recipients - refusedByUs - accepted);
  }

  /** Whether a domain is ours, asked once for the message. */
  boolean isOurs(Domain domain, Hosted hosted) {
    return ours.computeIfAbsent(domain, hosted::isOurs);
  }

  /** How many of them each domain has. */
  public Map<Domain, Integer> domains() {
    return domains;
  }

  /**
   * What has been found out before about this message, or is found out now.
   *
   * @param finder who finds it out: a rule, or what several rules share
   */
  public <T> T remembered(Object finder, Class<T> type, Supplier<T> finding) {
    Object known = notes.get(finder);
    if (known == null) {
      known = finding.get();
      notes.put(finder, known);
    }
    return type.cast(known);
  }

  /** Whether a rule has charged it: several lines of main.cf may ask at its end. */
  boolean isCharged(String rule) {
    return charges.containsKey(rule);
  }

  /**
   * A rule has charged it.
   *
   * @return the receipt, which lets the rule charge it again
   */
  Ruling.Receipt charged(String rule, Ruling.Receipt receipt) {
    Charge charge = new Charge(rule, receipt);
    charges.put(rule, charge);
    return charge;
  }

  private final class Charge implements Ruling.Receipt {
    private final String rule;
    private final Ruling.Receipt receipt;

    Charge(String rule, Ruling.Receipt receipt) {
      this.rule = rule;
      this.receipt = receipt;
    }

    @Override
    public void refund() {
      receipt.refund();
      charges.remove(rule, this);
    }
  }

  /** Gives back all that it was charged: it is not sent. */
  void refund() {
    List.copyOf(charges.values()).forEach(Ruling.Receipt::refund);
  }

  /** What it was charged and has kept so far. */
  public List<Ruling.Receipt> receipts() {
    return List.copyOf(charges.values());
  }

  /** Has something done, once for the message; of a rule that is only tried, notes it alone. */
  void add(Judgement.Step step, Reply reply) {
    if (!step.counts()) {
      tried.add(new Tried(step.rule().name(), reply));
    } else if (done.add(reply)) {
      due.add(new Judgement.Due(step, reply));
    }
  }

  /** Whether that is to be done, or has been, or would have been. */
  boolean isAdded(Judgement.Step step, Reply reply) {
    return step.counts()
        ? done.contains(reply)
        : tried.contains(new Tried(step.rule().name(), reply));
  }

  /** What was taken off what is to be done has not been done. */
  void isDueAgain(Judgement.Due one) {
    due.addFirst(one);
  }

  /** What is to be done and has not been. */
  Queue<Judgement.Due> due() {
    return due;
  }
}
