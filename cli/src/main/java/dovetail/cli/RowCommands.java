package dovetail.cli;

import dovetail.directory.edit.Kind;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * The commands {@code dovetail domain|mailbox|app-password|alias|grant|relay|entry|exception VERB},
 * made from the fields of each kind of row.
 */
final class RowCommands {
  private RowCommands() {}

  /** Adds the commands of all kinds below another one. */
  static void addTo(CommandLine root, InputStream in) {
    for (Kind kind : Kind.values()) {
      if (kind == Kind.LIMIT) {
        root.addSubcommand(limits(in));
        continue;
      }
      CommandLine command = group(kind);
      command.addSubcommand("add", new AddRow(kind, in, false).spec());
      if (!kind.others().isEmpty()) {
        command.addSubcommand("set", new AddRow(kind, in, true).spec());
      }
      command.addSubcommand("list", new ListRows(kind).spec());
      command.addSubcommand("show", new ShowRow(kind).spec());
      command.addSubcommand("remove", new RemoveRow(kind).spec());
      command.addSubcommand("load", new LoadRows(kind, in).spec());
      command.addSubcommand("dump", new DumpRows(kind).spec());
      root.addSubcommand(kind.word(), command);
    }
  }

  /** Limits have commands of their own where what is used counts, too. */
  private static CommandLine limits(InputStream in) {
    CommandLine limits = new CommandLine(new LimitCommand());
    limits.addSubcommand("list", new ListRows(Kind.LIMIT).spec());
    limits.addSubcommand("load", new LoadRows(Kind.LIMIT, in).spec());
    limits.addSubcommand("dump", new DumpRows(Kind.LIMIT).spec());
    return limits;
  }

  private static CommandLine group(Kind kind) {
    Group group = new Group();
    group.spec = describe(CommandSpec.wrapWithoutInspection(group).name(kind.word()), about(kind));
    return new CommandLine(group.spec);
  }

  /** A command that is nothing without the one behind it. */
  private static final class Group implements Runnable {
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(),
          "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }
  }

  private static String about(Kind kind) {
    return switch (kind) {
      case DOMAIN -> "Domains that are hosted or relayed here, and other names of them.";
      case MAILBOX -> "Mailboxes.";
      case APP_PASSWORD -> "Further passwords of mailboxes, each for one program or device.";
      case ALIAS -> "Aliases, lists, and what catches the rest of a domain.";
      case GRANT -> "Rights to send in the name of others.";
      case RELAY -> "Hosts through which the mail of certain senders leaves.";
      case ENTRY -> "Rows of Postfix's other maps: canonical, BCC, access, transport, TLS policy.";
      case EXCEPTION -> "Mail that is taken though it fails DMARC.";
      case LIMIT -> "What accounts and domains may send.";
    };
  }

  /** Gives a command its description and what all commands have. */
  static CommandSpec describe(CommandSpec spec, String description) {
    spec.mixinStandardHelpOptions(true);
    spec.usageMessage().description(description);
    return spec;
  }

  /** The parameters that name a row. */
  static void addKeys(CommandSpec spec, Kind kind) {
    for (int i = 0; i < kind.keys().size(); i++) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index(String.valueOf(i))
              .arity("1")
              .required(true)
              .type(String.class)
              .paramLabel(kind.keys().get(i).name().toUpperCase(Locale.ROOT))
              .description(kind.keys().get(i).doc())
              .build());
    }
  }

  /** What the parameters that name a row are. */
  static List<String> keys(CommandSpec spec, Kind kind) {
    return spec.positionalParameters().stream()
        .limit(kind.keys().size())
        .<String>map(PositionalParamSpec::getValue)
        .toList();
  }

  /** An option that takes a value. */
  static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option that is given or not. */
  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(description).build();
  }

  static boolean given(CommandSpec spec, String option) {
    OptionSpec found = spec.findOption(option);
    return found != null && Boolean.TRUE.equals(found.getValue());
  }
}
