package dovetail.auth.answer;

import dovetail.auth.answer.LoginExplanation.Credential;
import dovetail.auth.answer.LoginExplanation.Door;
import dovetail.auth.answer.LoginExplanation.KeptOut;
import dovetail.auth.answer.LoginExplanation.Ruling;
import dovetail.auth.password.Refusal;
import dovetail.auth.password.SchemeLimits;
import dovetail.auth.password.StoredParts;
import dovetail.auth.password.StoredPassword;
import dovetail.directory.Account;
import dovetail.directory.AppPassword;
import dovetail.directory.StoredHash;
import dovetail.directory.login.Block;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Says what {@link Authenticator} would, by the same rules, to those who have the right password:
 * none is looked at, and nothing is counted or kept. What only a running service knows it does not:
 * wrong passwords that count so far, and from where accounts have logged in since it has started.
 */
public final class LoginTrial {
  private final AuthenticatorSettings settings;
  private final SchemeLimits limits;
  private final List<Block> blocks;

  /**
   * Somebody's logins.
   *
   * @param user as the client would write it
   * @param services by whatever words
   * @param client where they come from; if that is left open, wherever they may come from
   * @param at when
   */
  public record Asked(
      String user, List<String> services, Optional<InetAddress> client, Instant at) {
    public Asked {
      services = List.copyOf(services);
    }

    private Login login(String service) {
      return new Login(user, Optional.empty(), service, client, at);
    }
  }

  /**
   * @param limits what stored passwords may be
   * @param blocks who is kept out at that moment
   */
  public LoginTrial(AuthenticatorSettings settings, SchemeLimits limits, List<Block> blocks) {
    this.settings = settings;
    this.limits = limits;
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Explains the logins of an account.
   *
   * @param account the one with that login
   */
  public LoginExplanation explain(Asked asked, Account account) {
    List<Credential> credentials = credentials(account);
    List<Door> doors =
        asked.services().stream()
            .map(service ->
                new Door(
                    service,
                    ServiceRights.needsCode(service, account, settings),
                    credentials.stream()
                        .map(one -> ruling(one, asked.login(service), account))
                        .toList()))
            .toList();
    Set<String> names = new TreeSet<>();
    names.add(Doorkeeper.spelling(asked.user()));
    names.add(account.address().toString());
    return new LoginExplanation(credentials, doors, keptOut(asked, names));
  }

  /** Who is kept out of those who ask for a name that is no account's. */
  public KeptOut keptOut(Asked asked) {
    return keptOut(asked, Set.of(Doorkeeper.spelling(asked.user())));
  }

  private List<Credential> credentials(Account account) {
    Account.Credentials all = account.credentials();
    return Stream.concat(
            all.password().stream().map(hash -> credential(Optional.empty(), hash)),
            all.appPasswords().stream().map(app -> credential(Optional.of(app), app.hash())))
        .toList();
  }

  private Credential credential(Optional<AppPassword> app, StoredHash hash) {
    StoredParts parts = StoredParts.of(hash.text());
    List<StoredPassword> read =
        parts.all().stream().map(part -> StoredPassword.parse(part, limits)).toList();
    boolean keys = parts.scramKeys().isPresent();
    // Where nothing can be compared with the hash, the keys beside it are compared with.
    return switch (read.getFirst()) {
      case StoredPassword.Usable(var verifier) ->
          new Credential(app, verifier.scheme(), Optional.empty(), keys);
      case StoredPassword.Refused(Refusal refusal, String scheme) -> {
        boolean others = read.getLast() instanceof StoredPassword.Usable;
        yield new Credential(app, scheme, others ? Optional.empty() : Optional.of(refusal), keys);
      }
    };
  }

  private static Ruling ruling(Credential credential, Login login, Account account) {
    Reason reason =
        credential
            .refusal()
            .map(refusal -> refusal.temporary() ? Reason.SCHEME : Reason.NO_PASSWORD)
            .or(() -> objection(credential, login, account))
            .orElse(credential.app().isPresent() ? Reason.APP_PASSWORD : Reason.PASSWORD);
    return new Ruling(credential, reason);
  }

  private static Optional<Reason> objection(Credential credential, Login login, Account account) {
    return Doorkeeper.objection(login, account, credential.app())
        // Where they come from was left open.
        .filter(reason -> reason != Reason.NETWORK_OFF || login.client().isPresent());
  }

  private KeptOut keptOut(Asked asked, Set<String> names) {
    Guard guard = new Guard(() -> 0, "", _ -> {});
    guard.replace(blocks);
    GuardSettings patience = settings.guard();
    List<Guard.Attempt> attempts =
        names.stream().map(name -> new Guard.Attempt(name, asked.client(), asked.at())).toList();
    Optional<Block> stranger = stopped(guard, attempts, patience);
    attempts.forEach(guard::succeeded);
    // Of an unknown client nobody can say that it is one that the account has used.
    Optional<Block> acquainted =
        asked.client().isPresent() ? stopped(guard, attempts, patience) : Optional.empty();
    List<Block> all = blocks.stream().filter(block -> concerns(block.subject(), attempts)).toList();
    return new KeptOut(stranger, acquainted, all);
  }

  private static Optional<Block> stopped(
      Guard guard, List<Guard.Attempt> attempts, GuardSettings patience) {
    return attempts.stream().flatMap(one -> guard.stopped(one, patience).stream()).findFirst();
  }

  private static boolean concerns(Block.Subject subject, List<Guard.Attempt> attempts) {
    return attempts.stream()
        .anyMatch(attempt ->
            switch (subject.kind()) {
              case ACCOUNT -> subject.name().equals(attempt.login());
              case NETWORK -> subject.name().equals(attempt.network());
              case PAIR ->
                  attempt.client().isPresent()
                      ? subject.name().equals(attempt.pair())
                      : subject.name().startsWith(attempt.login() + " ");
            });
  }
}
