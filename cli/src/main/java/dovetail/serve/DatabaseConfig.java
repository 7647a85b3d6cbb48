package dovetail.serve;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.directory.CacheLimits;
import dovetail.store.sql.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of the section {@code [database]}. */
public final class DatabaseConfig {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  static final Key<String> URL =
      Key.of(
          "url",
          "URL",
          "jdbc:sqlite:/var/lib/dovetail/dovetail.db",
          "Where domains, mailboxes and aliases are kept: the embedded database's file, or MariaDB as"
              + " \"jdbc:mariadb://localhost/dovetail?localSocket=/run/mysqld/mysqld.sock\","
              + " \"jdbc:mariadb:sequential://db1,db2/dovetail?sslMode=verify-full\".",
          DatabaseConfig::url);

  static final Key<Optional<String>> USER =
      Key.string("user", "dovetail", "The login at MariaDB.").optional();

  static final Key<Optional<Path>> PASSWORD_FILE =
      Key.path(
              "password_file",
              "/etc/dovetail/database.password",
              "A file whose first line is the password at MariaDB.")
          .optional();

  static final Key<Path> KEY_FILE =
      Key.path(
          "key_file",
          "/var/lib/dovetail/secret.key",
          "The key with which private keys and relay passwords in the database are encrypted; made"
              + " when it is first needed. Hosts that share a database share it, and without it those"
              + " secrets cannot be read any more.");

  static final Key<Integer> MAX_CONNECTIONS =
      Key.integer("max_connections", 10, 1, 200, "Connections to MariaDB at a time.");

  static final Key<Duration> TIMEOUT =
      Key.atLeast(
          "250ms", Key.duration("timeout", "2s", "How long a connection or an answer may take."));

  static final Key<Duration> CACHE =
      Key.atLeast(
          "1s",
          Key.duration(
              "cache",
              "60s",
              "How long what was found is kept. Changes by the dovetail command show within a second"
                  + " all the same, those by other hands after this time."));

  static final Key<Duration> CACHE_ABSENT =
      Key.atLeast(
          "0s",
          Key.duration(
              "cache_absent",
              "5s",
              "How long it is kept that something is not there, at most 5s."));

  static final Key<Duration> CACHE_STALE =
      Key.atLeast(
          "0s",
          Key.duration(
              "cache_stale",
              "4h",
              "How old what was found may be that is used while the database is away. What was not"
                  + " there before is unknown then, and mail for it is deferred."));

  static final Key<Integer> CACHE_ENTRIES =
      Key.integer(
          "cache_entries",
          100_000,
          1000,
          10_000_000,
          "How many addresses are kept; about 400 bytes each.");

  static final Section SECTION =
      Section.of(
              "database",
              "Where virtual domains are kept.",
              List.of(
                  URL,
                  USER,
                  PASSWORD_FILE,
                  KEY_FILE,
                  MAX_CONNECTIONS,
                  TIMEOUT,
                  CACHE,
                  CACHE_ABSENT,
                  CACHE_STALE,
                  CACHE_ENTRIES))
          .check(DatabaseConfig::check);

  private DatabaseConfig() {}

  private static String url(ConfigValue value) throws ConfigException {
    String text = value.asString();
    try {
      return new DatabaseSettings(text, Optional.empty(), Optional.empty(), 1, PAUSE).url();
    } catch (IllegalArgumentException e) {
      throw value.error(e.getMessage() + ", found \"" + text + "\"");
    }
  }

  private static void check(Settings settings, Section.Complaints complaints) {
    if (settings.get(CACHE_ABSENT).compareTo(CacheLimits.DEFAULT.absent()) > 0) {
      complaints.at(
          CACHE_ABSENT, "expected at most \"5s\": a new mailbox would be refused so long");
    }
    if (settings.get(CACHE_STALE).compareTo(settings.get(CACHE)) < 0) {
      complaints.at(CACHE_STALE, "expected at least what 'cache' says");
    }
  }

  static DatabaseSettings database(Settings settings) {
    return new DatabaseSettings(
        settings.get(URL),
        settings.get(USER),
        settings.get(PASSWORD_FILE),
        settings.get(MAX_CONNECTIONS),
        settings.get(TIMEOUT));
  }

  static CacheLimits cache(Settings settings) {
    return new CacheLimits(
        settings.get(CACHE),
        settings.get(CACHE_ABSENT),
        settings.get(CACHE_STALE),
        PAUSE,
        settings.get(CACHE_ENTRIES));
  }
}
