package dovetail.directory.edit;

import dovetail.counter.quota.Quota;
import dovetail.directory.EntryMap;
import dovetail.directory.GrantScope;
import dovetail.directory.Target;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What may stand in a field. Each reads what people write and gives its one stored spelling. */
@SuppressWarnings("ImmutableEnumChecker") // the list is List.of's
public enum FieldType {
  /** A domain name. */
  DOMAIN("a domain"),
  /** The address of a mailbox. */
  ADDRESS("an address"),
  /** An address, or {@code @domain} for the rest of a domain. */
  ALIAS("an address, or @domain for all others of a domain"),
  /** Addresses, or {@code @domain} for the same local part there. */
  TARGETS("addresses, or @domain for the same name there"),
  /** An address, {@code @domain} or {@code *}. */
  SCOPE("an address, @domain or *"),
  /** Yes or no. */
  FLAG("yes or no"),
  /** Bytes. */
  SIZE("a size such as 5G, 500M or 1048576"),
  /** A number that is not negative. */
  COUNT("a number"),
  /** Any line of text. */
  TEXT("text"),
  /** An absolute path. */
  PATH("an absolute path"),
  /** Punctuation that sets an extension off. */
  DELIMITERS("punctuation such as + or -, or \"none\""),
  /** {@code transport:nexthop}. */
  TRANSPORT("transport:nexthop"),
  /** A host to which mail is handed on. */
  NEXTHOP("[host]:port, host:port or a domain"),
  /** Where mail of a domain is delivered. */
  DOMAIN_TYPE("mailbox or relay", "mailbox", "relay"),
  /** Who may write in an alias's name. */
  ALIAS_TYPE("alias or list", "alias", "list"),
  /** Services that take a login. */
  LOGINS("some of smtp, imap, pop3, sieve; all; or none", "smtp", "imap", "pop3", "sieve"),
  /** A domain whose keys sign. */
  SIGNER("a domain with DKIM keys"),
  /** Where copies of mail go, which any MTA has to take. */
  ARCHIVE("an address in ASCII"),
  /** By what mail is known that is taken though it fails. */
  EXCEPTION_TYPE(
      "author, sender, list, client or sealer", "author", "sender", "list", "client", "sealer"),
  /** Domains, or addresses of clients. */
  EXCEPTION("a domain, *.domain, an address, or a network such as 192.0.2.0/24"),
  /** Whose limit it is. */
  LIMIT_SUBJECT("an address, a domain, a client's address or network, or * for all"),
  /** The name of a rule of the policy daemon. */
  RULE("a rule's name"),
  /** What may be sent, and in which time. */
  LIMIT("a limit such as 100/1h,500/1d, unlimited, or none"),
  /** The name of a map of rows. */
  MAP("a map's name"),
  /** By what people tell things of one owner apart. */
  LABEL("a few words, 64 characters at most"),
  /** When something ends. */
  END("a day such as 2027-01-31, which is its last in UTC, or a moment: 2027-01-31T12:00:00Z"),
  /** When something was used last. */
  LAST_USE("a moment"),
  /** Where clients may be. */
  NETWORKS("addresses and networks such as 192.0.2.0/24"),
  /** What is kept encrypted. */
  SECRET("a secret"),
  /** The secret of one-time passwords, kept encrypted. */
  TOTP("a secret in base32, of 16 octets at least"),
  /** A password's hash, {@code {SCHEME}data}. */
  PASSWORD_HASH("{SCHEME}hash");

  /** Octets of an address: RFC 5321 4.5.3.1.1 and 4.5.3.1.2, and the sign between. */
  private static final int MAX_ADDRESS = 64 + 1 + 253;

  /** Characters of any text. */
  static final int MAX_TEXT = 500;

  /** Postfix stops at virtual_alias_expansion_limit, which is 1,000. */
  static final int MAX_TARGETS = 1000;

  private static final String NONE = "none";

  private final String words;
  private final List<String> choices;

  FieldType(String words, String... choices) {
    this.words = words;
    this.choices = List.of(choices);
  }

  /** What may stand there, in words. */
  public String words() {
    return words;
  }

  /** Whether the value is stored as a number. */
  public boolean isNumber() {
    return this == FLAG || this == SIZE || this == COUNT;
  }

  /**
   * The stored spelling of a value.
   *
   * @param text not empty
   * @throws MalformedFieldException if that may not stand there
   */
  public String canonical(String text) throws MalformedFieldException {
    Optional<String> value =
        switch (this) {
          case DOMAIN, SIGNER -> Domain.parse(text).map(Domain::ascii);
          case ADDRESS -> address(text);
          case ARCHIVE -> address(text).filter(address -> address.matches("[ -~]+"));
          case ALIAS -> text.startsWith("@") ? scope(text) : address(text);
          case TARGETS -> targets(text);
          case SCOPE -> scope(text);
          case FLAG -> flag(text);
          case SIZE -> Sizes.parse(text).map(String::valueOf);
          case COUNT -> text.matches("[0-9]{1,9}") ? Optional.of(number(text)) : Optional.empty();
          case TEXT, SECRET -> line(text);
          case LABEL -> line(text).filter(label -> label.codePointCount(0, label.length()) <= 64);
          case END -> end(text);
          case LAST_USE -> moment(text).map(Instant::toString);
          case NETWORKS -> networks(text);
          case TOTP -> totp(text);
          case PATH -> line(text).filter(path -> path.startsWith("/"));
          case DELIMITERS -> delimiters(text);
          case TRANSPORT -> line(text).filter(line -> line.matches("[A-Za-z0-9_.-]*:\\S*|[^:]+"));
          case NEXTHOP -> line(text).filter(line -> line.matches("[\\x21-\\x7e]+"));
          case DOMAIN_TYPE, ALIAS_TYPE, EXCEPTION_TYPE -> choice(text);
          case EXCEPTION -> NetworkText.canonical(text).or(() -> domains(text));
          case LOGINS -> logins(text);
          case LIMIT_SUBJECT -> subject(text);
          case RULE -> Optional.of(text).filter(name -> name.matches("[a-z0-9][a-z0-9_-]{0,63}"));
          case LIMIT -> line(text).flatMap(Quota::parse).map(Quota::toString);
          case MAP -> EntryMap.of(lower(text)).map(EntryMap::parameter);
          case PASSWORD_HASH -> line(text).filter(line -> line.matches("\\{[A-Za-z0-9.-]+\\}.+"));
        };
    return value.orElseThrow(() -> new MalformedFieldException("expected " + expected()));
  }

