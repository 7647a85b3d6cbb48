package dovetail.auth;

import dovetail.auth.answer.HomeTemplate;
import dovetail.auth.answer.MailLocation;
import dovetail.auth.answer.UserSettings;
import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Settings;
import java.util.List;
import java.util.Optional;

/** The keys of the section {@code [auth]} that say where the mail of users is. */
final class UserConfig {
  /** Beyond, ids are reserved: chown(2) takes the largest for none. */
  private static final int MOST_ID = Integer.MAX_VALUE;

  static final Key<Optional<HomeTemplate>> HOME =
      Key.of(
              "mail_home",
              "path",
              "/var/vmail/%{domain}/%{username}",
              "The folder of each user whose mailbox names none; %{user} is the whole address."
                  + " Dovecot's own mail_home if not set.",
              UserConfig::home)
          .optional();

  static final Key<Optional<Integer>> UID =
      Key.integer(
              "mail_uid",
              5000,
              1,
              MOST_ID,
              "The system user of mail files, of users whose mailbox names none; Dovecot's own"
                  + " mail_uid if not set.")
          .optional();

  static final Key<Optional<Integer>> GID =
      Key.integer(
              "mail_gid",
              5000,
              1,
              MOST_ID,
              "The system group of mail files, of users whose mailbox names none; Dovecot's own"
                  + " mail_gid if not set.")
          .optional();

  static final Key<Optional<MailLocation>> LOCATION =
      Key.of(
              "mail_location",
              "driver:path",
              "maildir:~/Maildir",
              "In what form mail is kept and where; Dovecot 2.4 is told mail_driver and mail_path."
                  + " As Dovecot's own configuration says, if not set.",
              UserConfig::location)
          .optional();

  static final List<Key<?>> ALL = List.of(HOME, UID, GID, LOCATION);

  private UserConfig() {}

  static UserSettings of(Settings settings) {
    return new UserSettings(
        settings.get(HOME),
        settings.get(UID).map(Integer::longValue),
        settings.get(GID).map(Integer::longValue),
        settings.get(LOCATION));
  }

  private static HomeTemplate home(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return HomeTemplate.read(text)
        .orElseThrow(() ->
            value.error(
                "expected a path from / on with %%{user}, or %%{domain} and %%{username}, found \"%s\""
                    .formatted(text)));
  }

  private static MailLocation location(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return MailLocation.of(text)
        .orElseThrow(() ->
            value.error(
                "expected a driver and a path such as \"maildir:~/Maildir\", found \"%s\""
                    .formatted(text)));
  }
}
