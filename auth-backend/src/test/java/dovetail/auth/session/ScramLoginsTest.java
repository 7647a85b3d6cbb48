package dovetail.auth.session;

import static dovetail.auth.session.ScramBackend.JOE;
import static dovetail.auth.session.ScramBackend.account;
import static dovetail.auth.session.ScramBackend.challenge;
import static dovetail.auth.session.ScramBackend.go;
import static dovetail.auth.session.ScramBackend.line;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.ScramClient;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.Secret;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.FailCode;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.ServerLine;
import dovetail.directory.Account;
import dovetail.directory.DomainEntry;
import dovetail.directory.LoginService;
import dovetail.mail.Domain;
import dovetail.server.io.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in by SCRAM-SHA-256, and what the others are told. */
final class ScramLoginsTest {
  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
  private static final String KEYS = ScramClient.stored("sesame", SALT, 4096);
  private static final ServerLine OK =
      new ServerLine.Ok(1, "joe@example.com", Fields.NONE, Optional.empty());

  private final ScramBackend backend = new ScramBackend(3);

  @AfterEach
  void close() {
    backend.close();
  }

  private static ScramClient joe(String password) {
    return ScramClient.of("joe@example.com", password);
  }

  private Reason tried(ScramClient client) throws ProtocolException {
    return tried(client, Fields.NONE);
  }

  private Reason tried(ScramClient client, Fields more) throws ProtocolException {
    int before = backend.outcomes.size();
    ServerLine said = backend.login(client, more);
    assertThat(backend.outcomes).hasSize(before + 1);
    Outcome outcome = backend.outcomes.getLast();
    assertThat(said instanceof ServerLine.Ok)
        .isEqualTo(outcome.reason().kind() == Reason.Kind.GRANTED);
    return outcome.reason();
  }

  @Property(tries = 30)
  void everyPasswordOpensItsOwnAccountAlone(
      @ForAll @StringLength(min = 1, max = 40) @AlphaChars @Chars({' ', ',', '=', 'ü', '\''})
          String password,
      @ForAll @StringLength(min = 1, max = 40) @AlphaChars String other)
      throws ProtocolException {
    try (ScramBackend all = new ScramBackend(1_000)) {
      all.accounts.put(account("{ARGON2ID}x " + ScramClient.stored(password, SALT, 4096)));
      assertThat(all.login(joe(password))).isEqualTo(OK);
      assertThat(all.login(joe(other)) instanceof ServerLine.Ok).isEqualTo(other.equals(password));
      assertThat(all.login(joe(password + " "))).isInstanceOf(ServerLine.Fail.class);
    }
  }

  @Test
  void namesAreReadAsOthersAre() throws Exception {
    backend.accounts.put(account(KEYS));
    backend.accounts.put(
        new DomainEntry.AliasOf(Domain.parse("alias.example").orElseThrow(), true, JOE.domain()));
    for (String user : List.of("JOE@Example.com", "joe@alias.example")) {
      assertThat(backend.login(ScramClient.of(user, "sesame")))
          .isInstanceOfSatisfying(
              ServerLine.Ok.class, ok -> assertThat(ok.user()).isEqualTo("joe@example.com"));
    }
    assertThat(tried(new ScramClient("y,a=JOE@example.com,", "joe@example.com", "x", "sesame")))
        .isEqualTo(Reason.PASSWORD);
    assertThat(tried(new ScramClient("n,a=ann@example.com,", "joe@example.com", "x", "sesame")))
        .isEqualTo(Reason.OTHER_USER);
    assertThat(tried(ScramClient.of("a=b,c", "sesame"))).isEqualTo(Reason.NO_ACCOUNT);
  }

  @Test
  void whoDoesNotKnowThePasswordIsToldTheSameWhetherOrNotThereIsSuchAnAccount() throws Exception {
    backend.accounts.put(account(KEYS));
    ServerLine wrong = backend.login(joe("x"));
    ServerLine unknown = backend.login(ScramClient.of("ann@example.com", "x"));
    assertThat(((ServerLine.Fail) unknown).reason()).isEqualTo(((ServerLine.Fail) wrong).reason());
    assertThat(((ServerLine.Fail) unknown).code()).isEqualTo(((ServerLine.Fail) wrong).code());
    assertThat(backend.outcomes)
        .containsExactly(
            new Outcome(Reason.WRONG_PASSWORD, "joe@example.com", Duration.ofSeconds(1)),
            new Outcome(Reason.NO_ACCOUNT, "ann@example.com", Duration.ofSeconds(2)));
  }

  private String asked(String user) throws ProtocolException {
    ScramClient client = ScramClient.of(user, "x");
    return challenge(line(backend.begin(backend.session(2), 1, client.first(), Fields.NONE)));
  }

