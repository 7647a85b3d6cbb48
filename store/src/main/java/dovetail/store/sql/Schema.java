package dovetail.store.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * The tables, as steps that each are one statement and can be repeated: MariaDB's definitions are
 * not part of transactions, so a step may have been made and not noted. Steps are only ever added;
 * the release before must be able to work with what they make.
 */
final class Schema {
  /** Octets of an address (RFC 5321 4.5.3.1), which has no more characters than that. */
  static final int ADDRESS = 320;

  static final int DOMAIN = 255;
  static final int WORD = 64;
  static final int LINE = 500;

  private final Dialect dialect;

  private Schema(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Where the steps are noted that were made. */
  static String notes(Dialect dialect) {
    return "CREATE TABLE IF NOT EXISTS schema_steps (step "
        + dialect.number()
        + " NOT NULL PRIMARY KEY, made "
        + dialect.number()
        + " NOT NULL)"
        + dialect.keyed();
  }

  /** All steps, the first one first. */
  static List<String> steps(Dialect dialect) {
    Schema schema = new Schema(dialect);
    List<String> all = new ArrayList<>(schema.ofMail());
    all.addAll(new PolicySchema(schema).steps());
    all.addAll(new AuthSchema(schema).steps());
    all.add(schema.domainArchives());
    return List.copyOf(all);
  }

  private List<String> ofMail() {
    return List.of(
        domains(),
        mailboxes(),
        index("mailboxes_domain", "mailboxes (domain)"),
        aliases(),
        index("aliases_domain", "aliases (domain)"),
        aliasTargets(),
        index("alias_targets_target", "alias_targets (target)"),
        grants(),
        index("grants_scope", "grants (scope)"),
        credentials(),
        relayHosts(),
        mapEntries(),
        changes(),
        audit(),
        dkimKeys(),
        domainSigners(),
        ledgerBatches(),
        index("ledger_batches_added", "ledger_batches (added)"),
        dmarcRows(),
        index("dmarc_rows_day", "dmarc_rows (day, domain)"),
        dmarcReports(),
        index("dmarc_reports_made", "dmarc_reports (made)"),
        dmarcDeliveries(),
        index("dmarc_deliveries_next", "dmarc_deliveries (state, next_try)"),
        dmarcSilenced(),
        dmarcReceived(),
        index("dmarc_received_end", "dmarc_received (end_time)"),
        exceptions());
  }

  /** As much of a stranger's words as a column for one line takes. */
  static String line(String words) {
    return words.codePointCount(0, words.length()) <= LINE
        ? words
        : words.substring(0, words.offsetByCodePoints(0, LINE));
  }

  static String index(String name, String on) {
    return "CREATE INDEX IF NOT EXISTS " + name + " ON " + on;
  }

  String keyed(String name, String... columns) {
    return "CREATE TABLE IF NOT EXISTS %s (%s)%s"
        .formatted(name, String.join(", ", columns), dialect.keyed());
  }

  String numbered(String name, String... columns) {
    return "CREATE TABLE IF NOT EXISTS %s (id %s, %s)%s"
        .formatted(name, dialect.serial(), String.join(", ", columns), dialect.numbered());
  }

  String text(String name, int characters) {
    return name + " " + dialect.text(characters);
  }

  String key(String name, int characters) {
    return text(name, characters) + " NOT NULL";
  }

  String number(String name) {
    return name + " " + dialect.number();
  }

  private String domains() {
    return keyed(
        "domains",
        key("domain", DOMAIN) + " PRIMARY KEY",
        text("alias_of", DOMAIN),
        key("type", WORD),
        required("active"),
        text("description", LINE),
        text("transport", LINE),
        text("delimiter", WORD),
        required("subdomains"),
        number("max_mailboxes"),
        number("max_aliases"),
        number("max_quota"),
        number("default_quota"),
        required("created"),
        required("modified"));
  }

  String required(String name) {
    return number(name) + " NOT NULL";
  }

  private String mailboxes() {
    return keyed(
        "mailboxes",
        key("address", ADDRESS) + " PRIMARY KEY",
        key("domain", DOMAIN),
        text("name", LINE),
        number("quota"),
        required("receive"),
        required("send"),
        text("logins", WORD),
        text("home", LINE),
        number("uid"),
        number("gid"),
        required("created"),
        required("modified"));
  }

  private String aliases() {
    return keyed(
        "aliases",
        key("address", ADDRESS) + " PRIMARY KEY",
        key("domain", DOMAIN),
        key("type", WORD),
        required("active"),
        required("created"),
        required("modified"));
  }

  private String aliasTargets() {
    return keyed(
        "alias_targets",
        key("address", ADDRESS),
        required("position"),
        key("target", ADDRESS),
        "PRIMARY KEY (address, position)");
  }

  private String grants() {
    return keyed(
        "grants",
        key("login", ADDRESS),
        key("scope", ADDRESS),
        required("created"),
        "PRIMARY KEY (login, scope)");
  }

  private String credentials() {
    return keyed(
        "credentials",
        key("address", ADDRESS),
        key("label", WORD),
        key("secret", LINE),
        required("created"),
        required("modified"),
        "PRIMARY KEY (address, label)");
  }

  private String relayHosts() {
    return keyed(
        "relay_hosts",
        key("sender", ADDRESS) + " PRIMARY KEY",
        key("nexthop", LINE),
        text("username", LINE),
        "password " + dialect.longText(),
        required("created"),
        required("modified"));
  }

  private String mapEntries() {
    return keyed(
        "map_entries",
        key("map", WORD),
        key("lookup_key", LINE),
        key("value", LINE),
        required("created"),
        required("modified"),
        "PRIMARY KEY (map, lookup_key)");
  }

  private String changes() {
    return numbered("changes", required("made"), key("subject", LINE));
  }

  private String audit() {
    return numbered(
        "audit",
        required("made"),
        key("actor", LINE),
        key("action", WORD),
        key("kind", WORD),
        key("object", 2 * LINE),
        "detail " + dialect.longText());
  }

  private String dkimKeys() {
    return keyed(
        "dkim_keys",
        key("domain", DOMAIN),
        key("selector", DOMAIN),
        key("algorithm", WORD),
        key("state", WORD),
        "private_key " + dialect.longText() + " NOT NULL",
        required("created"),
        required("modified"),
        "PRIMARY KEY (domain, selector)");
  }

  private String domainSigners() {
    return keyed("domain_signers", key("domain", DOMAIN) + " PRIMARY KEY", key("signer", DOMAIN));
  }

  private String domainArchives() {
    return keyed(
        "domain_archives", key("domain", DOMAIN) + " PRIMARY KEY", key("address", ADDRESS));
  }

  private String ledgerBatches() {
    return keyed("ledger_batches", key("batch", WORD) + " PRIMARY KEY", required("added"));
  }

  private String dmarcRows() {
    return numbered(
        "dmarc_rows",
        required("day"),
        key("domain", DOMAIN),
        "policy " + dialect.longText() + " NOT NULL",
        "facts " + dialect.longText() + " NOT NULL",
        required("messages"));
  }

  private String dmarcReports() {
    return keyed(
        "dmarc_reports",
        key("report_id", LINE) + " PRIMARY KEY",
        key("domain", DOMAIN),
        required("day"),
        required("messages"),
        required("made"),
        key("note", LINE),
        "body " + dialect.longText() + " NOT NULL");
  }

  private String dmarcDeliveries() {
    return keyed(
        "dmarc_deliveries",
        key("report_id", LINE),
        required("position"),
        key("recipient", ADDRESS),
        key("state", WORD),
        required("tries"),
        required("next_try"),
        key("detail", LINE),
        "PRIMARY KEY (report_id, position)");
  }

  private String dmarcSilenced() {
    return keyed(
        "dmarc_silenced",
        key("recipient", ADDRESS) + " PRIMARY KEY",
        required("until"),
        key("why", LINE));
  }

  private String dmarcReceived() {
    return keyed(
        "dmarc_received",
        key("name", WORD) + " PRIMARY KEY",
        key("organization", LINE),
        key("report_id", LINE),
        key("domain", LINE),
        required("begin_time"),
        required("end_time"),
        required("messages"),
        required("imported"),
        "body " + dialect.longText() + " NOT NULL");
  }

  private String exceptions() {
    return keyed(
        "exceptions",
        key("type", WORD),
        key("value", DOMAIN),
        text("description", LINE),
        required("created"),
        required("modified"),
        "PRIMARY KEY (type, value)");
  }
}
