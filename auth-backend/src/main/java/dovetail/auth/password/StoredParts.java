package dovetail.auth.password;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is stored of one password: its hash, and perhaps keys of SCRAM-SHA-256 for clients that do
 * not send the password. Both are in one text, one space between them; a password that is stored as
 * it is may have anything in it, and is never split.
 *
 * @param hash {@code {SCHEME}data}; keys of SCRAM, where there is nothing else
 * @param keys as {@link ScramKeys#stored()}
 */
public record StoredParts(String hash, Optional<String> keys) {
  private static final String KEYS = "{SCRAM-SHA-256}";

  private static final Pattern BOTH =
      Pattern.compile(
          "(?!\\{(?:PLAIN|CLEAR|CLEARTEXT)[.}])(\\{[^}]*\\}[^ ]*) (\\{SCRAM-SHA-256\\}[^ ]+)",
          Pattern.CASE_INSENSITIVE);

  /** The parts of a stored text, which is the hash alone if it is nothing else. */
  public static StoredParts of(String stored) {
    int space = stored.lastIndexOf(' ');
    if (space < 0 || !stored.regionMatches(true, space + 1, KEYS, 0, KEYS.length())) {
      return new StoredParts(stored, Optional.empty());
    }
    Matcher both = BOTH.matcher(stored);
    return both.matches()
        ? new StoredParts(both.group(1), Optional.of(both.group(2)))
        : new StoredParts(stored, Optional.empty());
  }

  /** A hash with keys of the same password. */
  static StoredParts of(String hash, ScramKeys keys) {
    return new StoredParts(hash, Optional.of(keys.stored()));
  }

  /** All that passwords can be compared with, in the order in which that is tried. */
  public List<String> all() {
    return keys.map(behind -> List.of(hash, behind)).orElse(List.of(hash));
  }

  /** The keys for SCRAM-SHA-256, if there are any that can be read. */
  public Optional<ScramKeys> scramKeys() {
    return switch (StoredPassword.parse(keys.orElse(hash), SchemeLimits.DEFAULT)) {
      case StoredPassword.Usable(ScramVerifier verifier) ->
          Optional.of(verifier.keys()).filter(read -> read.mechanism() == ScramMechanism.SHA_256);
      case StoredPassword.Usable _, StoredPassword.Refused _ -> Optional.empty();
    };
  }

  /** Another hash of the same password, with the same keys. */
  public StoredParts withHash(String other) {
    return new StoredParts(other, keys);
  }

  /** The text to be stored. */
  public String text() {
    return String.join(" ", all());
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return "(stored)";
  }
}