  /** Names without keys are asked as those that have some, and each time the same. */
  @Test
  void whoHasNoKeysLooksLikeOneWhoHas() throws Exception {
    backend.accounts.put(account(ScramClient.stored("sesame", "AAAAAAAAAAAAAAAAAAAAAA==", 4096)));
    TreeSet<String> salts = new TreeSet<>();
    TreeSet<String> nonces = new TreeSet<>();
    for (String user : List.of("joe@example.com", "ann@example.com", "bob@example.com", "bob")) {
      String first = asked(user);
      String again = asked(user.toUpperCase(Locale.ROOT));
      assertThat(first).matches("r=rOprNGfwEbeRWgbNEkqO[A-Za-z0-9+/]{24},s=[^,]{22}==,i=4096");
      assertThat(ScramClient.part(again, "s")).isEqualTo(ScramClient.part(first, "s"));
      salts.add(ScramClient.part(first, "s"));
      nonces.add(ScramClient.part(first, "r"));
      nonces.add(ScramClient.part(again, "r"));
    }
    assertThat(salts).hasSize(4);
    assertThat(nonces).hasSize(8);
    backend.accounts.put(account("{PLAIN}sesame"));
    String salt = ScramClient.part(asked("joe@example.com"), "s");
    assertThat(salts).doesNotContain(salt);
    assertThat(ScramClient.part(asked("joe@example.com"), "s")).isEqualTo(salt);
    assertThat(backend.outcomes).isEmpty();
  }

  @Test
  void accountsWithoutKeysFailAsWithAWrongPassword() throws Exception {
    for (String stored : List.of("{PLAIN}sesame", "{PLAIN}x " + KEYS, "{SSHA}x {SCRAM-SHA-256}x")) {
      backend.accounts.put(account(stored));
      assertThat(tried(joe("sesame"))).as(stored).isEqualTo(Reason.NO_KEYS);
    }
    backend.accounts.put(account(""));
    assertThat(tried(joe("sesame"))).isEqualTo(Reason.NO_PASSWORD);
    assertThat(backend.outcomes).allMatch(outcome -> outcome.delay().isPositive());
    assertThat(backend.passages).isEmpty();
  }

  @Test
  void whatElseIsInTheWayIsSaidToWhoHasThePasswordOnly() throws Exception {
    backend.accounts.put(account(KEYS, Set.of(LoginService.IMAP), false));
    assertThat(tried(joe("x"))).isEqualTo(Reason.WRONG_PASSWORD);
    assertThat(tried(joe("sesame"))).isEqualTo(Reason.SERVICE_OFF);
    backend.accounts.put(account(KEYS).under(false));
    assertThat(tried(joe("sesame"))).isEqualTo(Reason.DOMAIN_OFF);
    Account joe = account(KEYS);
    backend.accounts.put(
        new Account(
            JOE,
            true,
            true,
            true,
            joe.services(),
            List.of("198.51.100.0/24"),
            Account.Place.USUAL,
            joe.credentials()));
    assertThat(tried(joe("sesame"))).isEqualTo(Reason.NETWORK_OFF);
    assertThat(tried(joe("sesame"), Fields.of("rip", "198.51.100.7"))).isEqualTo(Reason.PASSWORD);
  }

  @Test
  void whereACodeIsAskedForThereIsNoPlaceForIt() throws Exception {
    backend.accounts.put(account(KEYS, EnumSet.allOf(LoginService.class), true));
    assertThat(tried(joe("x"))).isEqualTo(Reason.WRONG_PASSWORD);
    assertThat(tried(joe("sesame"))).isEqualTo(Reason.WRONG_CODE);
    assertThat(backend.outcomes.getLast().delay()).isPositive();
    assertThat(tried(joe("sesame"), Fields.of("service", "imap"))).isEqualTo(Reason.PASSWORD);
  }

  /**
   * Two proofs of one wrong password have nothing in common, so each counts; but where the account
   * was used before, its owner goes on.
   */
  @Test
  void eachWrongProofCountsAgainstTheClientThatSendsIt() throws Exception {
    backend.accounts.put(account(KEYS));
    Fields elsewhere = Fields.of("rip", "198.51.100.7");
    assertThat(tried(joe("sesame"), elsewhere)).isEqualTo(Reason.PASSWORD);
    for (int i = 0; i < 4; i++) {
      assertThat(tried(joe("old"))).isEqualTo(Reason.WRONG_PASSWORD);
      assertThat(backend.outcomes.getLast().delay()).isEqualTo(Duration.ofSeconds(1L << i));
    }
    assertThat(tried(joe("old"))).isEqualTo(Reason.BLOCKED);
    assertThat(tried(joe("sesame"), elsewhere)).isEqualTo(Reason.PASSWORD);
  }

