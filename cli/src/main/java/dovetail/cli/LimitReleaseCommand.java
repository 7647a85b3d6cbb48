package dovetail.cli;

import dovetail.counter.SuspensionStore;
import dovetail.directory.edit.UnavailableException;
import dovetail.policy.rule.Login;
import dovetail.serve.Configuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
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
      "Each host has a hold queue of its own: call it on each. It waits two seconds, until the running"
          + " services hold no more of its messages. What was printed is forgotten. The status is 1 if"
          + " the account was not suspended and nothing waited."
    })
final class LimitReleaseCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "ACCOUNT", description = "The account's login.")
  String account = "";

  /** Services look for what has changed each second, and may be holding one meanwhile. */
  private static final Duration LEARNT = Duration.ofSeconds(2);

  @Override
  public Integer call() throws Exception {
    String login = Login.spelling(account);
    Configuration configuration = config.loadWithoutKeys();
    String host = configuration.milter().filter().verifying().authservId();
    return new StoreAccess(configuration)
        .with(store -> released(store.suspensions(), host, login))
        .status();
  }

  private Exit released(SuspensionStore store, String host, String login)
      throws UnavailableException {
    boolean lifted = store.lift(login, StoreAccess.actor());
    // Also if it was not: another host, or a reset, may have lifted it a moment ago.
    LockSupport.parkNanos(LEARNT.toNanos());
    List<String> held = store.held(host, login);
    PrintWriter out = spec.commandLine().getOut();
    held.forEach(out::println);
    if (out.checkError()) {
      spec.commandLine()
          .getErr()
          .println("dovetail: the queue ids could not be written, and are kept");
      return Exit.TEMPORARY;
    }
    store.released(host, login, held);
    if (!lifted && held.isEmpty()) {
      spec.commandLine().getErr().println("dovetail: " + login + " was not suspended");
      return Exit.NO;
    }
    return Exit.GOOD;
  }
}
