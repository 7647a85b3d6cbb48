package dovetail.cli;

import dovetail.config.Settings;
import dovetail.milter.MilterConfig;
import dovetail.milter.MilterPing;
import dovetail.server.ListenAddress;
import dovetail.server.ListenSpec;
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
    description = "Speaks to the running milter as Postfix would, at every address that it has.")
final class PingCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  /** One service at one address. */
  private record Answer(String service, SocketAddress address, MilterPing.Result result) {}

  @Override
  public Integer call() throws Exception {
    Settings settings = config.loadWithoutKeys().settings();
    List<Answer> answers = new ArrayList<>();
    if (settings.get(MilterConfig.ENABLED)) {
      for (ListenSpec listener : settings.get(MilterConfig.LISTEN)) {
        for (SocketAddress address : addresses(listener.address())) {
          answers.add(
              new Answer("milter", address, MilterPing.run(address, PATIENCE, System::nanoTime)));
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.write(out, generator -> write(generator, answers));
    } else {
      answers.forEach(answer -> out.println(text(answer)));
    }
    if (answers.isEmpty()) {
      spec.commandLine().getErr().println("dovetail: the milter is switched off: milter.enabled");
      return Exit.NO.status();
    }
    boolean good = answers.stream().allMatch(answer -> answer.result() instanceof MilterPing.Good);
    return good ? Exit.GOOD.status() : Exit.NO.status();
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
      case MilterPing.Good(Duration took, String reply) ->
          where
              + "good, "
              + reply
              + " in "
              + String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
      case MilterPing.Bad(String why) -> where + "FAILED: " + why;
    };
  }

  private static void write(JsonGenerator out, List<Answer> answers) {
    out.writeStartArray();
    for (Answer answer : answers) {
      out.writeStartObject();
      out.writeStringProperty("service", answer.service());
      out.writeStringProperty("address", printable(answer.address()));
      switch (answer.result()) {
        case MilterPing.Good(Duration took, String reply) -> {
          out.writeBooleanProperty("good", true);
          out.writeStringProperty("reply", reply);
          out.writeNumberProperty("milliseconds", took.toNanos() / 1e6);
        }
        case MilterPing.Bad(String why) -> {
          out.writeBooleanProperty("good", false);
          out.writeStringProperty("problem", why);
        }
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
