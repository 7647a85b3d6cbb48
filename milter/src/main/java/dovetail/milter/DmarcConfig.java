package dovetail.milter;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.mail.Domain;
import dovetail.milter.filter.ActionRow;
import dovetail.milter.filter.Concern;
import dovetail.milter.filter.Disposition.Action;
import dovetail.milter.filter.Enforcement;
import dovetail.milter.filter.InboundPolicy;
import dovetail.milter.source.AuthorPattern;
import dovetail.milter.source.SigningRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of the section {@code [milter.dmarc]}. */
public final class DmarcConfig {
  /** What happens while a policy cannot be found out. */
  enum OnUnknown {
    ACCEPT,
    DEFER
  }

  static final Key<Enforcement> ENFORCE =
      Key.choice(
          "enforce",
          Enforcement.class,
          Enforcement.NONE,
          "What becomes of mail that fails DMARC: none only says so in Authentication-Results;"
              + " quarantine files what p=quarantine or p=reject is published for, by the header"
              + " field X-Dovetail-Disposition; reject also refuses what p=reject is published for,"
              + " unless there is a sign of a list or a forwarder. Mail without one clear"
              + " author is filed, too.");

  static final Key<Boolean> SHADOW =
      Key.bool(
          "shadow", false, "Whether that is only tried: the log says what would have been done.");

  static final Key<OnUnknown> ON_UNKNOWN =
      Key.choice(
          "on_unknown",
          OnUnknown.class,
          OnUnknown.ACCEPT,
          "What becomes of mail of which the DNS does not say whether it fails, where anything is"
              + " enforced.");

  static final Key<List<Domain>> TRUSTED_SEALERS =
      Key.list(
          "trusted_sealers",
          List.of(),
          SigningRow::domain,
          "Domains whose results in ARC are believed: mail that they have seen pass is taken,"
              + " although it fails here. Mailing lists and forwarders that you know, by the d= of"
              + " their seals, whose results have dmarc=pass.");

  static final Key<List<ActionRow>> ACTION =
      Key.tables(
          "action",
          DmarcConfig::action,
          "What is done with some mail instead, also where nothing is enforced; the first row that"
              + " fits counts: from (a domain, \"*.domain\" or \"*\"), reason (of those in the log;"
              + " default: all failures under p=quarantine and p=reject), action (none, mark,"
              + " quarantine, defer, reject). mark delivers with the header field, too.");

  static final Key<Boolean> HOLD =
      Key.bool(
          "hold",
          false,
          "Whether Postfix keeps what is quarantined in its hold queue, too, until postsuper -H or -d"
              + " ends that; else it is delivered with its field.");

  /** The whole section. */
  public static final Section SECTION =
      Section.of(
              "milter.dmarc",
              "What is done with incoming mail by the policies of its authors' domains.",
              List.of(ENFORCE, SHADOW, ON_UNKNOWN, TRUSTED_SEALERS, ACTION, HOLD))
          .check(DmarcConfig::checkShadow);

  private DmarcConfig() {}

  private static void checkShadow(Settings settings, Section.Complaints complaints) {
    boolean idle = settings.get(ENFORCE) == Enforcement.NONE && settings.get(ACTION).isEmpty();
    if (settings.get(SHADOW) && idle) {
      complaints.at(SHADOW, "with enforce = \"none\" and no action there is nothing to try");
    }
  }

  /** Reads a row: {@code from}, {@code reason}, {@code action}. */
  private static ActionRow action(ConfigValue value) throws ConfigException {
    ConfigTable row = value.asTable("from", "reason", "action");
    AuthorPattern authors = AuthorPattern.read(row.require("from"));
    Optional<Concern> concern = row.get("reason", reason -> reason.asChoice(Concern.class));
    Action action = row.require("action").asChoice(Action.class);
    Optional<String> objection = ActionRow.objection(concern, action);
    if (objection.isPresent()) {
      throw row.require("action").error(objection.get());
    }
    if (concern.filter(Concern.AUTHOR_UNCLEAR::equals).isPresent()
        && !(authors instanceof AuthorPattern.Any)) {
      throw row.require("from").error("mail without a clear author is of no domain: write \"*\"");
    }
    return new ActionRow(authors, concern, action);
  }

  static InboundPolicy policy(Settings settings) {
    return new InboundPolicy(
        settings.get(ENFORCE),
        settings.get(ON_UNKNOWN) == OnUnknown.DEFER,
        settings.get(ACTION),
        Set.copyOf(settings.get(TRUSTED_SEALERS)));
  }
}
