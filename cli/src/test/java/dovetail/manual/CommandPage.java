package dovetail.manual;

import dovetail.config.Key;
import dovetail.config.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** dovetail(1), made from the commands as they are read. */
public final class CommandPage {
  /** An option that so many commands have, all in the same words, is told once. */
  private static final int COMMON = 10;

  private static final Pattern LABEL = Pattern.compile("(?<![A-Za-z-])[A-Z][A-Z_]*(?![a-z])");

  /** What the launcher, the unit and the command read of their environment. */
  public static final Map<String, String> ENVIRONMENT =
      Map.of(
          "DOVETAIL_HEAP",
          "The most memory that Java's objects take; 256m if it is not set. Hashing of passwords, and"
              + " 100,000 accounts that all log in, want 512m.",
          "DOVETAIL_JAVA_OPTIONS",
          "More options of java, apart by spaces.",
          "DOVETAIL_STATE",
          "The folder in which the cache for starting is, below aot; /var/lib/dovetail if it is not set.",
          "JAVA_HOME",
          "A Java 25; without it one is looked for in /usr/lib/jvm.",
          "MAIL_GROUPS",
          "Of the service alone: groups that it is to be a member of, so that it can give them its sockets;"
              + " \"postfix dovecot vmail\", as far as they are there, if it is not set.",
          "SUDO_USER",
          "Who is named in the audit beside the user that the command runs as.",
          "CACHE_DIRECTORY",
          "Where native code is unpacked for a moment, unless server.native_folder says so; systemd sets"
              + " it. Else the folder for temporary files.",
          "JOURNAL_STREAM, NOTIFY_SOCKET, WATCHDOG_USEC, LISTEN_FDS",
          "Set by systemd: each log line has a priority, the service says when it is ready and that it is"
              + " alive, and it takes over a socket that was kept for it.");

  private final List<Called> commands;
  private final Map<String, OptionSpec> common;
  private final Roff page =
      new Roff(
          "dovetail",
          1,
          "companion of stock Postfix and Dovecot: milter, policies, tables, logins");

  /** A command, and the words that call it. */
  private record Called(String words, CommandLine command) {
    CommandSpec spec() {
      return command.getCommandSpec();
    }
  }

  private CommandPage(CommandLine root) {
    commands = below(new Called("dovetail", root)).toList();
    common = common(commands);
  }

  /**
   * The whole page.
   *
   * @param root the command with all that are below it
   * @param sections of the configuration, for the files that they name
   */
  public static String of(CommandLine root, List<Section> sections) {
    CommandPage made = new CommandPage(root);
    made.begin(root.getCommandSpec());
    made.commands.stream().skip(1).forEach(made::tell);
    made.end(root.getCommandSpec(), sections);
    return made.page.text();
  }

  private static Stream<Called> below(Called called) {
    return Stream.concat(
        Stream.of(called),
        called.command().getSubcommands().entrySet().stream()
            .map(entry -> new Called(called.words() + " " + entry.getKey(), entry.getValue()))
            .flatMap(CommandPage::below));
  }

  private static Map<String, OptionSpec> common(List<Called> commands) {
    Map<String, List<OptionSpec>> all =
        commands.stream()
            .flatMap(called -> called.spec().options().stream())
            .collect(
                Collectors.groupingBy(OptionSpec::longestName, TreeMap::new, Collectors.toList()));
    Map<String, OptionSpec> common = new TreeMap<>();
    all.forEach((name, options) -> {
      if (options.size() > COMMON
          && options.stream().map(CommandPage::words).distinct().count() == 1) {
        common.put(name, options.getFirst());
      }
    });
    return common;
  }

  private void begin(CommandSpec root) {
    page.section("SYNOPSIS")
        .made(Roff.bold("dovetail") + " " + Roff.italic("COMMAND") + " ...")
        .section("DESCRIPTION");
    paragraphs(root.usageMessage().description());
    page.paragraph(
        "Everything that it does is a command: \"dovetail serve\" is the service, which systemd runs as"
            + " dovetail.service, and the others are for people and their scripts. Commands that change the"
            + " database go on as the owner of its folder when root calls them, and a running service"
            + " learns of the change within a second.");
    page.section("OPTIONS")
        .paragraph(
            "These mean the same in each command that has them; which those are is in the first line of"
                + " each.");
    common.values().forEach(option -> page.item(label(option), words(option)));
    page.section("COMMANDS");
  }

