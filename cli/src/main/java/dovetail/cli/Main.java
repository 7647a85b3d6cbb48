package dovetail.cli;

import dovetail.serve.Serve;
import java.util.Optional;
import picocli.CommandLine;

/** The entry of the {@code dovetail} command. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    // The daemon starts without the command line library, which costs a quarter of a second.
    Optional<ServeArguments> serve = ServeArguments.read(arguments);
    int status =
        serve.isPresent()
            ? Serve.run(serve.get().config(), serve.get().services())
            : execute(DovetailCommand.commandLine(), arguments);
    System.exit(status);
  }

  private static int execute(CommandLine command, String[] arguments) {
    try {
      return command.execute(arguments);
    } finally {
      command.getOut().flush();
      command.getErr().flush();
    }
  }
}
