package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.AddressEntry;
import dovetail.directory.Alias;
import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.EntryMap;
import dovetail.directory.GrantScope;
import dovetail.directory.Lookup;
import dovetail.directory.Mailbox;
import dovetail.directory.MapDirectory;
import dovetail.directory.RelayHost;
import dovetail.directory.Target;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is found is what was put there, in 500 cases made from a seed. */
abstract class DirectoryCases extends OnEachDatabase {
  private static final int CASES = 500;
  private static final String[] LOCAL_PARTS = {
    "joe",
    "jos\u00e9",
    "jose",
    "\"a b\"",
    "a+b",
    "o'brien",
    "x%_y",
    "\"q\\\"q\"",
    "\u4f8b",
    "a.b",
    "0"
  };

  private final Random random = new Random(20261124);
  private final MapDirectory expected = new MapDirectory();
  private final List<Change> changes = new ArrayList<>();
  private final Set<Address> asked = new LinkedHashSet<>();
  private final Set<Domain> domains = new LinkedHashSet<>();
  private final Set<GrantScope> scopes = new LinkedHashSet<>();

  private static Domain domainOf(String name) {
    return Domain.parse(name).orElseThrow();
  }

  @Test
  void whatIsFoundIsWhatWasPutThere() throws Exception {
    for (int i = 0; i < CASES / 10; i++) {
      putDomain(i);
    }
    apply(changes);
    Directory directory = store.directory();
    for (Domain domain : domains) {
      assertThat(directory.domain(domain)).isEqualTo(expected.domain(domain));
    }
    assertThat(asked).hasSizeGreaterThan(CASES);
    for (Address address : asked) {
      assertThat(directory.address(address)).as("%s", address).isEqualTo(expected.address(address));
    }
    for (Domain domain : domains) {
      assertThat(directory.addresses(domain, 4000)).isEqualTo(expected.addresses(domain, 4000));
    }
    for (GrantScope scope : scopes) {
      assertThat(directory.grantees(scope).map(Set::copyOf))
          .isEqualTo(expected.grantees(scope).map(Set::copyOf));
    }
  }

  private void putDomain(int number) {
    Domain name = domainOf((number % 3 == 0 ? "\u00fcber" : "d") + number + ".example");
    domains.add(name);
    domains.add(domainOf("not-" + name));
    Optional<String> transport =
        random.nextBoolean() ? Optional.of("smtp:[h" + number + "]:25") : Optional.empty();
    boolean relay = random.nextInt(4) == 0;
    boolean active = random.nextInt(5) > 0;
    changes.add(
        new Change.Add(
            domain(
                name.ascii(),
                "type",
                relay ? "relay" : "mailbox",
                "active",
                active ? "yes" : "no",
                "transport",
                transport.orElse(""),
                "delimiter",
                number % 4 == 0 ? "none" : "+-")));
    Optional<Alias> catchAll =
        random.nextInt(3) == 0 ? Optional.of(putAlias("@" + name.ascii())) : Optional.empty();
    expected.put(
        new DomainEntry.Hosted(
            name,
            active,
            relay ? DomainEntry.Kind.RELAY : DomainEntry.Kind.MAILBOX,
            false,
            number % 4 == 0 ? "" : "+-",
            transport,
            catchAll));
    if (random.nextInt(3) == 0) {
      Domain other = domainOf("alias-" + name.ascii());
      domains.add(other);
      changes.add(new Change.Add(domain(other.ascii(), "alias-of", name.ascii())));
      expected.put(new DomainEntry.AliasOf(other, true, name));
    }
    for (String localPart : LOCAL_PARTS) {
      putAddress(Address.parse(localPart + "@" + name.ascii()).orElseThrow(), relay);
    }
  }

