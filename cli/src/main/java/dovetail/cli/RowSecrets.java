package dovetail.cli;

import dovetail.auth.password.Argon2id;
import dovetail.auth.password.SaltedDigest;
import dovetail.directory.edit.Field;
import dovetail.directory.edit.FieldType;
import dovetail.directory.edit.Kind;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The fields of a row that no command shows: read where nobody sees it, or made and told once. */
final class RowSecrets {
  private static final String STDIN = "--password-stdin";
  private static final String PROMPT = "--password";
  private static final String NONE = "--no-password";
  private static final String TOTP = "--totp";
  private static final String NO_TOTP = "--no-totp";

  private final Kind kind;
  private final boolean change;
  private final CommandSpec spec;
  private final Passwords passwords;
  private final SecureRandom random = new SecureRandom();

  /**
   * What was given.
   *
   * @param values by the names of fields, as they are stored; empty texts for nothing
   * @param told what is to be told, once, when it has been stored
   */
  record Given(Map<String, String> values, List<String> told) {
    private static final Given NOTHING = new Given(Map.of(), List.of());

    private Given and(Given more) {
      Map<String, String> all = new TreeMap<>(values);
      all.putAll(more.values);
      return new Given(all, told.isEmpty() ? more.told : told);
    }

    /** Values are secret. */
    @Override
    public String toString() {
      return values.keySet().toString();
    }
  }

  /**
   * Adds the options for them to a command.
   *
   * @param change whether the row is there and is to be changed
   */
  RowSecrets(Kind kind, boolean change, CommandSpec spec, InputStream in) {
    this.kind = kind;
    this.change = change;
    this.spec = spec;
    this.passwords = new Passwords(in);
    if (kind == Kind.APP_PASSWORD) {
      if (!change) {
        String words =
            "Read the password from standard input, a line; without, one is made and printed.";
        spec.addOption(RowCommands.flag(STDIN, words));
      }
      return;
    }
    if (kind.others().stream().anyMatch(Field::secret)) {
      spec.addOption(RowCommands.flag(STDIN, "Read the password from standard input, a line."));
      spec.addOption(RowCommands.flag(PROMPT, "Ask for the password on the terminal."));
      spec.addOption(RowCommands.flag(NONE, "Have no password."));
    }
    if (kind == Kind.MAILBOX && change) {
      spec.addOption(
          RowCommands.flag(
              TOTP,
              "Make a secret for one-time passwords, in place of one that is there, and print it"
                  + " for the owner's program, this once."));
      spec.addOption(RowCommands.flag(NO_TOTP, "Have no one-time passwords."));
    }
  }

  /**
   * Takes what is wanted from where it comes.
   *
   * @param texts the other fields, as they are stored
   * @param scramKeys whether a mailbox's password is to have keys for SCRAM
   */
  Given take(Map<String, String> texts, boolean scramKeys) throws FailureException {
    if (kind == Kind.APP_PASSWORD) {
      return change ? Given.NOTHING : appPassword();
    }
    Given totp = totp(texts);
    for (Field field : kind.others()) {
      if (field.secret() && field.type() != FieldType.TOTP) {
        return password(field, texts, scramKeys)
            .map(stored -> new Given(Map.of(field.name(), stored), List.of()))
            .orElse(Given.NOTHING)
            .and(totp);
      }
    }
    return totp;
  }

  private boolean given(String option) {
    return RowCommands.given(spec, option);
  }

  private Given appPassword() throws FailureException {
    if (given(STDIN)) {
      return new Given(Map.of("password", hashed(passwords.read(), false)), List.of());
    }
    char[] made = MadeSecrets.appPassword(random);
    String told = new String(made);
    String stored = new SaltedDigest(random).hash(made);
    Arrays.fill(made, ' ');
    return new Given(Map.of("password", stored), List.of(told));
  }

  private Given totp(Map<String, String> texts) {
    if (given(TOTP) && given(NO_TOTP)) {
      throw new ParameterException(spec.commandLine(), "expected --totp or --no-totp, not both");
    }
    if (given(NO_TOTP)) {
      return new Given(Map.of("totp", ""), List.of());
    }
    if (!given(TOTP)) {
      return Given.NOTHING;
    }
    String secret = MadeSecrets.totp(random);
    String uri = MadeSecrets.totpUri(secret, texts.getOrDefault("address", ""));
    return new Given(Map.of("totp", secret), List.of(uri));
  }

  /** The password's stored form; empty text for none. */
  private Optional<String> password(Field field, Map<String, String> texts, boolean scramKeys)
      throws FailureException {
    if (given(NONE)) {
      return Optional.of("");
    }
    boolean wanted =
        given(PROMPT)
            || (!change && kind == Kind.MAILBOX)
            || (!change && texts.containsKey("username"));
    if (given(STDIN)) {
      return Optional.of(stored(field, passwords.read(), scramKeys));
    }
    return wanted
        ? Optional.of(stored(field, passwords.prompt(name(texts)), scramKeys))
        : Optional.empty();
  }

  private String name(Map<String, String> texts) {
    return String.join(
        " ", kind.keys().stream().map(key -> texts.getOrDefault(key.name(), "")).toList());
  }

  private String stored(Field field, char[] password, boolean scramKeys) {
    if (field.type() == FieldType.PASSWORD_HASH) {
      return hashed(password, scramKeys);
    }
    String text = new String(password);
    Arrays.fill(password, ' ');
    return text;
  }

  private String hashed(char[] password, boolean scramKeys) {
    Argon2id argon2id = new Argon2id(random);
    try {
      return scramKeys ? argon2id.hashWithKeys(password).text() : argon2id.hash(password);
    } finally {
      Arrays.fill(password, ' ');
    }
  }
}
