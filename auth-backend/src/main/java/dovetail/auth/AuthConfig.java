package dovetail.auth;

import dovetail.auth.password.HashSettings;
import dovetail.auth.session.Mechanism;
import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.directory.LoginService;
import dovetail.server.ListenAddress;
import dovetail.server.ListenSpec;
import dovetail.server.Network;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of the section {@code [auth]}. */
public final class AuthConfig {
  /** Less than Postfix waits for (AUTH_TIMEOUT in xsasl_dovecot_server.c), by some to answer in. */
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(9);

  public static final Key<Boolean> ENABLED =
      Key.bool(
          "enabled",
          false,
          "Whether logins are served: to Postfix (smtpd_sasl_type = dovecot, smtpd_sasl_path = the"
              + " first socket below), to Dovecot at the three others, and below /auth of [http].");

  public static final Key<List<ListenSpec>> LISTEN =
      Key.list(
          "listen",
          List.of("unix:/run/dovetail/auth"),
          ListenSpec::read,
          "Where Postfix reaches it. An address, or a table { address, group, permissions, allow }:"
              + " { address = \"unix:/var/spool/postfix/dovetail/auth\", group = \"postfix\" } for a"
              + " Postfix that is chrooted, with smtpd_sasl_path = dovetail/auth.");

  public static final Key<List<ListenSpec>> USERDB_LISTEN =
      Key.list(
          "userdb_listen",
          List.of("unix:/run/dovetail/auth-userdb"),
          ListenSpec::read,
          "Where Dovecot's lmtp, lda and doveadm ask where the mail of users is: auth_socket_path ="
              + " the socket. With group = \"dovecot\" in its table, or of whom they run as; an"
              + " empty list switches it off.");

  public static final Key<List<ListenSpec>> DICT_AUTH_LISTEN =
      Key.list(
          "dict_auth_listen",
          List.of("unix:/run/dovetail/dict-auth"),
          ListenSpec::read,
          "Where Dovecot 2.3 has its passdb and userdb (driver = dict). It is told passwords as they"
              + " are stored: only with group = \"dovecot\" in its table, as whom its auth runs; an"
              + " empty list switches it off.");

  public static final Key<List<ListenSpec>> DICT_LISTEN =
      Key.list(
          "dict_listen",
          List.of("unix:/run/dovetail/dict"),
          ListenSpec::read,
          "Where Dovecot's quota_clone and last_login write. With the group of who owns the mail in"
              + " its table: nothing can be read there; an empty list switches it off.");

  public static final Key<Integer> MAX_CONNECTIONS =
      Key.integer(
          "max_connections",
          1000,
          1,
          100_000,
          "Connections at a time, to each of these; beyond it, new ones wait. Each smtpd process has"
              + " one.");

  static final Key<Duration> REQUEST_TIMEOUT =
      Key.atLeast(
          "10s",
          Key.duration(
              "request_timeout",
              "30s",
              "How long a line and its answer may take to pass, delays for wrong passwords included;"
                  + " Postfix waits for 10 seconds."));

  static final Key<List<Mechanism>> MECHANISMS =
      Key.list(
          "mechanisms",
          List.of("PLAIN", "LOGIN"),
          AuthConfig::mechanism,
          "The ways to log in that are offered. Postfix leaves out those that send the password, as"
              + " these do, where smtpd_sasl_security_options has noplaintext; demand TLS with"
              + " smtpd_tls_auth_only = yes. \"SCRAM-SHA-256\" sends none: it is for accounts'"
              + " own passwords, of which keys are stored beside the hash when they are set, or"
              + " at the next login by another way. \"OAUTHBEARER\" and \"XOAUTH2\" send a token that"
              + " somebody else has issued: see 'oauth_keys'.");

  public static final Key<Optional<Integer>> HASH_THREADS =
      Key.integer(
              "hash_threads",
              1,
              1,
              64,
              "How many passwords are hashed at a time; half of the processors if not set. A storm of"
                  + " logins slows logins, and no mail.")
          .optional();

  public static final Key<Boolean> WEAK_SCHEMES =
      Key.bool(
          "weak_schemes",
          false,
          "Whether passwords are compared that are stored in schemes too weak to be used: DES and MD5"
              + " of crypt(3), SMD5, LDAP-MD5, PLAIN-MD5, PLAIN-MD4. Each is stored anew when its"
              + " owner logs in.");

  static final Key<Duration> WINDOW =
      Key.atLeast(
          "1m",
          Key.duration(
              "window", "1h", "For how long a wrong password counts against who tried it."));

  static final Key<Integer> CLIENT_ATTEMPTS =
      Key.integer(
          "client_attempts",
          30,
          1,
          10_000,
          "How many different wrong passwords a client may try, of whatever accounts, before it is"
              + " kept out for a while. The same one again and again is one.");

  static final Key<Integer> ACCOUNT_ATTEMPTS =
      Key.integer(
          "account_attempts",
          100,
          1,
          10_000,
          "How many may be tried of an account before it is kept from clients that it has not used in"
              + " the last 30 days. Its owner goes on logging in from where he has before.");

  static final Key<Duration> BLOCK =
      Key.atLeast("1m", Key.duration("block", "15m", "For how long they are kept out then."));

  static final Key<Duration> DELAY =
      Key.duration(
          "delay",
          "1s",
          "How long the answer to a wrong password is held back; each further one that is different"
              + " doubles it.");