  private void putAddress(Address address, boolean relay) {
    asked.add(address);
    Optional<Mailbox> mailbox = Optional.empty();
    if (!relay && random.nextInt(3) > 0) {
      boolean receive = random.nextInt(5) > 0;
      boolean send = random.nextInt(5) > 0;
      mailbox = Optional.of(new Mailbox(receive, send));
      changes.add(
          new Change.Add(
              mailbox(
                  address.toString(),
                  "receive",
                  receive ? "yes" : "no",
                  "send",
                  send ? "yes" : "no")));
      if (random.nextInt(4) == 0) {
        putGrant(address);
      }
    }
    Optional<Alias> alias =
        random.nextInt(4) == 0 ? Optional.of(putAlias(address.toString())) : Optional.empty();
    if (mailbox.isPresent() || alias.isPresent()) {
      expected.put(address, new AddressEntry(mailbox, alias));
    }
  }

  private void putGrant(Address login) {
    GrantScope scope =
        switch (random.nextInt(3)) {
          case 0 -> new GrantScope.Anybody();
          case 1 -> new GrantScope.WholeDomain(login.domain());
          default -> new GrantScope.One(login);
        };
    scopes.add(scope);
    scopes.add(new GrantScope.WholeDomain(domainOf("nobody.example")));
    changes.add(
        new Change.Add(row(Kind.GRANT, "login", login.toString(), "scope", scope.toString())));
    List<Address> before =
        expected.grantees(scope) instanceof Lookup.Found<List<Address>>(List<Address> known)
            ? known
            : List.of();
    assertThat(before).doesNotContain(login);
    expected.grant(scope, login);
  }

