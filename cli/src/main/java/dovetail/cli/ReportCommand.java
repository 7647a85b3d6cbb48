package dovetail.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dovetail report}. */
@Command(
    name = "report",
    description = "Reports on mail in the name of domains: those of receivers, and our own.",
    subcommands = ReportCommand.Dmarc.class)
final class ReportCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: dmarc");
  }

  /** {@code dovetail report dmarc}. */
  @Command(
      name = "dmarc",
      description = "DMARC aggregate reports.",
      subcommands = {
        ReportShowCommand.class,
        ReportImportCommand.class,
        ReportListCommand.class,
        ReportSendCommand.class
      })
  static final class Dmarc implements Runnable {
    @Spec CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(), "a command is missing: show, import, list or send");
    }
  }
}
