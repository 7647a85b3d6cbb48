package dovetail.cli;

import dovetail.auth.AuthConfig;
import dovetail.auth.AuthPing;
import dovetail.config.Settings;
import dovetail.lookup.LookupConfig;
import dovetail.lookup.LookupPing;
import dovetail.milter.MilterConfig;
import dovetail.milter.MilterPing;
import dovetail.policy.PolicyConfig;
import dovetail.policy.PolicyPing;
import dovetail.server.ListenAddress;
import dovetail.server.ListenSpec;
import dovetail.server.Probe;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail ping}. */
@Command(
    name = "ping",
    description =
        "Speaks to the running milter, lookup tables, policy daemon and auth backend as Postfix and Dovecot would, at every"
            + " address that they have.")
final class PingCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Answers to wrong passwords are held back. */
  private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(30);

  private final InputStream in;
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  @Option(
      names = "--login",
      paramLabel = "USER",
      description =
          "Instead, log that user in where Postfix would, for SMTP, with the password that is the first line of standard"
              + " input.")
  Optional<String> login = Optional.empty();

  PingCommand(InputStream in) {
    this.in = in;
  }

  /** One service at one address. */
  private record Answer(String service, SocketAddress address, Probe.Result result) {}

  @Override
  public Integer call() throws Exception {
    Settings settings = config.loadWithoutKeys().settings();
    List<Answer> answers = login.isPresent() ? loggedIn(settings, login.get()) : asked(settings);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.write(out, generator -> write(generator, answers));
    } else {
      answers.forEach(answer -> out.println(text(answer)));
    }
    if (answers.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("dovetail: all services are switched off: milter, lookup, policy, auth");
      return Exit.NO.status();
    }
    boolean good = answers.stream().allMatch(answer -> answer.result() instanceof Probe.Good);
    return good ? Exit.GOOD.status() : Exit.NO.status();
  }

  /** How one service is spoken to. */
  @FunctionalInterface
  private interface Speaker {
    Probe.Result speak(SocketAddress address) throws InterruptedException;
  }

  private static List<Answer> asked(Settings settings) throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    if (settings.get(MilterConfig.ENABLED)) {
      ask("milter", settings.get(MilterConfig.LISTEN), PingCommand::milter, answers);
    }
    if (settings.get(LookupConfig.ENABLED)) {
      ask("lookup", settings.get(LookupConfig.LISTEN), PingCommand::lookup, answers);
    }
    if (settings.get(PolicyConfig.ENABLED)) {
      ask("policy", settings.get(PolicyConfig.LISTEN), PingCommand::policy, answers);
    }
    if (settings.get(AuthConfig.ENABLED)) {
      AuthPing auth = new AuthPing(PATIENCE, System::nanoTime);
      ask("auth", settings.get(AuthConfig.LISTEN), auth::logins, answers);
      ask("userdb", settings.get(AuthConfig.USERDB_LISTEN), auth::users, answers);
      ask("dict-auth", settings.get(AuthConfig.DICT_AUTH_LISTEN), auth::accounts, answers);
      ask("dict", settings.get(AuthConfig.DICT_LISTEN), auth::plugins, answers);
    }
    return answers;
  }

  private static Probe.Result milter(SocketAddress address) throws InterruptedException {
    return MilterPing.run(address, PATIENCE, System::nanoTime);
  }

  private static Probe.Result lookup(SocketAddress address) throws InterruptedException {
    return LookupPing.run(address, PATIENCE, System::nanoTime);
  }

  private static Probe.Result policy(SocketAddress address) throws InterruptedException {
    return PolicyPing.run(address, PATIENCE, System::nanoTime);
  }

  private static void ask(
      String service, List<ListenSpec> listeners, Speaker speaker, List<Answer> answers)
      throws InterruptedException {
    for (SocketAddress address : addresses(listeners)) {
      answers.add(new Answer(service, address, speaker.speak(address)));
    }
  }

  private List<Answer> loggedIn(Settings settings, String user)
      throws FailureException, InterruptedException {
    ByteBuffer password = StandardCharsets.UTF_8.encode(CharBuffer.wrap(new Passwords(in).read()));
    byte[] octets = new byte[password.remaining()];
    password.get(octets);
    AuthPing auth = new AuthPing(LOGIN_PATIENCE, System::nanoTime);
    List<Answer> answers = new ArrayList<>();
    ask(
        "auth",
        settings.get(AuthConfig.LISTEN),
        address -> auth.login(address, user, octets),
        answers);
    return answers;
  }

  private static List<SocketAddress> addresses(List<ListenSpec> listeners) {
    return listeners.stream().flatMap(spec -> addresses(spec.address()).stream()).toList();
  }

  private static List<SocketAddress> addresses(ListenAddress address) {
    return switch (address) {
      case ListenAddress.Inet inet -> List.copyOf(inet.socketAddresses());
      case ListenAddress.Unix(var path) -> List.of(UnixDomainSocketAddress.of(path));
    };
  }

  /** An address as the configuration has it. */
  private static String printable(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? "inet:" + literal(inet.getAddress()) + ":" + inet.getPort()
        : "unix:" + address;
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }

  private static String text(Answer answer) {
    String where = answer.service() + " " + printable(answer.address()) + ": ";
    return switch (answer.result()) {
      case Probe.Good(Duration took, String reply) ->
          where
              + "good, "
              + reply
              + " in "
              + String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
      case Probe.Bad(String why) -> where + "FAILED: " + why;
    };
  }

  private static void write(JsonGenerator out, List<Answer> answers) {
    out.writeStartArray();
    for (Answer answer : answers) {
      out.writeStartObject();
      out.writeStringProperty("service", answer.service());
      out.writeStringProperty("address", printable(answer.address()));
      switch (answer.result()) {
        case Probe.Good(Duration took, String reply) -> {
          out.writeBooleanProperty("good", true);
          out.writeStringProperty("reply", reply);
          out.writeNumberProperty("milliseconds", took.toNanos() / 1e6);
        }
        case Probe.Bad(String why) -> {
          out.writeBooleanProperty("good", false);
          out.writeStringProperty("problem", why);
        }
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
