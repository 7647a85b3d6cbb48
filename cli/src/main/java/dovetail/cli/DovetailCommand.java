package dovetail.cli;

import dovetail.serve.Configuration;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: help, version, completion. */
@Command(
    name = "dovetail",
    description =
        "Companion of stock Postfix and Dovecot: signs outgoing mail with DKIM,"
            + " verifies incoming mail, keeps virtual domains for Postfix's lookup tables.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    scope = CommandLine.ScopeType.INHERIT,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:good",
      "1:the answer is no",
      "2:wrong usage",
      "3:the configuration is wrong",
      "4:temporary failure, try again"
    },
    subcommands = {
      ServeCommand.class,
      CheckConfigCommand.class,
      DkimCommand.class,
      DnsCommand.class,
      SignCommand.class,
      VerifyCommand.class,
      ReportCommand.class,
      PingCommand.class,
      DoctorCommand.class,
      ExplainCommand.class,
      DatabaseCommand.class,
      ImportCommand.class,
      LoginCommand.class,
      AuditCommand.class,
      DovetailCommand.Completion.class
    })
final class DovetailCommand implements Runnable {
  @Spec CommandSpec spec;

  static CommandLine commandLine() {
    return commandLine(System.in, System.out);
  }

  /** The same, with other streams for the commands that take mail and give it. */
  static CommandLine commandLine(InputStream in, OutputStream out) {
    IFactory factory =
        new IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            if (type == SignCommand.class) {
              return type.cast(new SignCommand(in, out));
            }
            if (type == ReportShowCommand.class) {
              return type.cast(new ReportShowCommand(in));
            }
            if (type == ReportImportCommand.class) {
              return type.cast(new ReportImportCommand(in));
            }
            if (type == ExplainPolicyCommand.class) {
              return type.cast(new ExplainPolicyCommand(in));
            }
            if (type == PingCommand.class) {
              return type.cast(new PingCommand(in));
            }
            return type == VerifyCommand.class
                ? type.cast(new VerifyCommand(in))
                : CommandLine.defaultFactory().create(type);
          }
        };
    CommandLine root = new CommandLine(new DovetailCommand(), factory);
    RowCommands.addTo(root, in);
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(DovetailCommand::misused)
        .setExecutionExceptionHandler(DovetailCommand::explain);
  }

  /** One line on the mistake, and the shape of the command that was meant. */
  private static int misused(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("dovetail: " + mistake.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
    err.print(command.getUsageMessage().lines().findFirst().orElse(""));
    err.println();
    err.println("More: " + command.getCommandSpec().qualifiedName() + " --help");
    return Exit.USAGE.status();
  }

  /** Faults that a user can mend become a line; ours keep their stack trace. */
  private static int explain(Exception fault, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    PrintWriter err = command.getErr();
    return switch (fault) {
      case Configuration.UnusableException e -> {
        e.problems().forEach(problem -> err.println("dovetail: " + problem));
        yield Exit.CONFIGURATION.status();
      }
      case FailureException e -> {
        err.println("dovetail: " + e.getMessage());
        yield e.exit().status();
      }
      default -> throw fault;
    };
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** {@code dovetail completion}. */
  @Command(
      name = "completion",
      description = "Prints the completion for bash: source <(dovetail completion)")
  static final class Completion implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine().getOut().print(AutoComplete.bash("dovetail", spec.root().commandLine()));
      return Exit.GOOD.status();
    }
  }
}
