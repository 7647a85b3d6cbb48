package dovetail.store.postfixadmin;

/** Something that is not taken over, or not as it was. */
public enum Note {
  CLEARTEXT("passwords in cleartext, which are hashed"),
  WEAK_HASH("passwords under weak hashes, kept as they are: Dovecot 2.4 refuses some of them"),
  UNKNOWN_PASSWORD("passwords of an unknown kind: these mailboxes have none now"),
  NO_PASSWORD("mailboxes without a password"),
  AUTOREPLY("aliases' targets for autoreplies, left out"),
  ALIAS_TO_ITSELF("aliases that lead to themselves only, without a mailbox: left out"),
  ALIAS_OF_OTHER_NAME("aliases in another name of a domain that say what it says: left out"),
  OTHER_NAME_OFF("other names of domains that are switched off: taken as domains of their own"),
  OTHER_NAME_WITHOUT_DOMAIN("other names that are not in the table domain: not in use"),
  TARGET_OFF("other names of domains that are not in use: nothing is taken for them either"),
  LIMIT_EXCEEDED("limits of domains that are exceeded already: left out"),
  MAILBOX_QUOTA_LIMIT("domains' limits for the quota of one mailbox (maxquota): left out"),
  PASSWORD_EXPIRY("dates or days at which passwords expire: left out"),
  TOTP("second factors for PostfixAdmin itself (totp_secret): left out"),
  CONTACT("phone numbers and other addresses of owners: left out"),
  FOLDER("folders of mailboxes (maildir): left out, since --mail-base was not given"),
  RELAY_RECIPIENTS(
      "relay domains, whose recipients are not known: relay_recipient_maps would refuse all but"
          + " their aliases");

  private final String words;

  Note(String words) {
    this.words = words;
  }

  /** What it is about, in words. */
  public String words() {
    return words;
  }
}