  private Alias putAlias(String address) {
    List<Target> targets = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      String target =
          random.nextInt(4) == 0 ? "@t" + i + ".example" : "t" + i + "@elsewhere.example";
      targets.add(Target.parse(target).orElseThrow());
    }
    boolean list = random.nextInt(4) == 0;
    boolean active = random.nextInt(5) > 0;
    changes.add(
        new Change.Add(
            row(
                Kind.ALIAS,
                "address",
                address,
                "targets",
                String.join(" ", targets.stream().map(Target::toString).toList()),
                "type",
                list ? "list" : "alias",
                "active",
                active ? "yes" : "no")));
    return new Alias(list ? Alias.Kind.LIST : Alias.Kind.ALIAS, active, targets);
  }

  @Test
  void aMailboxHasItsOwnLimitOrItsDomains() throws Exception {
    add(
        domain("bare.example"),
        domain("example.com", "default-quota", "3000"),
        mailbox("usual@example.com"),
        mailbox("own@example.com", "quota", "5000000000"),
        mailbox("none@example.com", "quota", "0"),
        mailbox("joe@bare.example"),
        row(Kind.ALIAS, "address", "own@example.com", "targets", "usual@example.com"));
    Directory directory = store.directory();
    assertThat(quota("usual@example.com")).isEqualTo(3000);
    assertThat(quota("own@example.com")).isEqualTo(5_000_000_000L);
    assertThat(quota("none@example.com")).isZero();
    assertThat(quota("joe@bare.example")).isZero();
    Address own = Address.parse("own@example.com").orElseThrow();
    assertThat(
            directory
                .addresses(domainOf("example.com"), 10)
                .flatMap(all -> Lookup.known(Optional.ofNullable(all.get(own)))))
        .isEqualTo(directory.address(own));
    apply(List.of(new Change.Set(domain("example.com", "default-quota", "1"))));
    assertThat(quota("usual@example.com")).isOne();
  }

  private long quota(String address) {
    return switch (store.directory().address(Address.parse(address).orElseThrow())) {
      case Lookup.Found<AddressEntry>(AddressEntry entry) -> entry.mailbox().orElseThrow().quota();
      case Lookup.Absent<AddressEntry> _, Lookup.Unavailable<AddressEntry> _ ->
          throw new AssertionError(address);
    };
  }

  @Test
  void rowsOfMapsAndRelayHostsComeWhole() throws Exception {
    add(
        row(Kind.ENTRY, "map", "canonical_maps", "key", "a@b.example", "value", "c@d.example"),
        row(Kind.ENTRY, "map", "canonical_maps", "key", "A@b.example", "value", "x y"),
        row(Kind.RELAY, "sender", "*", "nexthop", "[a]:25"),
        row(
            Kind.RELAY,
            "sender",
            "joe@b.example",
            "nexthop",
            "[b]:587",
            "username",
            "u",
            "password",
            "p"));
    Directory directory = store.directory();
    assertThat(directory.entries(EntryMap.CANONICAL_MAPS))
        .isEqualTo(new Lookup.Found<>(Map.of("a@b.example", "c@d.example", "A@b.example", "x y")));
    assertThat(directory.entries(EntryMap.TRANSPORT_MAPS)).isEqualTo(new Lookup.Found<>(Map.of()));
    assertThat(directory.relayHosts())
        .isEqualTo(
            new Lookup.Found<>(
                Map.of(
                    "*", new RelayHost("[a]:25", Optional.empty()),
                    "joe@b.example",
                        new RelayHost("[b]:587", Optional.of(new RelayHost.Login("u", "p"))))));
  }

  @Test
  void aDatabaseThatIsAwayIsUnknownAndNotEmpty() {
    try (Store away =
        open(DatabaseSettings.sqlite(folder.resolve("no-such-folder").resolve("x.db")))) {
      Directory directory = away.directory();
      assertThat(directory.domain(domainOf("example.com"))).isInstanceOf(Lookup.Unavailable.class);
      assertThat(directory.relayHosts()).isInstanceOf(Lookup.Unavailable.class);
    }
  }

  @Test
  void manyWhoAskAtOnceGetEachTheirOwn() throws Exception {
    add(domain("example.com"));
    int count = 200;
    for (int i = 0; i < count; i += 2) {
      add(mailbox("u" + i + "@example.com"));
    }
    Directory directory = store.directory();
    List<Callable<Lookup<AddressEntry>>> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Address address = new Address("u" + i, domainOf("example.com"));
      questions.add(() -> directory.address(address));
    }
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Lookup<AddressEntry>>> answers = clients.invokeAll(questions);
      for (int i = 0; i < count; i++) {
        assertThat(answers.get(i).get())
            .as("u%d", i)
            .isInstanceOf(i % 2 == 0 ? Lookup.Found.class : Lookup.Absent.class);
      }
    }
  }

  @Test
  void aRowThatMakesNoSenseSpoilsOneAddressOnly() throws Exception {
    add(
        domain("example.com"),
        row(Kind.ALIAS, "address", "bad@example.com", "targets", "a@b.example"),
        row(Kind.ALIAS, "address", "good@example.com", "targets", "a@b.example"));
    try (Database database = Database.open(settings, new SecureRandom())) {
      database.<Integer, RuntimeException>write(sql ->
          sql.update(
              "UPDATE alias_targets SET target = ? WHERE address = ?",
              "no target",
              "bad@example.com"));
      Address bad = Address.parse("bad@example.com").orElseThrow();
      Address good = Address.parse("good@example.com").orElseThrow();
      assertThat(new AddressSource(database).answers(List.of(bad, good)))
          .containsEntry(bad, new Lookup.Unavailable<>("the database holds no target: no target"))
          .hasEntrySatisfying(good, answer -> assertThat(answer).isInstanceOf(Lookup.Found.class));
    }
  }

  @Test
  void metacharactersAreNothingButText() throws Exception {
    Row odd = mailbox("\"'; DROP TABLE mailboxes; --\"@example.com");
    add(domain("example.com"), odd);
    Address address = Address.parse(odd.key().getFirst()).orElseThrow();
    assertThat(store.directory().address(address)).isInstanceOf(Lookup.Found.class);
    assertThat(store.directory().address(new Address("%", domainOf("example.com"))))
        .isInstanceOf(Lookup.Absent.class);
  }
}
