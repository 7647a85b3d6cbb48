package dovetail.serve;

import dovetail.auth.AuthConfig;
import dovetail.auth.AuthService;
import dovetail.auth.AuthSettings;
import dovetail.auth.DictAuthService;
import dovetail.auth.DictSinkService;
import dovetail.auth.MasterService;
import dovetail.auth.UserLog;
import dovetail.auth.answer.Authenticator;
import dovetail.auth.answer.Challenges;
import dovetail.auth.answer.Guard;
import dovetail.auth.answer.LoginPolicy;
import dovetail.auth.answer.Marker;
import dovetail.auth.answer.OneTimeCodes;
import dovetail.auth.answer.Passdb;
import dovetail.auth.answer.Users;
import dovetail.auth.http.AuthRoutes;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashThreads;
import dovetail.auth.source.OwnPasswords;
import dovetail.auth.source.StoredLogins;
import dovetail.auth.source.StoredUsage;
import dovetail.config.Settings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the auth backend is made of.
 *
 * @param logins answers Postfix
 * @param dovecot answers Dovecot
 * @param http answers programs that speak nothing else
 * @param guard who is kept out
 * @param hashes computes hashes of passwords
 * @param notes what is written later
 * @param settings those that hold now
 */
record AuthParts(
    AuthService logins,
    Dovecot dovecot,
    AuthRoutes http,
    Guard guard,
    HashThreads hashes,
    Notes notes,
    AtomicReference<AuthSettings> settings) {
  private static final InstantSource WALL = InstantSource.system();

  /** What answers Dovecot: where mail is, the passwords of 2.3, and what its plugins write. */
  record Dovecot(MasterService users, DictAuthService accounts, DictSinkService plugins) {}

  /** What logins leave, and what mailboxes hold. */
  record Notes(StoredLogins logins, StoredUsage usage) {}

  /** What the protocols share. */
  private record Common(
      AuthDaemon.Shared shared,
      AtomicReference<AuthSettings> settings,
      HashThreads hashes,
      Guard guard,
      Marker marker,
      Notes notes,
      Users users,
      UserLog log) {}

  static AuthParts of(AuthDaemon.Shared shared, Configuration configuration) {
    SecureRandom random = new SecureRandom();
    Settings from = configuration.settings();
    AtomicReference<AuthSettings> settings =
        new AtomicReference<>(AuthSettings.of(from, configuration.tokens()));
    HashThreads hashes =
        new HashThreads(AuthConfig.hashing(from), new Argon2id(random), System::nanoTime);
    DirectoryService directory = shared.directory();
    Notes notes =
        new Notes(
            new StoredLogins(
                new StoredLogins.Stores(directory.logins(), directory.blocks()),
                hashes,
                Thread::startVirtualThread,
                () -> settings.get().logins().scram(),
                System::nanoTime),
            new StoredUsage(
                directory.accounts(),
                new StoredUsage.Stores(directory.usage(), directory.logins())));
    Common common =
        new Common(
            shared,
            settings,
            hashes,
            new Guard(System::nanoTime, shared.host(), notes.logins()::blocked),
            new Marker(random),
            notes,
            new Users(directory.accounts(), () -> settings.get().users()),
            new UserLog(shared.log(), shared.metrics(), System::nanoTime));
    AuthService logins = logins(common, random);
    return new AuthParts(
        logins, dovecot(common), http(common, logins), common.guard(), hashes, notes, settings);
  }

  private static AuthService logins(Common common, SecureRandom random) {
    AuthDaemon.Shared shared = common.shared();
    DirectoryService directory = shared.directory();
    Authenticator authenticator =
        new Authenticator(
            new Authenticator.Parts(
                directory.accounts(),
                common.hashes(),
                new OneTimeCodes(directory.accounts(), directory.logins()::useTotp),
                common.guard(),
                common.marker(),
                new Challenges(random),
                common.notes().logins()),
            () -> common.settings().get().logins());
    return new AuthService(
        common.settings()::get,
        authenticator,
        new AuthService.Reports(shared.log(), shared.metrics()),
        new AuthService.Clocks(WALL, System::nanoTime),
        random);
  }

  private static Dovecot dovecot(Common common) {
    AtomicReference<AuthSettings> settings = common.settings();
    Passdb passdb =
        new Passdb(
            new Passdb.Parts(
                common.shared().directory().accounts(), common.hashes(), common.notes().logins()),
            () -> settings.get().logins(),
            () -> settings.get().users());
    return new Dovecot(
        new MasterService(common.users(), common.log(), settings::get, System::nanoTime),
        new DictAuthService(
            new DictAuthService.Answers(passdb, common.users()),
            common.log(),
            settings::get,
            System::nanoTime),
        new DictSinkService(
            common.notes().usage(),
            common.shared().metrics(),
            settings::get,
            new AuthService.Clocks(WALL, System::nanoTime)));
  }

  private static AuthRoutes http(Common common, AuthService logins) {
    DirectoryService directory = common.shared().directory();
    return new AuthRoutes(
        new AuthRoutes.Parts(
            logins::decide,
            common.users(),
            common.log(),
            new LoginPolicy(
                directory.accounts(),
                common.guard(),
                common.marker(),
                () -> common.settings().get().logins().guard()),
            new OwnPasswords(
                directory.logins(),
                common.hashes(),
                () -> common.settings().get().logins().scram(),
                directory::changed)),
        WALL,
        System::nanoTime);
  }
}
