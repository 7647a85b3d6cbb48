package dovetail.store.postfixadmin;

import dovetail.directory.edit.FieldType;
import dovetail.directory.edit.MalformedFieldException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives each stored password the mark of its scheme, which PostfixAdmin mostly leaves out. */
final class PasswordReader {
  private static final Pattern MARKED =
      Pattern.compile(
          "\\{([A-Za-z0-9-]+)(\\.(?:HEX|B64|BASE64))?\\}(.*)", Pattern.CASE_INSENSITIVE);

  private static final Set<String> CLEAR = Set.of("PLAIN", "CLEAR", "CLEARTEXT", "PLAIN-TRUNC");

  private static final Set<String> STRONG =
      Set.of(
          "CRYPT",
          "BLF-CRYPT",
          "SHA256-CRYPT",
          "SHA512-CRYPT",
          "ARGON2",
          "ARGON2I",
          "ARGON2ID",
          "SSHA",
          "SSHA256",
          "SSHA512",
          "PBKDF2",
          "SCRAM-SHA-1",
          "SCRAM-SHA-256");

  private static final Set<String> WEAK =
      Set.of(
          "MD5",
          "MD5-CRYPT",
          "SMD5",
          "PLAIN-MD5",
          "LDAP-MD5",
          "PLAIN-MD4",
          "HMAC-MD5",
          "CRAM-MD5",
          "DIGEST-MD5",
          "DES-CRYPT",
          "SHA",
          "SHA1",
          "SHA256",
          "SHA512");

  private final BarePasswords bare;
  private final Function<char[], String> hash;

  /**
   * A password as it is to be stored.
   *
   * @param stored nothing if the mailbox is to have none
   * @param note what is to be told about it
   */
  record Stored(Optional<String> stored, Optional<Note> note) {
    private static Stored none(Note note) {
      return new Stored(Optional.empty(), Optional.of(note));
    }
  }

  PasswordReader(BarePasswords bare, Function<char[], String> hash) {
    this.bare = bare;
    this.hash = hash;
  }

  Stored read(String text) {
    if (text.isEmpty()) {
      return Stored.none(Note.NO_PASSWORD);
    }
    Matcher marked = MARKED.matcher(text);
    return marked.matches()
        ? marked(
            marked.group(1).toUpperCase(Locale.ROOT),
            Optional.ofNullable(marked.group(2)).orElse("").toUpperCase(Locale.ROOT),
            String.valueOf(marked.group(3)))
        : unmarked(text);
  }

  private Stored marked(String scheme, String encoding, String data) {
    if (data.isEmpty()) {
      return Stored.none(Note.NO_PASSWORD);
    }
    if (CLEAR.contains(scheme)) {
      return encoding.isEmpty() ? clear(data) : Stored.none(Note.UNKNOWN_PASSWORD);
    }
    if (scheme.equals("CRYPT")) {
      // crypt(3) hashes with whatever the hash itself says.
      return kept("CRYPT", data, data.matches("\\$(1|md5)\\$.*|[^$].*"));
    }
    if (STRONG.contains(scheme) || WEAK.contains(scheme)) {
      return kept(scheme + encoding, data, WEAK.contains(scheme));
    }
    return Stored.none(Note.UNKNOWN_PASSWORD);
  }

  private Stored unmarked(String text) {
    if (text.matches("\\$2[abxy]\\$.{56}")) {
      return kept("BLF-CRYPT", text, false);
    }
    if (text.startsWith("$")) {
      String kind = text.substring(1).replaceFirst("\\$.*", "");
      return switch (kind) {
        case "1" -> kept("MD5-CRYPT", text, true);
        case "5" -> kept("SHA256-CRYPT", text, false);
        case "6" -> kept("SHA512-CRYPT", text, false);
        case "argon2i" -> kept("ARGON2I", text, false);
        case "argon2id" -> kept("ARGON2ID", text, false);
        case "y", "gy", "7" -> kept("CRYPT", text, false);
        default -> bare == BarePasswords.CLEARTEXT ? clear(text) : unknown();
      };
    }
    return switch (bare) {
      case UNKNOWN -> unknown();
      case CLEARTEXT -> clear(text);
      case DES_CRYPT ->
          text.matches("[./0-9A-Za-z]{13}") ? kept("DES-CRYPT", text, true) : unknown();
      case MD5_HEX -> text.matches("[0-9A-Fa-f]{32}") ? kept("PLAIN-MD5", text, true) : unknown();
    };
  }

  private static Stored unknown() {
    return Stored.none(Note.UNKNOWN_PASSWORD);
  }

  private Stored clear(String password) {
    return new Stored(Optional.of(hash.apply(password.toCharArray())), Optional.of(Note.CLEARTEXT));
  }

  private static Stored kept(String scheme, String data, boolean weak) {
    String stored = "{" + scheme + "}" + data;
    try {
      // Whether it can be stored at all: a long one or one with line ends cannot.
      return new Stored(
          Optional.of(FieldType.PASSWORD_HASH.canonical(stored)),
          weak ? Optional.of(Note.WEAK_HASH) : Optional.empty());
    } catch (MalformedFieldException _) {
      return unknown();
    }
  }
}
