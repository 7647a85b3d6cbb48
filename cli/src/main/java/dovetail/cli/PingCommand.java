package dovetail.cli;

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
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        "Speaks to the running milter, lookup tables and policy daemon as Postfix would, at every address that they"
            + " have.")
final class PingCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  /** One service at one address. */
  private record Answer(String service, SocketAddress address, Probe.Result result) {}

  @Override
  public Integer call() throws Exception {
    Settings settings = config.loadWithoutKeys().settings();
    List<Answer> answers = new ArrayList<>();
    if (settings.get(MilterConfig.ENABLED)) {
      for (SocketAddress address : addresses(settings.get(MilterConfig.LISTEN))) {
        answers.add(
            new Answer("milter", address, MilterPing.run(address, PATIENCE, System::nanoTime)));
      }
    }
    if (settings.get(LookupConfig.ENABLED)) {
      for (SocketAddress address : addresses(settings.get(LookupConfig.LISTEN))) {
        answers.add(
            new Answer("lookup", address, LookupPing.run(address, PATIENCE, System::nanoTime)));
      }
    }
    if (settings.get(PolicyConfig.ENABLED)) {
      for (SocketAddress address : addresses(settings.get(PolicyConfig.LISTEN))) {
        answers.add(
            new Answer("policy", address, PolicyPing.run(address, PATIENCE, System::nanoTime)));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.write(out, generator -> write(generator, answers));
    } else {
      answers.forEach(answer -> out.println(text(answer)));
    }
    if (answers.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("dovetail: all services are switched off: milter, lookup, policy");
      return Exit.NO.status();
    }
    boolean good = answers.stream().allMatch(answer -> answer.result() instanceof Probe.Good);
    return good ? Exit.GOOD.status() : Exit.NO.status();
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
