package dovetail.auth.answer;

import java.util.Optional;

/**
 * Where mail is, of accounts that do not say it themselves; what is not said here either, Dovecot's
 * own configuration says.
 *
 * @param home the folder of each
 * @param uid the system user of the files
 * @param gid the system group of the files
 * @param location in what form the mail is there
 */
public record UserSettings(
    Optional<HomeTemplate> home,
    Optional<Long> uid,
    Optional<Long> gid,
    Optional<MailLocation> location) {
  /** All as Dovecot's own configuration has it. */
  public static final UserSettings NONE =
      new UserSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
