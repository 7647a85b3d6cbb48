package dovetail.cli;

import dovetail.auth.password.Argon2id;
import dovetail.directory.edit.Attempt;
import dovetail.directory.edit.UnavailableException;
import dovetail.serve.Configuration;
import dovetail.serve.Stores;
import dovetail.store.foreign.ForeignTables;
import dovetail.store.foreign.MysqlDump;
import dovetail.store.foreign.UnreadableException;
import dovetail.store.postfixadmin.BarePasswords;
import dovetail.store.postfixadmin.ImportOptions;
import dovetail.store.postfixadmin.PostfixAdmin;
import dovetail.store.sql.DatabaseSettings;
import dovetail.store.sql.ForeignDatabase;
import dovetail.store.sql.Store;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dovetail import postfixadmin}. */
@Command(
    name = "postfixadmin",
    description = {
      "Takes domains, other names of domains, mailboxes and aliases from a database of"
          + " PostfixAdmin or from a dump of it. All is taken or, if anything is refused, nothing;"
          + " what is not taken is listed.",
      "Try it with --dry-run first."
    })
final class ImportPostfixAdminCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @ArgGroup(multiplicity = "1")
  Origin origin = new Origin();

  /** Where from. */
  static final class Origin {
    @Option(
        names = "--from",
        paramLabel = "URL",
        description =
            "The database: jdbc:mariadb://HOST/DATABASE (MySQL, too) or jdbc:sqlite:/FILE. It is"
                + " read only.")
    Optional<String> url = Optional.empty();

    @Option(
        names = "--dump",
        paramLabel = "FILE",
        description = "A dump that mysqldump, mariadb-dump or phpMyAdmin has made.")
    Optional<Path> dump = Optional.empty();
  }

  @Option(names = "--user", paramLabel = "USER", description = "The login at the database.")
  Optional<String> user = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file with the password for it in its first line.")
  Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--table-prefix",
      paramLabel = "PREFIX",
      description = "What stands before the names of the tables ($$CONF['database_prefix']).")
  Optional<String> prefix = Optional.empty();

  @Option(
      names = "--quota-multiplier",
      paramLabel = "BYTES",
      defaultValue = "" + ImportOptions.USUAL_MULTIPLIER,
      description =
          "Bytes in a megabyte, $$CONF['quota_multiplier']: 1024000, which is PostfixAdmin's usual"
              + " value and this one's, or 1048576.")
  long multiplier = ImportOptions.USUAL_MULTIPLIER;

  @Option(
      names = "--mail-base",
      paramLabel = "FOLDER",
      description =
          "Take the folders of mailboxes (maildir), below this one (virtual_mailbox_base); without"
              + " it mailboxes get the usual folder.")
  Optional<Path> mailBase = Optional.empty();

  @Option(
      names = "--bare-passwords",
      paramLabel = "KIND",
      defaultValue = "unknown",
      description =
          "What passwords are that bear no mark of their scheme: cleartext, des-crypt or md5-hex;"
              + " without this they are not taken.")
  String bare = "unknown";

  @Option(
      names = "--alias-type",
      paramLabel = "TYPE",
      defaultValue = "list",
      description =
          "list (the usual one), or alias, with which the targets of an alias may send in its name.")
  String aliasType = "list";

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Take this domain only; may be given several times.")
  List<String> domains = List.of();

  @Option(names = "--dry-run", description = "Do all of it but keep nothing.")
  boolean dryRun;

  @Option(names = "--skip-refused", description = "Take the rest where something is refused.")
  boolean skip;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    ImportOptions options = options();
    Stores.placeLibrary(config.loadWithoutKeys());
    StoreAccess access = new StoreAccess(config);
    ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
    try (ForeignTables tables = open()) {
      PostfixAdmin source = PostfixAdmin.survey(tables, options, hash());
      boolean sound = skip || source.found().problems().isEmpty();
      Attempt attempt = access.with(store -> attempt(store, source, sound, progress));
      progress.end();
      boolean good = skip || (sound && attempt.refused().isEmpty());
      ImportReport report = new ImportReport(source.found(), attempt, good && !dryRun);
      if (json) {
        report.writeJson(spec.commandLine().getOut());
      } else {
        report.write(spec.commandLine().getOut());
      }
      return (good ? Exit.GOOD : Exit.NO).status();
    } catch (UnreadableException e) {
      throw new FailureException(Exit.NO, e.getMessage() + "; nothing was changed", e);
    } finally {
      progress.end();
    }
  }

  private Attempt attempt(Store store, PostfixAdmin source, boolean sound, ProgressLine progress)
      throws UnavailableException {
    return store
        .administration()
        .attempt(
            source,
            StoreAccess.actor(),
            attempt -> !dryRun && sound && (skip || attempt.refused().isEmpty()),
            progress::made);
  }

  private ImportOptions options() throws Configuration.UnusableException {
    if (multiplier <= 0) {
      throw misused("--quota-multiplier: expected a number of bytes");
    }
    if (!prefix.orElse("").matches("\\w*")) {
      throw misused("--table-prefix: expected letters, digits and underscores");
    }
    if (!List.of("alias", "list").contains(aliasType)) {
      throw misused("--alias-type: expected alias or list");
    }
    if (mailBase.isPresent() && !mailBase.get().isAbsolute()) {
      throw misused("--mail-base: expected an absolute path");
    }
    return new ImportOptions(
        prefix.orElse("").toLowerCase(Locale.ROOT),
        multiplier,
        mailBase.map(Path::toString),
        barePasswords(),
        aliasType,
        new HashSet<>(Domains.read(spec, domains)));
  }

  private BarePasswords barePasswords() {
    String name = bare.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(BarePasswords.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> misused("--bare-passwords: expected cleartext, des-crypt, md5-hex or unknown"));
  }

  private ForeignTables open() {
    if (origin.dump.isPresent()) {
      return MysqlDump.open(origin.dump.get());
    }
    try {
      return ForeignDatabase.open(
          new DatabaseSettings(origin.url.orElse(""), user, passwordFile, 1, TIMEOUT));
    } catch (IllegalArgumentException e) {
      throw misused("--from: " + e.getMessage());
    }
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static Function<char[], String> hash() {
    Argon2id argon = new Argon2id(new SecureRandom());
    return password -> {
      try {
        return argon.hash(password);
      } finally {
        Arrays.fill(password, ' ');
      }
    };
  }
}
