package dovetail.cli;

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
      "Ends the suspension of an account, and prints the messages that wait in the hold queue for"
          + " it, where a rule of type breaker has action = \"hold\": dovetail limit release"
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
    Released released =
        new StoreAccess(config)
            .with(store -> {
              boolean lifted = store.suspensions().lift(login, StoreAccess.actor());
              List<String> held = store.suspensions().held(login);
              store.suspensions().released(login);
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
