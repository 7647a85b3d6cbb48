package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.UnavailableException;
import dovetail.keys.KeyStore;
import dovetail.keys.StoredKey;
import dovetail.keys.StoredKey.State;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of DKIM keys. */
abstract class KeyCases extends OnEachDatabase {
  private static final Domain DOMAIN = Domain.parse("example.com").orElseThrow();

  @BeforeEach
  void host() throws Exception {
    add(domain("example.com"));
  }

  private static StoredKey key(String selector, String algorithm) {
    return new StoredKey(DOMAIN, selector, algorithm, State.PENDING, NOW, "private " + selector);
  }

  private KeyStore keys() {
    return store.keys();
  }

  private Map<String, State> states() throws UnavailableException {
    Map<String, State> states = new TreeMap<>();
    keys().all().forEach(key -> states.put(key.selector(), key.state()));
    return states;
  }

  @Test
  void aKeyComesBackAsItWasAndIsNotToBeReadInTheDatabase() throws Exception {
    keys().add(key("s1", "rsa"), "tester");
    assertThat(keys().all()).containsExactly(key("s1", "rsa"));
    assertThat(keys().all().toString()).doesNotContain("private");
    try (Database database = Database.open(settings, new SecureRandom())) {
      Optional<String> stored =
          database.<Optional<String>, UnavailableException>read(
              sql -> sql.first("SELECT private_key FROM dkim_keys", row -> row.getString(1)));
      assertThat(stored.orElseThrow()).startsWith("v1:").doesNotContain("private");
    }
  }

  @Test
  void aDomainMayBeSignedByAnother() throws Exception {
    add(
        domain("other.example"),
        domain("name.example", "alias-of", "example.com", "signed-by", "example.com"));
    assertThat(keys().signers())
        .isEqualTo(Map.of(Domain.parse("name.example").orElseThrow(), DOMAIN));
    apply(List.of(new Change.Put(domain("other.example", "signed-by", "Example.COM"))));
    assertThat(keys().signers()).hasSize(2).containsValue(DOMAIN);
    assertThat(all(dovetail.directory.edit.Kind.DOMAIN).getLast().get("signed-by"))
        .contains("example.com");
    refused(
        "there is no domain none.example",
        () -> add(domain("b.example", "signed-by", "none.example")));
    refused(
        "is another name of a domain", () -> add(domain("b.example", "signed-by", "name.example")));
    apply(List.of(new Change.Put(domain("other.example", "signed-by", ""))));
    store
        .administration()
        .apply(List.of(new Change.Remove(domain("name.example"), false)), "tester", _ -> {});
    assertThat(keys().signers()).isEmpty();
  }

  @Test
  void aDomainMayHaveAnArchive() throws Exception {
    add(
        domain("other.example", "archive", "Journal@Archive.EXAMPLE"),
        domain("name.example", "alias-of", "other.example"),
        domain("own.example", "alias-of", "other.example", "archive", "own@archive.example"));
    assertThat(store.archives().all())
        .isEqualTo(
            Map.of(
                Domain.parse("other.example").orElseThrow(), address("journal@archive.example"),
                Domain.parse("name.example").orElseThrow(), address("journal@archive.example"),
                Domain.parse("own.example").orElseThrow(), address("own@archive.example")));
    assertThat(all(dovetail.directory.edit.Kind.DOMAIN).getLast().get("archive"))
        .contains("own@archive.example");
    apply(List.of(new Change.Put(domain("other.example", "archive", ""))));
    assertThat(store.archives().all()).hasSize(1).containsValue(address("own@archive.example"));
    store
        .administration()
        .apply(List.of(new Change.Remove(domain("own.example"), false)), "tester", _ -> {});
    assertThat(store.archives().all()).isEmpty();
  }

