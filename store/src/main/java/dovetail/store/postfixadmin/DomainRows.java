package dovetail.store.postfixadmin;

import dovetail.directory.edit.Kind;
import dovetail.mail.Domain;
import dovetail.store.foreign.ForeignRow;
import dovetail.store.postfixadmin.Survey.Taken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The domains, which are few enough to be known all at once. */
final class DomainRows {
  static final List<String> COLUMNS =
      List.of(
          "domain",
          "description",
          "aliases",
          "mailboxes",
          "maxquota",
          "quota",
          "transport",
          "backupmx",
          "active",
          "password_expiry");
  static final List<String> OTHER_NAME_COLUMNS = List.of("alias_domain", "target_domain", "active");

  /** Stands for the rights of superadmins, and is no domain. */
  private static final String ALL = "ALL";

  /** As PostfixAdmin's own query for relay_domains has it. */
  private static final Pattern RELAYING =
      Pattern.compile("(smtp|relay).*", Pattern.CASE_INSENSITIVE);

  private static final long MOST = 999_999_999;

  private final ImportOptions options;
  private final SequencedMap<String, SequencedMap<String, String>> hosted = new LinkedHashMap<>();
  private final SequencedMap<String, String> targets = new LinkedHashMap<>();
  private final Map<String, String> active = new HashMap<>();
  private final Set<String> relays = new HashSet<>();

  DomainRows(ImportOptions options) {
    this.options = options;
  }

  /** The domain as it is stored; the text itself if it is none. */
  static String canonical(String text) {
    return Domain.parse(text).map(Domain::ascii).orElseGet(() -> text.toLowerCase(Locale.ROOT));
  }

  /** A row of the table domain. */
  void domain(ForeignRow row, Survey survey) {
    String name = row.text("domain").orElse("");
    if (name.equalsIgnoreCase(ALL) || !options.wants(name)) {
      return;
    }
    String transport = row.text("transport").orElse("");
    boolean relay = row.flag("backupmx", false) || RELAYING.matcher(transport).matches();
    SequencedMap<String, String> texts = new TreeMap<>();
    texts.put("domain", name);
    texts.put("type", relay ? "relay" : "mailbox");
    texts.put("active", row.flag("active", true) ? "yes" : "no");
    row.text("description").map(Mapped::cleaned).ifPresent(text -> texts.put("description", text));
    if (!transport.isEmpty() && !transport.matches("(?i)virtual:?")) {
      texts.put("transport", transport);
    }
    limit(row, "mailboxes").ifPresent(value -> texts.put("max-mailboxes", value));
    limit(row, "aliases").ifPresent(value -> texts.put("max-aliases", value));
    long quota = row.number("quota").orElse(0);
    if (quota > 0) {
      texts.put("max-quota", String.valueOf(bytes(quota)));
    }
    String domain = canonical(name);
    if (row.number("maxquota").orElse(0) > 0) {
      survey.note(Note.MAILBOX_QUOTA_LIMIT, domain);
    }
    if (row.number("password_expiry").orElse(0) > 0) {
      survey.note(Note.PASSWORD_EXPIRY, "domain " + domain);
    }
    hosted.put(domain, texts);
    active.put(domain, texts.get("active") + "");
    if (relay) {
      relays.add(domain);
    }
  }

  private long bytes(long megabytes) {
    try {
      return Math.multiplyExact(megabytes, options.quotaMultiplier());
    } catch (ArithmeticException _) {
      return Long.MAX_VALUE / 1024;
    }
  }

  /** 0 stands for no limit, what is negative for none at all. */
  private static Optional<String> limit(ForeignRow row, String column) {
    OptionalLong limit = row.number(column);
    return limit.isEmpty() || limit.getAsLong() == 0
        ? Optional.empty()
        : Optional.of(String.valueOf(Math.clamp(limit.getAsLong(), 0, MOST)));
  }

  /** A row of the table alias_domain, when all domains are known. */
  void otherName(ForeignRow row, Survey survey) {
    String name = canonical(row.text("alias_domain").orElse(""));
    String target = canonical(row.text("target_domain").orElse(""));
    if (!options.wants(name)) {
      return;
    }
    if (!row.flag("active", true)) {
      survey.note(Note.OTHER_NAME_OFF, name);
      return;
    }
    if (!hosted.containsKey(name)) {
      survey.note(Note.OTHER_NAME_WITHOUT_DOMAIN, name);
    }
    if (Optional.ofNullable(active.get(target)).orElse("yes").equals("no")) {
      survey.note(Note.TARGET_OFF, name + " of " + target);
    }
    targets.put(name, target);
  }

  /** The domain of which that is another name. */
  Optional<String> behind(String domain) {
    return Optional.ofNullable(targets.get(domain));
  }

  boolean isRelay(String domain) {
    return relays.contains(domain);
  }

  /** The names of all that have addresses of their own. */
  Iterable<String> names() {
    return hosted.sequencedKeySet().stream().filter(name -> !targets.containsKey(name)).toList();
  }

  Iterable<String> otherNames() {
    return targets.sequencedKeySet();
  }

  /**
   * What becomes of a domain.
   *
   * @param without the limits that are left out
   */
  Mapped hosted(String name, Set<String> without) {
    Map<String, String> texts = new TreeMap<>(hosted.getOrDefault(name, new TreeMap<>()));
    texts.keySet().removeAll(without);
    return Mapped.of(Kind.DOMAIN, texts, isRelay(name) ? Taken.RELAY_DOMAINS : Taken.DOMAINS);
  }

  /** What becomes of another name of a domain. */
  Mapped otherName(String name) {
    Map<String, String> texts = new TreeMap<>();
    texts.put("domain", name);
    texts.put("alias-of", targets.getOrDefault(name, ""));
    texts.put("active", active.getOrDefault(name, "no"));
    return Mapped.of(Kind.DOMAIN, texts, Taken.ALIAS_DOMAINS);
  }

  /** A limit of a domain; nothing if it has none. */
  OptionalLong limit(String name, String field) {
    String text = hosted.getOrDefault(name, new TreeMap<>()).getOrDefault(field, "");
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }
}
