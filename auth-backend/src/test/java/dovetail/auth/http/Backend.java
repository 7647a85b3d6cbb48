package dovetail.auth.http;

import dovetail.auth.AuthService;
import dovetail.auth.AuthSettings;
import dovetail.auth.UserLog;
import dovetail.auth.answer.Authenticator;
import dovetail.auth.answer.AuthenticatorSettings;
import dovetail.auth.answer.Challenges;
import dovetail.auth.answer.Guard;
import dovetail.auth.answer.GuardSettings;
import dovetail.auth.answer.HomeTemplate;
import dovetail.auth.answer.LoginNotes;
import dovetail.auth.answer.LoginPolicy;
import dovetail.auth.answer.MailLocation;
import dovetail.auth.answer.Marker;
import dovetail.auth.answer.OneTimeCodes;
import dovetail.auth.answer.Passage;
import dovetail.auth.answer.UserSettings;
import dovetail.auth.answer.Users;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashSettings;
import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Secret;
import dovetail.auth.source.OwnPasswords;
import dovetail.directory.Account;
import dovetail.directory.AppPassword;
import dovetail.directory.LoginService;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
import dovetail.http.HttpService;
import dovetail.http.HttpToken;
import dovetail.mail.Address;
import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Logs;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.ListenSpec;
import dovetail.server.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.event.Level;

/** All of it over a real socket, with accounts in memory, and what it logs. */
final class Backend implements AutoCloseable {
  static final String TOKEN = "a-token-of-some-length";
  static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final MapAccounts accounts = new MapAccounts();
  final List<Passage> passages = new CopyOnWriteArrayList<>();
  final AtomicBoolean broken = new AtomicBoolean();

  /** Whether passwords are to have keys for SCRAM. */
  final AtomicBoolean keys = new AtomicBoolean();

  final MapLogins passwords = new MapLogins(accounts);
  final List<String> forgotten = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LogOutput output = new LogOutput(bytes);
  private final HashThreads hashes =
      new HashThreads(
          new HashSettings(2, 8, 256L << 20, Duration.ofSeconds(30), false),
          new Argon2id(new SecureRandom()),
          System::nanoTime);
  private final HttpService service;

  private final class Notes implements LoginNotes {
    @Override
    public void passed(Passage passage) {
      passages.add(passage);
    }

    @Override
    public void outdated(Account account, StoredHash hash, Secret password) {}

    @Override
    public void unusable(Account account, String why) {}
  }

  /** With wrong passwords that cost no time, of which three are too many for a client. */
  static Backend open(Path folder) throws IOException {
    return new Backend(folder, Duration.ofMillis(1), List.of());
  }

  private static AuthSettings settings(AuthenticatorSettings logins) {
    UserSettings place =
        new UserSettings(
            HomeTemplate.read("/mail/%{domain}/%{username}"),
            Optional.of(5000L),
            Optional.of(5001L),
            MailLocation.of("maildir:~/Maildir"));
    return new AuthSettings(Duration.ofSeconds(30), Set.of(), logins, place);
  }

  Backend(Path folder, Duration delay, List<Network> exempt) throws IOException {
    LogStyle style = new LogStyle(LogFormat.TEXT, false);
    Logs.install(output, style, Level.DEBUG);
    accounts.put(account(JOE, "sesame"));
    TransactionLog log = new TransactionLog(output, style, InstantSource.fixed(NOW));
    Metrics metrics = new Metrics();
    GuardSettings patience =
        new GuardSettings(
            Duration.ofHours(1),
            3,
            50,
            Duration.ofMinutes(15),
            delay,
            delay.multipliedBy(8),
            exempt);
    AuthenticatorSettings logins =
        new AuthenticatorSettings(patience, Set.of(), false, Optional.empty());
    AuthSettings settings = settings(logins);
    Guard guard = new Guard(() -> 0, "mx.example.net", _ -> {});
    Marker marker = new Marker(new SecureRandom());
    Authenticator authenticator =
        new Authenticator(
            new Authenticator.Parts(
                accounts,
                hashes,
                new OneTimeCodes(accounts, (_, _) -> false),
                guard,
                marker,
                new Challenges(new SecureRandom()),
                new Notes()),
            () -> logins);
    AuthService auth =
        new AuthService(
            () -> settings,
            authenticator,
            new AuthService.Reports(log, metrics),
            new AuthService.Clocks(InstantSource.fixed(NOW), System::nanoTime),
            new SecureRandom());
    AuthRoutes routes =
        new AuthRoutes(
            new AuthRoutes.Parts(
                (login, password, way) -> {
                  if (broken.get()) {
                    throw new IllegalStateException("broken");
                  }
                  return auth.decide(login, password, way);
                },
                new Users(accounts, () -> settings.users()),
                new UserLog(log, metrics, System::nanoTime),
                new LoginPolicy(accounts, guard, marker, () -> patience),
                new OwnPasswords(passwords, hashes, keys::get, forgotten::add)),
            InstantSource.fixed(NOW),
            System::nanoTime);
    service =
        HttpService.open(
            List.of(ListenSpec.of("inet:127.0.0.1:0")),
            routes.routes(),
            Optional.of(token(folder)),
            System::nanoTime);
  }

  private static HttpToken token(Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    return HttpToken.read(file);
  }

  static Account account(Address address, String password, String... appPasswords) {
    return new Account(
        address,
        true,
        true,
        true,
        EnumSet.allOf(LoginService.class),
        List.of(),
        Account.Place.USUAL,
        new Account.Credentials(
            Optional.of(new StoredHash("{PLAIN}" + password)),
            List.of(appPasswords).stream().map(Backend::app).toList(),
            false));
  }

  private static AppPassword app(String password) {
    return new AppPassword(
        password,
        new StoredHash("{PLAIN}" + password),
        EnumSet.allOf(LoginService.class),
        List.of(),
        Optional.empty());
  }

  /** Asks with the token. */
  HttpResponse<String> ask(String path, String body) throws Exception {
    return ask(path, body.getBytes(StandardCharsets.UTF_8), "Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<String> ask(String path, byte[] body, String... headers) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d%s".formatted(service.addresses().getFirst().getPort(), path));
    var request = java.net.http.HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** The body of an answer that is a good one. */
  String told(String path, String body) throws Exception {
    HttpResponse<String> answer = ask(path, body);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** All that has been logged. */
  String log() {
    output.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    service.close();
    client.close();
    hashes.close();
    Logs.install(
        new LogOutput(OutputStream.nullOutputStream()),
        new LogStyle(LogFormat.TEXT, false),
        Level.WARN);
  }
}
