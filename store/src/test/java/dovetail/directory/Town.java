package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory written down in lines:
 *
 * <pre>
 * domain NAME mailbox|relay [off] [subdomains] [delimiters=CHARACTERS] [transport=T] [catchall=T1;T2[;off][;list]]
 * domain NAME alias-of TARGET [off]
 * mailbox ADDRESS [deaf] [dumb] [quota=BYTES] [used=BYTES]
 * alias ADDRESS T1;T2 [off] [list]
 * grant SCOPE LOGIN
 * row MAP KEY VALUE
 * relayhost SENDER NEXTHOP [NAME PASSWORD]
 * bulk ACCOUNT|DOMAIN
 * </pre>
 */
public final class Town {
  private final MapDirectory directory = new MapDirectory();
  private final Map<Address, Mailbox> mailboxes = new HashMap<>();
  private final Map<Address, Alias> aliases = new HashMap<>();

  private Town() {}

  /** The directory of those lines. */
  public static MapDirectory of(List<String> lines) {
    Town town = new Town();
    lines.forEach(town::take);
    Stream.concat(town.mailboxes.keySet().stream(), town.aliases.keySet().stream())
        .distinct()
        .forEach(address ->
            town.directory.put(
                address,
                new AddressEntry(
                    Optional.ofNullable(town.mailboxes.get(address)),
                    Optional.ofNullable(town.aliases.get(address)))));
    return town.directory;
  }

  /** The directory of those lines. */
  public static MapDirectory of(String lines) {
    return of(lines.lines().filter(line -> !line.isBlank()).map(String::strip).toList());
  }

  private void take(String line) {
    List<String> words = words(line);
    switch (words.getFirst()) {
      case "domain" -> directory.put(domain(words));
      case "mailbox" -> mailbox(address(words.get(1)), words);
      case "alias" -> aliases.put(address(words.get(1)), alias(words.subList(2, words.size())));
      case "grant" ->
          directory.grant(GrantScope.parse(words.get(1)).orElseThrow(), address(words.get(2)));
      case "row" -> {
        String key = words.get(2);
        String value = line.substring(line.indexOf(" " + key + " ") + key.length() + 2);
        directory.put(EntryMap.of(words.get(1)).orElseThrow(), key, value);
      }
      case "bulk" -> directory.putBulkSender(words.get(1));
      case "relayhost" -> directory.put(words.get(1), relayHost(words));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void mailbox(Address address, List<String> words) {
    long quota = option(words, "quota").map(Long::parseLong).orElse(0L);
    mailboxes.put(address, new Mailbox(!words.contains("deaf"), !words.contains("dumb"), quota));
    option(words, "used")
        .map(Long::parseLong)
        .ifPresent(bytes -> directory.put(address, new Usage(bytes, 1)));
  }

  /** Cut at spaces that are not in quotes. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.add(line.substring(start, i));
        start = i + 1;
      }
    }
    words.add(line.substring(start));
    return words;
  }

  private static RelayHost relayHost(List<String> words) {
    return new RelayHost(
        words.get(2),
        words.size() > 4
            ? Optional.of(new RelayHost.Login(words.get(3), words.get(4)))
            : Optional.empty());
  }

  private static DomainEntry domain(List<String> words) {
    Domain name = Domain.parse(words.get(1)).orElseThrow();
    boolean active = !words.contains("off");
    if (words.get(2).equals("alias-of")) {
      return new DomainEntry.AliasOf(name, active, Domain.parse(words.get(3)).orElseThrow());
    }
    return new DomainEntry.Hosted(
        name,
        active,
        words.get(2).equals("relay") ? DomainEntry.Kind.RELAY : DomainEntry.Kind.MAILBOX,
        words.contains("subdomains"),
        option(words, "delimiters").orElse("+"),
        option(words, "transport"),
        option(words, "catchall").map(text -> alias(List.of(text.split(";")))));
  }

  private static Optional<String> option(List<String> words, String name) {
    return words.stream()
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1))
        .findFirst();
  }

  private static Alias alias(List<String> words) {
    List<String> parts = words.stream().flatMap(word -> Stream.of(word.split(";"))).toList();
    return new Alias(
        parts.contains("list") ? Alias.Kind.LIST : Alias.Kind.ALIAS,
        !parts.contains("off"),
        parts.stream()
            .filter(part -> part.contains("@"))
            .map(part -> Target.parse(part).orElseThrow())
            .toList());
  }

  private static Address address(String text) {
    return Address.parse(text).orElseThrow().canonical();
  }
}