  private String expected() {
    return this == MAP
        ? Arrays.stream(EntryMap.values())
            .map(EntryMap::parameter)
            .collect(Collectors.joining(", "))
        : words;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String number(String digits) {
    return String.valueOf(Integer.parseInt(digits));
  }

  private static Optional<String> line(String text) {
    boolean good =
        text.length() <= MAX_TEXT
            && text.equals(text.strip())
            && text.codePoints().noneMatch(FieldType::breaks);
    return good ? Optional.of(text) : Optional.empty();
  }

  private static boolean breaks(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static Optional<String> address(String text) {
    return Address.parse(text)
        .map(Address::canonical)
        .filter(address -> !address.localPart().isEmpty())
        .map(Address::toString)
        .filter(FieldType::fits);
  }

  private static boolean fits(String address) {
    return address.getBytes(StandardCharsets.UTF_8).length <= MAX_ADDRESS;
  }

  /** What a limit can count by; a login may be no address. */
  private static Optional<String> subject(String text) {
    if (text.equals("*")) {
      return Optional.of(text);
    }
    return NetworkText.canonical(text)
        .or(() -> address(text))
        .or(() -> Domain.parse(text).map(Domain::ascii))
        .or(() -> Optional.of(lower(text)).filter(login -> login.matches("[!-~]{1,64}")));
  }

  /** A domain, or all below one. */
  private static Optional<String> domains(String text) {
    boolean below = text.startsWith("*.");
    return Domain.parse(below ? text.substring(2) : text)
        .map(domain -> (below ? "*." : "") + domain.ascii());
  }

  /** The moment from which on it is over. */
  private static Optional<String> end(String text) {
    try {
      Instant next = LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      return Optional.of(next).filter(FieldType::isOfOurTime).map(Instant::toString);
    } catch (DateTimeException _) {
      return moment(text).map(Instant::toString);
    }
  }

  /** A moment to the second, as it is stored. */
  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS))
          .filter(FieldType::isOfOurTime);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Years of four digits, which are written and compared like any text. */
  private static boolean isOfOurTime(Instant moment) {
    return !moment.isBefore(Instant.EPOCH) && moment.toString().length() == 20;
  }

  private static Optional<String> networks(String text) {
    Set<String> networks = new LinkedHashSet<>();
    for (String part : text.split("[\\s,]+", -1)) {
      Optional<String> network = NetworkText.canonical(part);
      if (network.isEmpty()) {
        return Optional.empty();
      }
      networks.add(network.get());
    }
    return line(String.join(" ", networks));
  }

  /** RFC 4648 6; RFC 4226 4 wants 128 bits at least. */
  private static Optional<String> totp(String text) {
    String secret = text.toUpperCase(Locale.ROOT).replaceAll("[ -]|=+$", "");
    return Optional.of(secret).filter(letters -> letters.matches("[A-Z2-7]{26,128}"));
  }

  private static Optional<String> scope(String text) {
    return GrantScope.parse(text).map(GrantScope::toString).filter(FieldType::fits);
  }

  private static Optional<String> targets(String text) {
    Set<String> targets = new LinkedHashSet<>();
    for (String part : TargetList.split(text)) {
      Optional<String> target = Target.parse(part).map(Target::toString).filter(FieldType::fits);
      if (target.isEmpty()) {
        return Optional.empty();
      }
      targets.add(target.get());
    }
    return targets.isEmpty() || targets.size() > MAX_TARGETS
        ? Optional.empty()
        : Optional.of(String.join(", ", targets));
  }

  private static Optional<String> flag(String text) {
    return switch (lower(text)) {
      case "yes", "true", "1", "on" -> Optional.of("yes");
      case "no", "false", "0", "off" -> Optional.of("no");
      default -> Optional.empty();
    };
  }

  private static Optional<String> delimiters(String text) {
    return lower(text).equals(NONE)
        ? Optional.of(NONE)
        : Optional.of(text).filter(marks -> marks.matches("[!#$%&'*+/=?^_`{|}~.-]{1,8}"));
  }

  private Optional<String> choice(String text) {
    return Optional.of(lower(text)).filter(choices::contains);
  }

  private Optional<String> logins(String text) {
    String wanted = lower(text);
    if (wanted.equals(NONE)) {
      return Optional.of(NONE);
    }
    Set<String> named =
        wanted.equals("all")
            ? new LinkedHashSet<>(choices)
            : new LinkedHashSet<>(List.of(wanted.split("[\\s,]+", -1)));
    return choices.containsAll(named)
        ? Optional.of(choices.stream().filter(named::contains).collect(Collectors.joining(" ")))
        : Optional.empty();
  }
}
