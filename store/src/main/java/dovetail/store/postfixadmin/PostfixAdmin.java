package dovetail.store.postfixadmin;

import dovetail.directory.edit.Change;
import dovetail.directory.edit.Row;
import dovetail.store.foreign.ForeignRow;
import dovetail.store.foreign.ForeignTables;
import dovetail.store.foreign.ForeignTables.Cursor;
import dovetail.store.foreign.UnreadableException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A database of PostfixAdmin, of any release since 2.3, as changes of ours: first domains, then
 * their other names, mailboxes, aliases. It is read through once for the survey and once more for
 * the changes; only domains and the addresses of mailboxes are kept in memory.
 */
public final class PostfixAdmin implements Iterable<Change> {
  private static final List<String> NOT_TAKEN =
      List.of(
          "admin",
          "domain_admins",
          "dkim",
          "dkim_signing",
          "fetchmail",
          "log",
          "mailbox_app_password",
          "quota",
          "quota2",
          "totp_exception_address",
          "vacation",
          "vacation_notification");

  private final ForeignTables tables;
  private final ImportOptions options;
  private final Function<char[], String> hash;
  private final Survey survey = new Survey();
  private final DomainRows domains;
  private final Set<String> mailboxes = new HashSet<>();
  private final Map<String, Set<String>> exceeded = new HashMap<>();
  private Optional<Cursor> cursor = Optional.empty();

  /** A row and what becomes of it. */
  private record Step(String name, Mapped mapped) {}

  private PostfixAdmin(ForeignTables tables, ImportOptions options, Function<char[], String> hash) {
    this.tables = tables;
    this.options = options;
    this.hash = hash;
    this.domains = new DomainRows(options);
  }

  /**
   * Reads a database through.
   *
   * @param hash hashes a password in cleartext
   * @throws UnreadableException if that is none of PostfixAdmin, or cannot be read
   */
  public static PostfixAdmin survey(
      ForeignTables tables, ImportOptions options, Function<char[], String> hash) {
    PostfixAdmin source = new PostfixAdmin(tables, options, hash);
    source.readThrough();
    return source;
  }

  /** What is in it. */
  public Survey found() {
    return survey;
  }

  private void readThrough() {
    require("domain", "domain");
    require("mailbox", "username", "password");
    require("alias", "address", "goto");
    each("domain", DomainRows.COLUMNS, row -> domains.domain(row, survey));
    if (!tables.columns(table("alias_domain")).isEmpty()) {
      require("alias_domain", "alias_domain", "target_domain");
      each("alias_domain", DomainRows.OTHER_NAME_COLUMNS, row -> domains.otherName(row, survey));
    }
    Loads loads = new Loads();
    MailboxRows mailboxRows = new MailboxRows(options, passwords(_ -> "{ARGON2ID}-"));
    each(
        "mailbox",
        MailboxRows.COLUMNS,
        row ->
            count("mailbox", "username", row, mailboxRows.map(row, survey))
                .ifPresent(mailbox -> {
                  String address = mailbox.key().getFirst();
                  mailboxes.add(address);
                  loads.mailbox(address, mailbox.get("quota").map(Long::parseLong).orElse(0L));
                }));
    AliasRows aliasRows = new AliasRows(options, domains, mailboxes);
    each(
        "alias",
        AliasRows.COLUMNS,
        row ->
            count("alias", "address", row, aliasRows.map(row, survey))
                .ifPresent(alias -> loads.alias(alias.key().getFirst())));
    surveyDomains(loads);
    for (String name : NOT_TAKEN) {
      if (tables.count(table(name)) > 0) {
        survey.leaveTable(name, tables.count(table(name)));
      }
    }
  }

  private void surveyDomains(Loads loads) {
    for (String name : domains.names()) {
      Set<String> over = loads.exceeded(domains, name);
      if (!over.isEmpty()) {
        exceeded.put(name, over);
        survey.note(Note.LIMIT_EXCEEDED, name + " (" + String.join(", ", over) + ")");
      }
      if (domains.isRelay(name)) {
        survey.note(Note.RELAY_RECIPIENTS, name);
      }
    }
    domains().forEach(step -> count("domain " + step.name(), step.mapped()));
  }

  private Optional<Row> count(String table, String key, ForeignRow row, Mapped mapped) {
    String place = row.place().isEmpty() ? "" : " (" + row.place() + ")";
    return count(table + " " + row.text(key).orElse("?") + place, mapped);
  }

