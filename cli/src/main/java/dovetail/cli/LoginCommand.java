package dovetail.cli;

import dovetail.directory.login.Block;
import dovetail.directory.login.LastLogin;
import dovetail.mail.Address;
import dovetail.server.Network;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail login}. */
@Command(
    name = "login",
    description = "Who has logged in, and who is kept out for a time.",
    subcommands = {LoginCommand.ListLogins.class, LoginCommand.Unblock.class})
final class LoginCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: list, unblock");
  }

  /**
   * Whom a word means.
   *
   * @param name a login in its stored spelling, or the word itself
   * @param address the address of one client, if it is one
   */
  record Meant(String name, Optional<InetAddress> address) {
    static Meant of(String word) {
      try {
        return new Meant(word, Optional.of(Network.parseAddress(word)));
      } catch (IllegalArgumentException _) {
        // A login, or a network.
      }
      String name =
          Address.parse(word)
              .map(address -> address.canonical().toString())
              .orElseGet(() -> word.toLowerCase(Locale.ROOT));
      return new Meant(name, Optional.empty());
    }

    /** Whether a block keeps them out; that of a network does each client in it. */
    boolean isKeptOut(Block.Subject subject) {
      return switch (subject.kind()) {
        case ACCOUNT -> subject.name().equals(name);
        case NETWORK -> network(subject.name()).filter(this::isIn).isPresent();
        case PAIR -> {
          int blank = subject.name().lastIndexOf(' ');
          yield subject.name().substring(0, Math.max(0, blank)).equals(name)
              || network(subject.name().substring(blank + 1)).filter(this::isIn).isPresent();
        }
      };
    }

    private boolean isIn(Network network) {
      return address.isPresent()
          ? network.contains(address.get())
          : network(name).filter(network::equals).isPresent();
    }

    private static Optional<Network> network(String text) {
      try {
        return Optional.of(Network.parse(text));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
  }

  /** {@code dovetail login list}. */
  @Command(
      name = "list",
      description =
          "Lists who is kept out now; with a login, also when it was last used at each service.")
  static final class ListLogins implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(
        arity = "0..1",
        paramLabel = "SUBJECT",
        description = "Only this login, or this client's address or network.")
    Optional<String> subject = Optional.empty();

    @Option(names = "--json", description = "Write JSON.")
    boolean json;

    /** What is found. */
    private record Found(List<Block> blocks, List<LastLogin> logins) {}

    @Override
    public Integer call() throws Exception {
      Instant now = InstantSource.system().instant();
      Optional<Meant> meant = subject.map(Meant::of);
      Optional<Address> account = meant.map(Meant::name).flatMap(Address::parse);
      Found found =
          new StoreAccess(config)
              .with(store ->
                  new Found(
                      store.blocks().all(now).stream()
                          .filter(
                              block -> meant.isEmpty() || meant.get().isKeptOut(block.subject()))
                          .toList(),
                      account.isPresent() ? store.logins().last(account.get()) : List.of()));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.write(out, generator -> write(generator, found));
      } else {
        found.blocks().forEach(block -> out.println(line(block)));
        found.logins().forEach(login -> out.println(line(login)));
      }
      return Exit.GOOD.status();
    }

    private static String line(Block block) {
      return "blocked  %s  until %s  since %s  by %s  %s"
          .formatted(
              block.subject().name(), block.until(), block.since(), block.host(), block.reason())
          .strip();
    }

    private static String line(LastLogin login) {
      return "%s  %s  %s  %s"
          .formatted(login.account(), login.service(), login.time(), login.client())
          .strip();
    }

    private static void write(JsonGenerator out, Found found) {
      out.writeStartObject();
      out.writeArrayPropertyStart("blocks");
      for (Block block : found.blocks()) {
        out.writeStartObject();
        out.writeStringProperty("kind", block.subject().kind().word());
        out.writeStringProperty("subject", block.subject().name());
        out.writeStringProperty("since", block.since().toString());
        out.writeStringProperty("until", block.until().toString());
        out.writeStringProperty("reason", block.reason());
        out.writeStringProperty("host", block.host());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayPropertyStart("logins");
      for (LastLogin login : found.logins()) {
        out.writeStartObject();
        out.writeStringProperty("account", login.account().toString());
        out.writeStringProperty("service", login.service());
        out.writeStringProperty("time", login.time().toString());
        out.writeStringProperty("client", login.client());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  /** {@code dovetail login unblock}. */
  @Command(
      name = "unblock",
      description =
          "Lets somebody in again who is kept out; a client's address stands for each network with"
              + " it.")
  static final class Unblock implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(paramLabel = "SUBJECT", description = "A login, or a client's address or network.")
    String subject = "";

    @Override
    public Integer call() throws Exception {
      Meant meant = Meant.of(subject);
      Instant now = InstantSource.system().instant();
      int lifted =
          new StoreAccess(config)
              .with(store -> {
                int count = 0;
                for (Block block : store.blocks().all(now)) {
                  if (meant.isKeptOut(block.subject())
                      && store.blocks().lift(block.subject(), now, StoreAccess.actor())) {
                    count++;
                  }
                }
                return count;
              });
      if (lifted == 0) {
        throw new FailureException(Exit.NO, subject + " is not kept out");
      }
      return Exit.GOOD.status();
    }
  }
}
