package dovetail.directory.login;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody who cannot log in for a time.
 *
 * @param since when it began, to the second
 * @param until when it ends, to the second
 * @param reason for the administrator
 * @param host where it was found necessary
 */
public record Block(Subject subject, Instant since, Instant until, String reason, String host) {
  /** What is kept out. */
  public enum Kind {
    /** A login, from wherever. */
    ACCOUNT,
    /** Clients of a network, or one of them, with whichever login. */
    NETWORK,
    /** A login at clients of a network. */
    PAIR;

    /** Its name in the database and in changes. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Who it is.
   *
   * @param name a login, or an address or network in digits, or both with a blank between them; in
   *     the one spelling that all hosts use
   */
  public record Subject(Kind kind, String name) {
    /** As many characters as an address may have; nobody else is known by more. */
    public static final int MOST = 320;

    public Subject {
      if (name.isEmpty() || name.length() > MOST) {
        throw new IllegalArgumentException("nobody has such a name");
      }
    }

    /** As a change names it. */
    @Override
    public String toString() {
      return kind.word() + " " + name;
    }

    /** Reads what {@code toString} writes. */
    public static Optional<Subject> parse(String text) {
      String[] parts = text.split(" ", 2);
      return parts.length < 2 || parts[1].isEmpty() || parts[1].length() > MOST
          ? Optional.empty()
          : Arrays.stream(Kind.values())
              .filter(kind -> kind.word().equals(parts[0]))
              .findFirst()
              .map(kind -> new Subject(kind, parts[1]));
    }
  }
}
