package dovetail.auth.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dovetail.directory.login.Block;
import dovetail.directory.login.Block.Kind;
import dovetail.directory.login.Block.Subject;
import dovetail.server.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Slows down and stops whoever tries passwords, by account and by client, and does not lock out the
 * owner meanwhile: what counts are different wrong passwords, so a device that repeats an old one
 * is only slow, and clients from which an account has logged in before are not stopped by what
 * others try. At an exempt client, such as a webmail, owner and stranger cannot be told apart: who
 * has logged in there before is slowed down by what is tried there of his account, and never
 * stopped. For any thread.
 */
public final class Guard {
  /** Whoever has more addresses or names than these is forgotten before the window is over. */
  public static final int MOST = 100_000;

  /** For how long an account is known to use a client, from when it was last seen there. */
  public static final Duration ACQUAINTED = Duration.ofDays(30);

  private static final Duration FRESH = Duration.ofDays(1);
  private static final int IPV6_PREFIX = 64;

  private final LongSupplier nanos;
  private final String host;
  private final Consumer<Block> others;
  private final Cache<String, Marks> clients;
  private final Cache<String, Marks> accounts;
  private final Cache<String, Marks> pairs;
  private final Cache<String, Instant> acquainted;
  private final Map<Subject, Held> blocks = new ConcurrentHashMap<>();

  /** How many different wrong passwords count against somebody. */
  private record Tries(Kind kind, String name, int count) {}

  /** A block, and whether all hosts know it. */
  private record Held(Block block, boolean shared) {}

  /**
   * Somebody's try to log in.
   *
   * @param login in its one spelling, whether or not there is such an account
   * @param client where it comes from, as far as that is known
   * @param at when
   */
  public record Attempt(String login, Optional<InetAddress> client, Instant at) {
    String network() {
      return client.map(Guard::network).orElse("");
    }

    String pair() {
      return login + " " + network();
    }
  }

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param host our name
   * @param others is told whom we stop, for other hosts and the log
   */
  public Guard(LongSupplier nanos, String host, Consumer<Block> others) {
    this.nanos = nanos;
    this.host = host;
    this.others = others;
    this.clients = marks();
    this.accounts = marks();
    this.pairs = marks();
    // Each login looks here, and who logs in all day is put once a day: reading changes nothing.
    this.acquainted = cache().expireAfterWrite(ACQUAINTED.plus(FRESH)).build();
  }

  private Cache<String, Marks> marks() {
    return cache().expireAfterAccess(Duration.ofHours(25)).build();
  }

  private Caffeine<Object, Object> cache() {
    return Caffeine.newBuilder().maximumSize(MOST).ticker(nanos::getAsLong).executor(Runnable::run);
  }

  /** A client, as far as it is one: of IPv6 the network that a customer has. */
  static String network(InetAddress client) {
    return client instanceof Inet4Address
        ? client.getHostAddress() + "/32"
        : Network.of(client, IPV6_PREFIX).toString();
  }

  /** What keeps somebody from logging in, before his password is looked at. */
  public Optional<Block> stopped(Attempt attempt, GuardSettings settings) {
    if (blocks.isEmpty()) {
      return Optional.empty();
    }
    boolean exempt = isExempt(attempt, settings);
    if (isAcquainted(attempt)) {
      return exempt ? Optional.empty() : block(Kind.PAIR, attempt.pair(), attempt.at());
    }
    Optional<Block> ofClient =
        exempt ? Optional.empty() : block(Kind.NETWORK, attempt.network(), attempt.at());
    return ofClient.or(() -> block(Kind.ACCOUNT, attempt.login(), attempt.at()));
  }

  private static boolean isExempt(Attempt attempt, GuardSettings settings) {
    return attempt.client().filter(settings::isExempt).isPresent();
  }

  private boolean isAcquainted(Attempt attempt) {
    if (attempt.client().isEmpty()) {
      return false;
    }
    // By the last login, not by when it was last looked for: who guesses does that, too.
    Instant last = acquainted.getIfPresent(attempt.pair());
    return last != null && attempt.at().isBefore(last.plus(ACQUAINTED));
  }

  /** What stands for those who compete for the same: an owner does not with strangers. */
  String place(Attempt attempt) {
    return isAcquainted(attempt) ? attempt.pair() : attempt.login();
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.length() <= Subject.MOST;
  }

  private static boolean isOver(Held held, Instant now) {
    return !now.isBefore(held.block().until());
  }

  private Optional<Block> block(Kind kind, String name, Instant now) {
    if (!isName(name)) {
      return Optional.empty();
    }
    Subject subject = new Subject(kind, name);
    Optional<Held> held = Optional.ofNullable(blocks.get(subject));
    held.filter(over -> isOver(over, now)).ifPresent(over -> blocks.remove(subject, over));
    return held.filter(still -> !isOver(still, now)).map(Held::block);
  }