  @Test
  void whoTriesManyIsKeptOut() throws Exception {
    backend.accounts.put(account(KEYS));
    for (int i = 0; i < 4; i++) {
      assertThat(tried(joe("wrong" + i))).isEqualTo(Reason.WRONG_PASSWORD);
    }
    assertThat(tried(joe("sesame"))).isEqualTo(Reason.BLOCKED);
    assertThat(backend.login(joe("sesame")))
        .isInstanceOfSatisfying(
            ServerLine.Fail.class, fail -> assertThat(fail.code()).contains(FailCode.TEMP_FAIL));
    assertThat(backend.begin(backend.session(0), 1, joe("sesame").first(), Fields.NONE))
        .isInstanceOf(AuthSession.Answer.Leave.class);
    backend.pass(Duration.ofHours(2));
    assertThat(tried(joe("sesame"))).isEqualTo(Reason.PASSWORD);
  }

  /** Logins that have begun before somebody is kept out help him no more than others. */
  @Test
  void whoHasBegunManyIsKeptOutAsWell() throws Exception {
    backend.accounts.put(account(KEYS));
    AuthSession session = backend.session(2);
    ScramClient[] clients = new ScramClient[20];
    String[] asked = new String[clients.length];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = joe(i == 19 ? "sesame" : "wrong" + i);
      asked[i] = challenge(line(backend.begin(session, i, clients[i].first(), Fields.NONE)));
    }
    for (int i = 0; i < clients.length; i++) {
      go(session, i, clients[i].last(asked[i]));
    }
    assertThat(backend.outcomes.subList(0, 4))
        .extracting(Outcome::reason)
        .containsOnly(Reason.WRONG_PASSWORD);
    assertThat(backend.outcomes.subList(4, 20))
        .extracting(Outcome::reason)
        .containsOnly(Reason.BLOCKED);
  }

  @Test
  void aPasswordThatIsChangedMeanwhileIsNotTaken() throws Exception {
    backend.accounts.put(account(KEYS));
    AuthSession session = backend.session(2);
    ScramClient client = joe("sesame");
    String first = challenge(line(backend.begin(session, 1, client.first(), Fields.NONE)));
    backend.accounts.put(account(ScramClient.stored("other", "AAAAAAAAAAAAAAAAAAAAAA==", 4096)));
    assertThat(line(go(session, 1, client.last(first)))).isInstanceOf(ServerLine.Fail.class);
    assertThat(backend.outcomes.getLast().reason()).isEqualTo(Reason.WRONG_PASSWORD);
  }

  @Test
  void aDatabaseThatIsAwayIsNoWrongPassword() throws Exception {
    backend.accounts.put(account(KEYS));
    AuthSession session = backend.session(2);
    ScramClient client = joe("sesame");
    String first = challenge(line(backend.begin(session, 1, client.first(), Fields.NONE)));
    backend.accounts.unavailable(Optional.of("planted"));
    assertThat(line(go(session, 1, client.last(first))))
        .isInstanceOfSatisfying(
            ServerLine.Fail.class, fail -> assertThat(fail.code()).contains(FailCode.TEMP_FAIL));
    assertThat(tried(client)).isEqualTo(Reason.DATABASE);
    assertThat(backend.begin(backend.session(0), 1, client.first(), Fields.NONE))
        .isInstanceOf(AuthSession.Answer.Leave.class);
  }

  /** A password that is sent has its keys stored then, where there are none. */
  @Test
  void aPasswordWithoutKeysIsStoredAnewWhenItIsSent() throws Exception {
    backend.accounts.put(account(KEYS));
    plain();
    assertThat(backend.outdated).isEmpty();
    String hash = "{SSHA512}" + ssha512("sesame");
    backend.accounts.put(account(hash + " " + KEYS));
    plain();
    assertThat(backend.outdated).containsExactly(hash + " " + KEYS); // the hash is an old one
    try (Secret sesame = Secret.of("sesame".getBytes(StandardCharsets.UTF_8))) {
      String fresh = new Argon2id(new SecureRandom()).hash(sesame);
      backend.accounts.put(account(fresh));
      plain();
      assertThat(backend.outdated).containsExactly(hash + " " + KEYS, fresh);
      backend.accounts.put(account(fresh + " " + KEYS));
      plain();
      assertThat(backend.outdated).hasSize(2);
    }
    assertThat(backend.outcomes).extracting(Outcome::reason).containsOnly(Reason.PASSWORD);
  }

  private static String ssha512(String password) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-512")
              .digest((password + "salt").getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(digest, digest.length + 4);
      System.arraycopy("salt".getBytes(StandardCharsets.UTF_8), 0, all, digest.length, 4);
      return Base64.getEncoder().encodeToString(all);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void plain() throws ProtocolException {
    backend
        .session(2)
        .next(
            new ClientLine.Auth(
                1,
                "PLAIN",
                Fields.of("service", "imap"),
                Optional.of(ScramBackend.payload("\0joe@example.com\0sesame"))));
  }
}
