package dovetail.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dovetail import}. */
@Command(
    name = "import",
    description = "Takes over what other programs have kept so far.",
    subcommands = {ImportPostfixAdminCommand.class, ImportOpenDkimCommand.class})
final class ImportCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: postfixadmin or opendkim");
  }
}