  private Optional<Row> count(String name, Mapped mapped) {
    return switch (mapped) {
      case Mapped.Add(Row row, Survey.Taken as) -> {
        survey.take(as);
        yield Optional.of(row);
      }
      case Mapped.Leave _ -> Optional.empty();
      case Mapped.Bad(String why) -> {
        survey.problem(name, why);
        yield Optional.empty();
      }
    };
  }

  private PasswordReader passwords(Function<char[], String> with) {
    return new PasswordReader(options.bare(), with);
  }

  private String table(String name) {
    return options.tablePrefix() + name;
  }

  private void require(String name, String... columns) {
    Set<String> there = tables.columns(table(name));
    if (there.isEmpty()) {
      throw new UnreadableException(
          "there is no table %s, so it is no database of PostfixAdmin".formatted(table(name)));
    }
    for (String column : columns) {
      if (!there.contains(column)) {
        throw new UnreadableException(
            "the table %s has no column %s, so it is none of PostfixAdmin"
                .formatted(table(name), column));
      }
    }
  }

  /** Takes a row. */
  @FunctionalInterface
  private interface Taker {
    void take(ForeignRow row);
  }

  private void each(String name, List<String> columns, Taker taker) {
    try (Cursor cursor = tables.rows(table(name), columns)) {
      Optional<ForeignRow> row = cursor.next();
      while (row.isPresent()) {
        taker.take(row.get());
        row = cursor.next();
      }
    }
  }

  private Stream<Step> domains() {
    Stream<String> own = stream(domains.names());
    Stream<String> others = stream(domains.otherNames());
    return Stream.concat(
        own.map(
            name -> new Step(name, domains.hosted(name, exceeded.getOrDefault(name, Set.of())))),
        others.map(name -> new Step(name, domains.otherName(name))));
  }

  private static Stream<String> stream(Iterable<String> names) {
    return StreamSupport.stream(names.spliterator(), false);
  }

  /** All that can be taken, as additions. */
  @Override
  public Iterator<Change> iterator() {
    leave(); // a transaction that has failed may have left it half-way
    Survey again = new Survey(); // what is noted has been noted
    MailboxRows mailboxRows = new MailboxRows(options, passwords(hash));
    AliasRows aliasRows = new AliasRows(options, domains, mailboxes);
    return new Changes(
        domains().map(Step::mapped).iterator(),
        List.of(
            new Source("mailbox", MailboxRows.COLUMNS, mailboxRows::map),
            new Source("alias", AliasRows.COLUMNS, aliasRows::map)),
        again);
  }

  private void leave() {
    cursor.ifPresent(Cursor::close);
    cursor = Optional.empty();
  }

  /** A table and what becomes of its rows. */
  private record Source(
      String name, List<String> columns, BiFunction<ForeignRow, Survey, Mapped> rule) {}

  /** Goes through domains and then through tables. */
  private final class Changes implements Iterator<Change> {
    private final Iterator<Mapped> known;
    private final Iterator<Source> sources;
    private final Survey again;
    private Optional<Source> source = Optional.empty();
    private Optional<Change> upcoming = Optional.empty();

    Changes(Iterator<Mapped> known, List<Source> sources, Survey again) {
      this.known = known;
      this.sources = sources.iterator();
      this.again = again;
    }

    @Override
    public boolean hasNext() {
      while (upcoming.isEmpty()) {
        Optional<Mapped> mapped = known.hasNext() ? Optional.of(known.next()) : fromTables();
        if (mapped.isEmpty()) {
          return false;
        }
        if (mapped.get() instanceof Mapped.Add(Row row, _)) {
          upcoming = Optional.of(new Change.Add(row));
        }
      }
      return true;
    }

    private Optional<Mapped> fromTables() {
      while (true) {
        if (cursor.isEmpty()) {
          if (!sources.hasNext()) {
            return Optional.empty();
          }
          Source next = sources.next();
          source = Optional.of(next);
          cursor = Optional.of(tables.rows(table(next.name()), next.columns()));
        }
        Optional<ForeignRow> row = cursor.get().next();
        if (row.isPresent()) {
          return Optional.of(source.orElseThrow().rule().apply(row.get(), again));
        }
        leave();
      }
    }

    @Override
    public Change next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Change change = upcoming.orElseThrow();
      upcoming = Optional.empty();
      return change;
    }
  }
}
