package dovetail.cli;

import dovetail.serve.Configuration;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail limit release}. */
@Command(
    name = "release",
    description = {
      "Ends the suspension of an account, and prints the messages that wait for it in the hold queue"
          + " of this host, where a rule of type breaker has action = \"hold\": dovetail limit release"
          + " alice@example.com | postsuper -H -",
      "The running services learn of it within a second. The status is 1 if it was not suspended."
    })
final class LimitReleaseCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "ACCOUNT", description = "The account's login.")
  String account = "";

  /** What was done. */
  private record Released(boolean suspended, List<String> held) {}

  @Override
  public Integer call() throws Exception {
    String login = LimitCommand.login(account);
    Configuration configuration = config.loadWithoutKeys();
    String host = configuration.milter().filter().verifying().authservId();
    Released released =
        new StoreAccess(configuration)
            .with(store -> {
              boolean lifted = store.suspensions().lift(login, StoreAccess.actor());
              List<String> held = store.suspensions().held(host, login);
              store.suspensions().released(host, login);
              return new Released(lifted, held);
            });
    PrintWriter out = spec.commandLine().getOut();
    released.held().forEach(out::println);
    if (!released.suspended()) {
      spec.commandLine().getErr().println("dovetail: " + login + " was not suspended");
    }
    return released.suspended() ? Exit.GOOD.status() : Exit.NO.status();
  }
}
