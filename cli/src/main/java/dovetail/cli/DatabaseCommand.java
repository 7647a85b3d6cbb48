package dovetail.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail database}. */
@Command(
    name = "database",
    description = "Looks after the database.",
    subcommands = {
      DatabaseCommand.Status.class,
      DatabaseCommand.Migrate.class,
      DatabaseCopyCommands.Dump.class,
      DatabaseCopyCommands.Restore.class,
      DatabaseCommand.Views.class
    })
final class DatabaseCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: status, migrate, dump, restore or views");
  }

  /** {@code dovetail database status}. */
  @Command(
      name = "status",
      description = "Tells whether the database answers and has the tables of this release.")
  static final class Status implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Option(names = "--json", description = "Write JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
      StoreAccess access = new StoreAccess(config);
      List<Integer> missing =
          access.withAny(store -> {
            if (store.migratesItself()) {
              store.migrate(); // as every command does
            }
            return store.missingSteps();
          });
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.write(
            out,
            generator -> {
              generator.writeStartObject();
              generator.writeBooleanProperty("good", missing.isEmpty());
              generator.writeNumberProperty("missing_steps", missing.size());
              generator.writeEndObject();
            });
      } else {
        out.println(
            missing.isEmpty()
                ? "the database answers and has all tables"
                : missing.size() + " steps are missing: run \"dovetail database migrate\"");
      }
      return missing.isEmpty() ? Exit.GOOD.status() : Exit.NO.status();
    }
  }

  /** {@code dovetail database migrate}. */
  @Command(
      name = "migrate",
      description = {
        "Makes the tables that this release needs, and nothing where they are there.",
        "With MariaDB, run it once before the release is started anywhere; its user needs the rights"
            + " CREATE, ALTER and INDEX for that. The embedded database needs no such step."
      })
  static final class Migrate implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Override
    public Integer call() throws Exception {
      int made = new StoreAccess(config).withAny(store -> store.migrate());
      spec.commandLine().getOut().println(made == 0 ? "nothing to do" : made + " steps made");
      return Exit.GOOD.status();
    }
  }

  /** {@code dovetail database views}. */
  @Command(
      name = "views",
      description = {
        "Makes views of the tables with the names and columns of PostfixAdmin's, for programs that read"
            + " those: domain, alias_domain, mailbox, alias.",
        "They need a schema of MariaDB of their own, which is there already, and the rights CREATE VIEW"
            + " and DROP in it. To be made again after each \"database migrate\"."
      })
  static final class Views implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(paramLabel = "SCHEMA", description = "The schema's name.")
    String schema = "";

    @Override
    public Integer call() throws Exception {
      int made = new StoreAccess(config).with(store -> store.views().define(schema));
      spec.commandLine().getOut().println(made + " views made");
      return Exit.GOOD.status();
    }
  }
}