  @Test
  void anArchiveIsAnAddressThatAnyMtaTakes() {
    for (String value :
        List.of("archive", "j\u00f6@archive.example", "@archive.example", "a b@c")) {
      assertThatThrownBy(() -> domain("other.example", "archive", value))
          .hasStackTraceContaining("an address in ASCII");
    }
  }

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  @Test
  void aSelectorIsFoundInAnyCase() throws Exception {
    keys().add(key("s1", "rsa"), "tester");
    keys().activate(DOMAIN, "S1", "tester");
    keys().retire(DOMAIN, "S1", "tester");
    keys().remove(DOMAIN, "S1", "tester");
    assertThat(keys().all()).isEmpty();
    assertThat(store.administration().audit(1).getFirst().object())
        .isEqualTo("s1._domainkey.example.com");
  }

  @Test
  void aKeyThatIsActivatedRetiresTheOneOfItsKind() throws Exception {
    for (String selector : new String[] {"a", "b"}) {
      keys().add(key(selector, "rsa"), "tester");
    }
    keys().add(key("e", "ed25519"), "tester");
    assertThat(keys().activate(DOMAIN, "a", "tester")).isEmpty();
    assertThat(keys().activate(DOMAIN, "e", "tester")).isEmpty();
    assertThat(keys().activate(DOMAIN, "e", "tester")).isEmpty();
    assertThat(states())
        .isEqualTo(Map.of("a", State.ACTIVE, "b", State.PENDING, "e", State.ACTIVE));
    assertThat(keys().activate(DOMAIN, "B", "tester"))
        .extracting(StoredKey::selector, StoredKey::state, StoredKey::since)
        .containsExactly(tuple("a", State.RETIRED, NOW));
    assertThat(states())
        .isEqualTo(Map.of("a", State.RETIRED, "b", State.ACTIVE, "e", State.ACTIVE));
    keys().retire(DOMAIN, "e", "tester");
    keys().remove(DOMAIN, "e", "tester");
    assertThat(states()).isEqualTo(Map.of("a", State.RETIRED, "b", State.ACTIVE));
    assertThat(store.administration().audit(1))
        .containsExactly(
            new AuditEntry(NOW, "tester", "remove", "dkim", "e._domainkey.example.com", ""));
  }

  @Test
  void whatDoesNotFitIsRefused() throws Exception {
    keys().add(key("a", "rsa"), "tester");
    refused("has a key A already", () -> keys().add(key("A", "rsa"), "tester"));
    refused("does not sign", () -> keys().retire(DOMAIN, "a", "tester"));
    refused("has no key x", () -> keys().activate(DOMAIN, "x", "tester"));
    keys().activate(DOMAIN, "a", "tester");
    refused("signs: retire it first", () -> keys().remove(DOMAIN, "a", "tester"));
    Domain other = Domain.parse("other.example").orElseThrow();
    StoredKey foreign = new StoredKey(other, "a", "rsa", State.PENDING, NOW, "x");
    refused("there is no domain", () -> keys().add(foreign, "tester"));
    assertThat(states()).isEqualTo(Map.of("a", State.ACTIVE));
  }

  private static void refused(String why, ThrowingCallable c) {
    assertThatThrownBy(c).isInstanceOf(RefusedException.class).hasMessageContaining(why);
  }

  @Test
  void aDomainTakesItsKeysAlongAndTellsThoseWhoFollow() throws Exception {
    ChangeFeed feed = store.changes();
    feed.next();
    keys().add(key("a", "rsa"), "tester");
    assertThat(feed.next()).containsExactly("dkim example.com");
    refused(
        "it has DKIM keys", () -> apply(List.of(new Change.Remove(domain("example.com"), false))));
    apply(List.of(new Change.Remove(domain("example.com"), true)));
    assertThat(keys().all()).isEmpty();
  }

  @Test
  void keysAreAddedTogetherOrNotAtAll() throws Exception {
    keys().add(key("s1", "rsa"), "tester");
    assertThatThrownBy(
            () -> keys().addAll(List.of(key("s2", "rsa"), key("s1", "ed25519")), "tester"))
        .hasMessage("example.com has a key s1 already");
    assertThat(states().keySet()).containsExactly("s1");
    keys().addAll(List.of(key("s2", "rsa"), key("s3", "ed25519")), "tester");
    assertThat(states().keySet()).containsExactly("s1", "s2", "s3");
    assertThat(store.administration().audit(10)).hasSize(4); // with the domain
  }
}