  static final Key<Duration> MOST_DELAY =
      Key.duration(
          "most_delay", "8s", "The longest delay, at most 9s; Postfix waits for 10 seconds.");

  static final Key<List<Network>> EXEMPT =
      Key.list(
          "exempt",
          List.of(),
          Network::read,
          "Networks whose clients are never kept out as such, whatever is tried there: such as that of"
              + " a webmail, which is one client for all its users. What is tried there of an account"
              + " counts against that account: wrong answers are held back, and after account_attempts"
              + " it is kept from where it has not logged in before, there, too.");

  static final Key<List<LoginService>> TOTP =
      Key.list(
          "totp_services",
          List.of(),
          AuthConfig::service,
          "Services (smtp, imap, pop3, sieve) that the password alone does not open for accounts with"
              + " a secret of one-time passwords (dovetail mailbox set --totp): there the six digits"
              + " are typed behind it. Programs that keep passwords need an app password.");

  private static final List<Key<List<ListenSpec>>> LISTENERS =
      List.of(LISTEN, USERDB_LISTEN, DICT_AUTH_LISTEN, DICT_LISTEN);

  /** The whole section. */
  public static final Section SECTION =
      Section.of(
              "auth",
              "Who may log in, asked by Postfix and Dovecot in Dovecot's protocols, and where their mail is.",
              keys(
                  ENABLED,
                  LISTEN,
                  USERDB_LISTEN,
                  DICT_AUTH_LISTEN,
                  DICT_LISTEN,
                  MAX_CONNECTIONS,
                  REQUEST_TIMEOUT,
                  MECHANISMS,
                  HASH_THREADS,
                  WEAK_SCHEMES,
                  WINDOW,
                  CLIENT_ATTEMPTS,
                  ACCOUNT_ATTEMPTS,
                  BLOCK,
                  DELAY,
                  MOST_DELAY,
                  EXEMPT,
                  TOTP))
          .check(AuthConfig::checkListeners)
          .check(AuthConfig::checkDelays)
          .check(TokenConfig::check);

  private AuthConfig() {}

  private static List<Key<?>> keys(Key<?>... own) {
    return Stream.of(List.of(own), TokenConfig.ALL, UserConfig.ALL).flatMap(List::stream).toList();
  }

  /** How passwords are hashed; only a restart changes it. */
  public static HashSettings hashing(Settings settings) {
    Runtime machine = Runtime.getRuntime();
    HashSettings suiting = HashSettings.suiting(machine.availableProcessors(), machine.maxMemory());
    return new HashSettings(
        settings.get(HASH_THREADS).orElse(suiting.threads()),
        suiting.queue(),
        suiting.memoryBytes(),
        suiting.patience(),
        settings.get(WEAK_SCHEMES));
  }

  /** Whether accounts' own passwords are to have keys for SCRAM-SHA-256. */
  public static boolean scram(Settings settings) {
    return settings.get(MECHANISMS).contains(Mechanism.SCRAM_SHA_256);
  }

  private static Mechanism mechanism(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return Mechanism.of(text)
        .orElseThrow(() ->
            value.error(
                "expected \"PLAIN\", \"LOGIN\", \"SCRAM-SHA-256\", \"OAUTHBEARER\" or \"XOAUTH2\","
                    + " found \""
                    + text
                    + "\""));
  }

  private static LoginService service(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return LoginService.of(text)
        .orElseThrow(() ->
            value.error(
                "expected \"smtp\", \"imap\", \"pop3\" or \"sieve\", found \"" + text + "\""));
  }

  private static void checkListeners(Settings settings, Section.Complaints complaints) {
    if (settings.get(ENABLED) && settings.get(LISTEN).isEmpty()) {
      complaints.at(LISTEN, "expected at least one address; enabled = false switches it off");
    }
    if (settings.get(MECHANISMS).isEmpty()) {
      complaints.at(MECHANISMS, "expected at least one: Postfix's smtpd ends without any");
    }
    Set<ListenAddress> taken = new HashSet<>();
    for (Key<List<ListenSpec>> key : LISTENERS) {
      for (ListenSpec spec : settings.get(key)) {
        if (spec.mode().isPresent()) {
          complaints.at(key, "%s has a mode, of which logins have none".formatted(spec.address()));
        }
        if (!key.equals(LISTEN) && spec.address() instanceof ListenAddress.Inet) {
          complaints.at(key, "%s is no unix socket, which Dovecot wants".formatted(spec.address()));
        }
        if (!taken.add(spec.address())) {
          complaints.at(key, "%s is taken by another listener of [auth]".formatted(spec.address()));
        }
      }
    }
  }

  private static void checkDelays(Settings settings, Section.Complaints complaints) {
    Duration most = settings.get(MOST_DELAY);
    if (most.compareTo(LONGEST_DELAY) > 0) {
      complaints.at(MOST_DELAY, "expected at most \"9s\": Postfix gives up after 10 seconds");
    } else if (settings.get(DELAY).compareTo(most) > 0) {
      if (settings.position(DELAY).isPresent()) {
        complaints.at(DELAY, "expected at most what 'most_delay' says");
      } else {
        complaints.at(MOST_DELAY, "expected at least what 'delay' says");
      }
    }
  }
}