  private void tell(Called called) {
    page.subsection(called.words());
    CommandSpec spec = called.spec();
    if (called.command().getSubcommands().isEmpty()) {
      page.made(synopsis(called));
    }
    paragraphs(spec.usageMessage().description());
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      page.item(Roff.italic(parameter.paramLabel()), words(parameter));
    }
    spec.options().stream()
        .filter(option -> !common.containsKey(option.longestName()))
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(option -> page.item(label(option), words(option)));
  }

  private void end(CommandSpec root, List<Section> sections) {
    page.section("EXIT STATUS");
    root.usageMessage()
        .exitCodeList()
        .forEach((status, meaning) -> page.item(Roff.bold(status), meaning));
    page.section("ENVIRONMENT")
        .paragraph("Those of the service are set in /etc/sysconfig/dovetail, if not by systemd.");
    new TreeMap<>(ENVIRONMENT).forEach((name, meaning) -> page.item(Roff.bold(name), meaning));
    page.section("FILES");
    files(sections).forEach((name, meaning) -> page.item(Roff.italic(name), meaning));
    page.section("EXAMPLES")
        .paragraph("Speaks to all that runs, as Postfix and Dovecot would:")
        .example("sh", "dovetail ping\n")
        .paragraph("Makes a key, prints the record to publish, and has it sign once that is done:")
        .example(
            "sh",
            """
            dovetail dkim generate example.com
            dovetail dkim activate example.com 20261128r
            """)
        .paragraph("Domains, mailboxes and aliases:")
        .example(
            "sh",
            """
            dovetail domain add example.com
            dovetail mailbox add joe@example.com --quota 5G
            dovetail alias add sales@example.com joe@example.com ann@elsewhere.example
            dovetail explain alias sales@example.com
            """)
        .seeAlso(
            List.of(
                "dovetail.toml(5)",
                "dovetail-postfix(7)",
                "dovetail-dovecot(7)",
                "postconf(5)",
                "doveadm(1)"));
  }

  /** What has a place by default, and what is installed. */
  private static Map<String, String> files(List<Section> sections) {
    Map<String, String> files = new TreeMap<>();
    for (Section section : sections) {
      for (Key<?> key : section.keys()) {
        if (key.type().equals("path")) {
          files.put(
              key.defaultText().replace("\"", ""),
              section.name() + "." + key.name() + ": " + key.doc().split("(?<=\\.) ", 2)[0]);
        }
      }
    }
    files.put("/etc/dovetail/dovetail.toml", "The configuration, dovetail.toml(5).");
    files.put("/etc/dovetail/conf.d/*.toml", "More of it, read after it.");
    files.put("/etc/sysconfig/dovetail", "The environment of the service.");
    files.put("/run/dovetail", "The unix sockets of the service.");
    files.put(
        "/var/lib/dovetail/dovetail.db", "The embedded database, unless database.url is another.");
    files.put(
        "/usr/share/dovetail",
        "Settings for Postfix, Dovecot, Prometheus and Grafana, to be copied.");
    return files;
  }

  private void paragraphs(String... texts) {
    Stream.of(texts).forEach(page::paragraph);
  }

  /** How a command is called, on one line. */
  private static String synopsis(Called called) {
    CommandLine.Help.ColorScheme plain = Help.defaultColorScheme(Help.Ansi.OFF);
    called.command().setUsageHelpWidth(1_000);
    String line = new Help(called.spec(), plain).synopsis(0).strip();
    if (!line.startsWith(called.words()) || line.contains("\n")) {
      throw new IllegalStateException("not the synopsis of " + called.words() + ": " + line);
    }
    String rest = Roff.plain(line.substring(called.words().length()));
    return Roff.bold(called.words()) + LABEL.matcher(rest).replaceAll("\\\\fI$0\\\\fR");
  }

  private static String label(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add(Roff.bold(name));
    }
    String value = option.arity().max() == 0 ? "" : "=" + Roff.italic(option.paramLabel());
    return String.join(", ", names) + value;
  }

  private static String words(ArgSpec argument) {
    return String.join(" ", argument.description());
  }
}
