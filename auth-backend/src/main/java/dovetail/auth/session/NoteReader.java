package dovetail.auth.session;

import dovetail.auth.answer.MailboxNote;
import dovetail.directory.LoginService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads what Dovecot's quota_clone and last_login write. */
final class NoteReader {
  private static final String BYTES = "priv/quota/storage"; // DICT_QUOTA_CLONE_BYTES_PATH
  private static final String MESSAGES = "priv/quota/messages"; // DICT_QUOTA_CLONE_COUNT_PATH
  private static final String LAST_LOGIN = "shared/last-login/"; // last_login_key

  /** What a login is of if the key does not say that. */
  static final String ANY_SERVICE = "dovecot";

  /** So much may clocks differ. A later time would stand for ever, the latest being kept. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /** From here on a number of seconds, milliseconds or microseconds is of a smaller unit. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  private static final int MOST_DIGITS = 19;

  private final InstantSource clock;

  /** What a key and its value are. */
  sealed interface Read {
    /** That. */
    record Note(MailboxNote note) implements Read {}

    /** What may be told, but nobody wants to know. */
    record Ignored() implements Read {}

    /** Nothing that is known here. */
    record Wrong(String why) implements Read {}
  }

  NoteReader(InstantSource clock) {
    this.clock = clock;
  }

  static boolean isKnown(String key) {
    return key.equals(BYTES) || key.equals(MESSAGES) || key.startsWith(LAST_LOGIN);
  }

  static String unknown(String key) {
    return "only quota and last logins are kept, not " + key;
  }

  /**
   * Reads it.
   *
   * @param user whose transaction it is
   */
  Read read(String key, String value, String user) {
    if (!isKnown(key)) {
      return new Read.Wrong(unknown(key));
    }
    return number(value)
        .map(number ->
            switch (key) {
              case BYTES -> new Read.Note(new MailboxNote.Bytes(user, number, clock.instant()));
              case MESSAGES ->
                  new Read.Note(new MailboxNote.Messages(user, number, clock.instant()));
              default -> login(key, number);
            })
        .orElseGet(() -> new Read.Wrong("no number that can be kept: the value of " + key));
  }

  private static Optional<Long> number(String value) {
    boolean digits =
        !value.isEmpty()
            && value.length() <= MOST_DIGITS
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(value));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** Whoever stands behind the @ has no slash in his name: what follows one is the service. */
  private Read login(String key, long number) {
    Instant at = instant(number);
    if (at.isAfter(clock.instant().plus(AHEAD))) {
      return new Read.Wrong("a time to come: the value of " + key);
    }
    String who = key.substring(LAST_LOGIN.length());
    int slash = who.indexOf('/', Math.max(0, who.lastIndexOf('@')));
    if (slash < 0 || who.lastIndexOf('@') < 0) {
      return new Read.Note(new MailboxNote.LoggedIn(who, ANY_SERVICE, at));
    }
    // Where the plugin is on for all of Dovecot, deliveries are told, too.
    return LoginService.meant(who.substring(slash + 1))
        .<Read>map(service ->
            new Read.Note(new MailboxNote.LoggedIn(who.substring(0, slash), service.word(), at)))
        .orElseGet(Read.Ignored::new);
  }

  /** By its size the number tells of what unit it is: last_login_precision is s, ms, us or ns. */
  private static Instant instant(long number) {
    if (number < MOST_SECONDS) {
      return Instant.ofEpochSecond(number);
    }
    if (number < MOST_SECONDS * 1_000) {
      return Instant.ofEpochMilli(number);
    }
    return number < MOST_SECONDS * 1_000_000
        ? Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(number))
        : Instant.EPOCH.plusNanos(number);
  }
}