  /**
   * Takes note of a wrong password.
   *
   * @param mark of the password, the same for the same one of the same login
   * @return how long the answer is to be held back
   */
  public Duration failed(Attempt attempt, int mark, GuardSettings settings) {
    if (isExempt(attempt, settings)) {
      // Though the account be stopped by it, which the owner is not where he has been before.
      ofAccount(attempt, mark, settings);
      return settings.delay(
          count(pairs, attempt.pair(), mark, attempt.at(), settings.clientSpan()));
    }
    if (isAcquainted(attempt)) {
      int own = count(pairs, attempt.pair(), mark, attempt.at(), settings.clientSpan());
      stop(new Tries(Kind.PAIR, attempt.pair(), own), settings.client(), attempt.at(), settings);
      return settings.delay(own);
    }
    int byClient =
        attempt.client().isEmpty()
            ? 0
            : count(
                clients,
                attempt.network(),
                31 * attempt.login().hashCode() + mark,
                attempt.at(),
                settings.clientSpan());
    Tries client = new Tries(Kind.NETWORK, attempt.network(), byClient);
    stop(client, settings.client(), attempt.at(), settings);
    int ofAccount = ofAccount(attempt, mark, settings);
    return settings.delay(Math.max(1, attempt.client().isEmpty() ? ofAccount : byClient));
  }

  /** Counts it against the account, and stops strangers there if that is too many. */
  private int ofAccount(Attempt attempt, int mark, GuardSettings settings) {
    int count = count(accounts, attempt.login(), mark, attempt.at(), settings.accountSpan());
    Tries tries = new Tries(Kind.ACCOUNT, attempt.login(), count);
    stop(tries, settings.account(), attempt.at(), settings);
    return count;
  }

  /** For how long somebody is to wait, by the wrong passwords that he has tried so far. */
  Duration patience(Attempt attempt, GuardSettings settings) {
    Instant at = attempt.at();
    if (isAcquainted(attempt) || isExempt(attempt, settings)) {
      return settings.delay(size(pairs, attempt.pair(), at, settings.clientSpan()));
    }
    return settings.delay(
        attempt.client().isPresent()
            ? size(clients, attempt.network(), at, settings.clientSpan())
            : size(accounts, attempt.login(), at, settings.accountSpan()));
  }

  private static int size(Cache<String, Marks> all, String name, Instant at, Marks.Span span) {
    Marks marks = all.getIfPresent(name);
    if (marks == null) {
      return 0;
    }
    synchronized (marks) {
      return marks.size(at.getEpochSecond(), span);
    }
  }

  private static int count(
      Cache<String, Marks> all, String name, int mark, Instant at, Marks.Span span) {
    Marks marks = all.get(name, _ -> new Marks());
    synchronized (marks) {
      marks.add(mark, at.getEpochSecond(), span);
      return marks.size(at.getEpochSecond(), span);
    }
  }

  private void stop(Tries tries, int most, Instant at, GuardSettings settings) {
    if (tries.count() <= most || !isName(tries.name())) {
      return;
    }
    Instant since = at.truncatedTo(ChronoUnit.SECONDS);
    Block block =
        new Block(
            new Subject(tries.kind(), tries.name()),
            since,
            since.plus(settings.block()),
            "more than " + most + " different wrong passwords",
            host);
    // Whoever is stopped tries nothing, so this comes again only when the block is over.
    if (block(tries.kind(), tries.name(), at).isEmpty() && put(block)) {
      others.accept(block);
    }
  }

  private boolean put(Block block) {
    return blocks.putIfAbsent(block.subject(), new Held(block, false)) == null;
  }

  /** Takes note of a login, after which the account is known to use that client. */
  public void succeeded(Attempt attempt) {
    if (attempt.client().isPresent()) {
      String pair = attempt.pair();
      Instant last = acquainted.getIfPresent(pair);
      if (last == null || last.plus(FRESH).isBefore(attempt.at())) {
        acquainted.put(pair, attempt.at());
      }
    }
  }

  /**
   * Takes over who is stopped, by whichever host.
   *
   * @param all who is; whom we have stopped stays so until it was once among them, and is let go
   *     when it is not among them any more
   */
  public void replace(List<Block> all) {
    Set<Subject> there = new HashSet<>(all.stream().map(Block::subject).toList());
    blocks.entrySet().removeIf(held -> held.getValue().shared() && !there.contains(held.getKey()));
    all.forEach(block -> blocks.put(block.subject(), new Held(block, true)));
  }
}
