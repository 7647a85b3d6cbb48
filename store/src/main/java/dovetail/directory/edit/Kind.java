package dovetail.directory.edit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of rows that administrators keep, each with the fields that name it and the others. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of's, the fields are records
public enum Kind {
  /** Domains, and other names of domains. */
  DOMAIN(
      List.of(Field.of("domain", FieldType.DOMAIN, "its name")),
      List.of(
          Field.of("alias-of", FieldType.DOMAIN, "the domain of which this is another name"),
          Field.of(
              "type", FieldType.DOMAIN_TYPE, "mailbox", "mailboxes here, or relayed elsewhere"),
          Field.of("active", FieldType.FLAG, "yes", "whether it is in use"),
          Field.of("description", FieldType.TEXT, "for people"),
          Field.of("transport", FieldType.TRANSPORT, "how its mail is delivered, if not as usual"),
          Field.of("delimiter", FieldType.DELIMITERS, "+", "what sets an extension off"),
          Field.of("signed-by", FieldType.SIGNER, "whose DKIM keys sign its mail, if not its own"),
          Field.of("archive", FieldType.ARCHIVE, "who gets a copy of its mail"),
          Field.of("subdomains", FieldType.FLAG, "no", "whether all below it is relayed, too"),
          Field.of("max-mailboxes", FieldType.COUNT, "how many mailboxes it may have"),
          Field.of("max-aliases", FieldType.COUNT, "how many aliases it may have"),
          Field.of("max-quota", FieldType.SIZE, "the sum of its mailboxes' quotas"),
          Field.of("default-quota", FieldType.SIZE, "the quota of mailboxes without their own"))),
  /** Mailboxes. */
  MAILBOX(
      List.of(Field.of("address", FieldType.ADDRESS, "its address")),
      List.of(
          Field.of("name", FieldType.TEXT, "the owner's name"),
          Field.of("quota", FieldType.SIZE, "how much it may hold; 0 for no limit"),
          Field.of("receive", FieldType.FLAG, "yes", "whether mail for it is accepted"),
          Field.of("send", FieldType.FLAG, "yes", "whether its owner may send"),
          Field.of(
              "logins", FieldType.LOGINS, "smtp imap pop3 sieve", "services that take its login"),
          Field.of("home", FieldType.PATH, "its folder, if not the usual one"),
          Field.of("uid", FieldType.COUNT, "the system user of its files"),
          Field.of("gid", FieldType.COUNT, "the system group of its files"),
          Field.of("password", FieldType.PASSWORD_HASH, "the hash of its password"),
          Field.of("networks", FieldType.NETWORKS, "where logins may come from, if not anywhere"),
          Field.of("totp", FieldType.TOTP, "the secret of its one-time passwords"))),
  /** Further passwords of mailboxes, each for one program. */
  APP_PASSWORD(
      List.of(
          Field.of("address", FieldType.ADDRESS, "whose password it is"),
          Field.of("label", FieldType.LABEL, "for which program or device")),
      List.of(
          Field.of("services", FieldType.LOGINS, "smtp imap pop3 sieve", "services that take it"),
          Field.of("expires", FieldType.END, "until when it is good, if not forever"),
          Field.of("networks", FieldType.NETWORKS, "where it may be used, if not anywhere"),
          Field.of("password", FieldType.PASSWORD_HASH, "the hash of the password"),
          Field.of("used", FieldType.LAST_USE, "when it was used last"))),
  /** Aliases, lists and catch-alls. */
  ALIAS(
      List.of(Field.of("address", FieldType.ALIAS, "its address; @domain catches all others")),
      List.of(
          Field.of("targets", FieldType.TARGETS, "who gets its mail"),
          Field.of("type", FieldType.ALIAS_TYPE, "alias", "whether the targets may send as it"),
          Field.of("active", FieldType.FLAG, "yes", "whether it is in use"))),
  /** Rights to send in somebody's name. */
  GRANT(
      List.of(
          Field.of("login", FieldType.ADDRESS, "who gets the right"),
          Field.of("scope", FieldType.SCOPE, "in whose name")),
      List.of()),
  /** Relay hosts. */
  RELAY(
      List.of(Field.of("sender", FieldType.SCOPE, "whose mail goes that way")),
      List.of(
          Field.of("nexthop", FieldType.NEXTHOP, "where to"),
          Field.of("username", FieldType.TEXT, "the login there"),
          Field.of("password", FieldType.SECRET, "the password there"))),
  /** Rows of Postfix maps. */
  ENTRY(
      List.of(
          Field.of("map", FieldType.MAP, "the map's name"),
          Field.of("key", FieldType.TEXT, "what is looked up")),
      List.of(Field.of("value", FieldType.TEXT, "the answer"))),
  /** Mail that is taken though it fails DMARC. */
  EXCEPTION(
      List.of(
          Field.of(
              "type",
              FieldType.EXCEPTION_TYPE,
              "by what it is known: author, sender, list, client or sealer"),
          Field.of(
              "value",
              FieldType.EXCEPTION,
              "a domain, *.domain, or a client's address or network")),
      List.of(Field.of("description", FieldType.TEXT, "for people"))),
  /** What accounts and domains may send. */
  LIMIT(
      List.of(
          Field.of("subject", FieldType.LIMIT_SUBJECT, "whose limit it is"),
          Field.of("rule", FieldType.RULE, "the name of the limit's rule")),
      List.of(
          Field.of("limits", FieldType.LIMIT, "what it may, or each account of the domain"),
          Field.of("shared", FieldType.LIMIT, "what all accounts of the domain may together"),
          Field.of("bulk", FieldType.FLAG, "no", "whether it is known to send to many")));

  private final List<Field> keys;
  private final List<Field> others;

  Kind(List<Field> keys, List<Field> others) {
    this.keys = keys;
    this.others = others;
  }

  /** Its name in commands and bulk formats. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that name. */
  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** The fields that together name a row. */
  public List<Field> keys() {
    return keys;
  }

  /** The other fields. */
  public List<Field> others() {
    return others;
  }

  /** All fields, those that name the row first. */
  public List<Field> fields() {
    return Stream.concat(keys.stream(), others.stream()).toList();
  }

  /** The field of that name. */
  public Optional<Field> field(String name) {
    return fields().stream().filter(field -> field.name().equals(name)).findFirst();
  }
}
