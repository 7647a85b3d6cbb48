package dovetail.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.answer.AuthenticatorSettings;
import dovetail.auth.answer.GuardSettings;
import dovetail.auth.answer.LoginNotes;
import dovetail.auth.answer.MailboxNote;
import dovetail.auth.answer.Passage;
import dovetail.auth.answer.Passdb;
import dovetail.auth.answer.UserSettings;
import dovetail.auth.answer.Users;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashSettings;
import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Secret;
import dovetail.auth.wire.DictCommand;
import dovetail.auth.wire.DictReply;
import dovetail.auth.wire.DictServerCodec;
import dovetail.auth.wire.Sinks;
import dovetail.directory.Account;
import dovetail.directory.LoginService;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
import dovetail.fuzz.FuzzTarget;
import dovetail.live.Octets;
import dovetail.mail.Address;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whatever a dict client says, at either socket: a password is told for a question about one alone,
 * and of what is written nothing is taken but by a commit that is said to be done.
 */
public final class DictSessionTarget implements FuzzTarget {
  private static final String PASSWORD = "sesame";

  private static final List<String> ALPHABET =
      List.of(
          "\t",
          "\n",
          "\1t",
          "\0010",
          "/",
          "@",
          "H2\t2\t0\tann@example.com\tx\n",
          "H3\t2\t0\t\tx\n",
          "H4\t0\t0\t\tx\n",
          "Lshared/passdb/imap/ann@example.com\t\n",
          "Lshared/passdb/pop3/ann@example.com\t\n",
          "Lshared/userdb/ann@example.com\t\n",
          "Lshared/passdb/",
          "Lshared/userdb/",
          "I0\t0\tshared/userdb/\t\n",
          "I16\t2\tshared/passdb/\t\n",
          "B1\tann@example.com\n",
          "B2\t\n",
          "S1\tpriv/quota/storage\t5\n",
          "S1\tpriv/quota/messages\t-5\n",
          "S1\tshared/last-login/ann@example.com/imap\t1700000000\n",
          "S2\tshared/last-login/",
          "U1\tpriv/quota/storage\n",
          "A1\tpriv/quota/storage\t5\n",
          "T1\t1\t2\n",
          "V1\tyes\n",
          "C1\n",
          "C2\n",
          "D1\n",
          "R1\n");

  private final HashThreads hashes =
      new HashThreads(
          new HashSettings(1, 1, 64L << 20, Duration.ofSeconds(30), false),
          new Argon2id(new SecureRandom()),
          System::nanoTime);
  private final MapAccounts accounts =
      new MapAccounts()
          .put(
              new Account(
                  Address.parse("ann@example.com").orElseThrow(),
                  true,
                  true,
                  true,
                  EnumSet.of(LoginService.IMAP),
                  List.of(),
                  Account.Place.USUAL,
                  new Account.Credentials(
                      Optional.of(new StoredHash("{PLAIN}" + PASSWORD)), List.of(), false)));
  private final AuthenticatorSettings logins =
      new AuthenticatorSettings(
          new GuardSettings(
              Duration.ofHours(1),
              2,
              50,
              Duration.ofMinutes(15),
              Duration.ZERO,
              Duration.ZERO,
              List.of()),
          Set.of(),
          false,
          Optional.empty());

  private static final class NoNotes implements LoginNotes {
    @Override
    public void passed(Passage passage) {
      throw new AssertionError("nobody has logged in");
    }

    @Override
    public void outdated(Account account, StoredHash hash, Secret password) {
      throw new AssertionError("nobody has logged in");
    }

    @Override
    public void unusable(Account account, String why) {
      throw new AssertionError("it can be used");
    }
  }

  @Override
  public String name() {
    return "dict-session";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws Exception {
    return accounts(Octets.string(input)) + ", " + sink(Octets.string(input));
  }

  private String accounts(String input) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    DictServerCodec codec = new DictServerCodec(Octets.input(input), Sinks.into(said));
    DictAuthSession session =
        new DictAuthSession(
            new Passdb(
                new Passdb.Parts(accounts, hashes, new NoNotes()),
                () -> logins,
                () -> UserSettings.NONE),
            new Users(accounts, () -> UserSettings.NONE));
    boolean told = false;
    try {
      codec.readHello();
      while (codec.await()) {
        DictCommand command = codec.read();
        said.reset();
        DictAuthSession.Answer answer = session.next(command);
        answer(codec, answer);
        assertThat(answer.toString()).doesNotContain(PASSWORD);
        if (Octets.string(said.toByteArray()).contains(PASSWORD)) {
          assertThat(command)
              .isInstanceOfSatisfying(
                  DictCommand.Lookup.class,
                  lookup -> assertThat(lookup.key()).startsWith("shared/passdb/").contains("imap"));
          told = true;
        }
      }
    } catch (ProtocolException _) {
      return told ? "told, then broken" : "broken";
    }
    return told ? "told" : "read";
  }

  private static void answer(DictServerCodec codec, DictAuthSession.Answer answer)
      throws IOException {
    switch (answer) {
      case DictAuthSession.Answer.Nothing() -> {}
      case DictAuthSession.Answer.Say say -> codec.write(say.reply());
      case DictAuthSession.Answer.Deny deny -> codec.write(deny.reply());
      case DictAuthSession.Answer.Refuse refuse -> codec.write(refuse.reply());
      case DictAuthSession.Answer.Name(DictAuthSession.Listing listing) -> {
        while (!listing.isOver()) {
          codec.write(listing.next());
        }
      }
    }
  }

  private static String sink(String input) throws IOException {
    DictServerCodec codec = new DictServerCodec(Octets.input(input), Sinks.nowhere());
    List<MailboxNote> taken = new ArrayList<>();
    DictSinkSession session =
        new DictSinkSession(
            notes -> {
              taken.addAll(notes);
              return true;
            },
            () -> Instant.ofEpochSecond(1_700_000_000));
    try {
      codec.readHello();
      while (codec.await()) {
        int before = taken.size();
        boolean done =
            session.next(codec.read())
                    instanceof DictSinkSession.Answer.Say(DictReply.Committed end)
                && end.outcome() == DictReply.Outcome.DONE;
        assertThat(done || taken.size() == before).isTrue();
      }
    } catch (ProtocolException _) {
      return taken.isEmpty() ? "broken" : "taken, then broken";
    }
    return taken.isEmpty() ? "read" : "taken";
  }
}
