package dovetail.directory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What takes a login. */
public enum LoginService {
  /** Submission. */
  SMTP,
  IMAP,
  POP3,
  /** ManageSieve. */
  SIEVE;

  private static final Map<String, LoginService> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(LoginService::word, one -> one));

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Its name in fields of rows. */
  public String word() {
    return word;
  }

  /** The one of that name. */
  public static Optional<LoginService> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** The one that a program means, by whatever word of the field it has for it. */
  public static Optional<LoginService> meant(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "submission", "submissions", "smtps" -> Optional.of(SMTP);
      case "imaps" -> Optional.of(IMAP);
      case "pop3s" -> Optional.of(POP3);
      case "managesieve" -> Optional.of(SIEVE);
      case String other -> of(other);
    };
  }

  /** Those that a field names; a word that is none stands for nothing. */
  public static Set<LoginService> all(String words) {
    return Stream.of(words.split(" ", -1))
        .flatMap(word -> of(word).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
