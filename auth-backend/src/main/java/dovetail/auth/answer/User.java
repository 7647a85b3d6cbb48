package dovetail.auth.answer;

import dovetail.directory.Account;
import dovetail.mail.Address;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Somebody who has mail here, as those know him who keep it.
 *
 * @param address the account's one name
 * @param home the folder of his mail
 * @param uid the system user of its files
 * @param gid the system group of its files
 * @param location in what form the mail is there, and where
 * @param quota how many bytes it may hold; 0 for no limit
 */
public record User(
    Address address,
    Optional<String> home,
    Optional<Long> uid,
    Optional<Long> gid,
    Optional<MailLocation> location,
    long quota) {
  static User of(Account account, UserSettings settings) {
    Account.Place place = account.place();
    return new User(
        account.address(),
        place.home().or(() -> settings.home().map(home -> home.of(account.address()))),
        place.uid().or(settings::uid),
        place.gid().or(settings::gid),
        settings.location(),
        place.quota());
  }

  /**
   * The userdb fields that Dovecot takes them from. What is not said here is as Dovecot's own
   * configuration has it.
   */
  public SequencedMap<String, String> fields(DovecotSeries series) {
    SequencedMap<String, String> fields = new LinkedHashMap<>();
    home.ifPresent(path -> fields.put("home", path));
    uid.ifPresent(number -> fields.put("uid", Long.toString(number)));
    gid.ifPresent(number -> fields.put("gid", Long.toString(number)));
    switch (series) {
      case V2_3 -> {
        location.ifPresent(there -> fields.put("mail", there.toString()));
        if (quota > 0) {
          fields.put("quota_rule", "*:bytes=" + quota);
        }
      }
      case V2_4 -> {
        location.ifPresent(there -> {
          fields.put("mail_driver", there.driver());
          fields.put("mail_path", there.path());
        });
        if (quota > 0) {
          fields.put("quota_storage_size", quota + "B");
        }
      }
    }
    return fields;
  }
}
