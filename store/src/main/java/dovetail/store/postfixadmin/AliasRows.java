package dovetail.store.postfixadmin;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.TargetList;
import dovetail.mail.Address;
import dovetail.store.foreign.ForeignRow;
import dovetail.store.postfixadmin.Survey.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The aliases, with the row that PostfixAdmin makes for each mailbox. */
final class AliasRows {
  static final List<String> COLUMNS = List.of("address", "goto", "active");

  private final ImportOptions options;
  private final DomainRows domains;
  private final Set<String> mailboxes;

  /**
   * @param mailboxes the addresses of all mailboxes, as they are stored
   */
  AliasRows(ImportOptions options, DomainRows domains, Set<String> mailboxes) {
    this.options = options;
    this.domains = domains;
    this.mailboxes = mailboxes;
  }

  /** An address as it is stored; other texts in lower case. */
  static String canonical(String text) {
    if (text.startsWith("@")) {
      return "@" + DomainRows.canonical(text.substring(1));
    }
    return Address.parse(text)
        .map(Address::canonical)
        .map(Address::toString)
        .orElseGet(() -> text.toLowerCase(Locale.ROOT));
  }

  Mapped map(ForeignRow row, Survey survey) {
    String address = canonical(row.text("address").orElse(""));
    int at = address.lastIndexOf('@');
    String domain = address.substring(at + 1);
    if (!options.wants(domain)) {
      return new Mapped.Leave();
    }
    boolean active = row.flag("active", true);
    List<String> targets = targets(row, address, survey);
    boolean mailbox = mailboxes.contains(address);
    if (targets.isEmpty()) {
      return mailbox ? new Mapped.Leave() : new Mapped.Bad("goto: it leads to nobody");
    }
    if (targets.equals(List.of(address)) && !domains.isRelay(domain)) {
      // The row of a mailbox. Without one, mail would be taken and then bounce.
      if (!mailbox) {
        survey.note(Note.ALIAS_TO_ITSELF, address);
      }
      return new Mapped.Leave();
    }
    Optional<String> other = domains.behind(domain);
    if (other.isPresent()) {
      String same = address.substring(0, at + 1) + other.get();
      if (active && !targets.equals(List.of(same))) {
        return new Mapped.Bad(
            "%s is another name of %s and cannot have addresses of its own"
                .formatted(domain, other.get()));
      }
      survey.note(Note.ALIAS_OF_OTHER_NAME, address);
      return new Mapped.Leave();
    }
    Map<String, String> texts = new TreeMap<>();
    texts.put("address", address);
    texts.put("targets", String.join(", ", targets));
    texts.put("type", options.aliasType());
    texts.put("active", active ? "yes" : "no");
    Taken as = mailbox ? Taken.FORWARDINGS : at == 0 ? Taken.CATCH_ALLS : Taken.ALIASES;
    return Mapped.of(Kind.ALIAS, texts, as);
  }

  private static List<String> targets(ForeignRow row, String address, Survey survey) {
    // PostfixAdmin's autoreply for joe@example.com goes by joe#example.com@autoreply.host.
    String autoreply = address.replace('@', '#') + "@";
    List<String> targets = new ArrayList<>();
    for (String part : TargetList.split(row.text("goto").orElse("").replaceAll("[\\t\\r]", " "))) {
      String target = canonical(part);
      if (target.startsWith(autoreply)) {
        survey.note(Note.AUTOREPLY, address);
      } else if (!targets.contains(target)) {
        targets.add(target);
      }
    }
    return targets;
  }
}
