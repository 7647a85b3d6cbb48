package dovetail.manual;

import dovetail.config.Key;
import dovetail.config.Section;
import java.util.List;
import java.util.Set;

/** dovetail.toml(5), made from the sections and keys that are read. */
public final class ConfigPage {
  private static final String NOT_SET = "; not set";

  private ConfigPage() {}

  /**
   * The whole page.
   *
   * @param sections in the order in which they are told
   * @param fixed the full names of the keys that only a restart changes
   */
  public static String of(List<Section> sections, Set<String> fixed) {
    Roff page = new Roff("dovetail.toml", 5, "the configuration of Dovetail");
    page.section("SYNOPSIS")
        .made(Roff.italic("/etc/dovetail/dovetail.toml"))
        .lineBreak()
        .made(Roff.italic("/etc/dovetail/conf.d/*.toml"));
    describe(page);
    page.section("KEYS")
        .paragraph(
            "Each is named here with the section that it stands in: milter.keys is the key 'keys' below"
                + " [milter]. In brackets is what may stand there.");
    for (Section section : sections) {
      page.subsection("[" + section.name() + "]").made(Roff.plain(section.doc()));
      for (Key<?> key : section.keys()) {
        String name = section.name() + "." + key.name();
        tell(page, name, key, fixed.contains(name));
      }
    }
    page.section("EXAMPLES")
        .paragraph("One host that signs for its own networks, and asks a resolver of its own:")
        .example(
            "toml",
            """
            [server]
            hostname = "mx.example.com"

            [dns]
            servers = ["127.0.0.1"]

            [milter]
            trusted = ["127.0.0.0/8", "::1/128", "192.0.2.0/24"]

            [[policy.rule]]
            type = "limit"
            key = "sasl_username"
            limit = "100/1h,500/1d"
            """)
        .seeAlso(List.of("dovetail(1)", "dovetail-postfix(7)", "dovetail-dovecot(7)"));
    return page.text();
  }

  private static void tell(Roff page, String name, Key<?> key, boolean restart) {
    boolean set = !key.type().endsWith(NOT_SET);
    String type = key.type().replace(NOT_SET, "");
    page.item(Roff.bold(name) + Roff.plain(" (" + type + ")"), key.doc());
    page.more((set ? "Default: " : "Not set by default; an example: ") + key.defaultText());
    if (restart) {
      page.more("Only a restart changes it.");
    }
  }

  private static void describe(Roff page) {
    page.section("DESCRIPTION")
        .paragraph(
            "The configuration of all services of Dovetail, in TOML. Every key has a default that works for"
                + " one host, so the file may be empty, or missing.")
        .paragraph(
            "The files of the folder conf.d beside it are read after it, in the order of their names. A key"
                + " that an earlier file has, too, is replaced; tables that are written as"
                + " [[section.name]] add up.")
        .paragraph(
            "What nobody knows, does not fit or cannot be is refused, all of it at once, each with file and"
                + " line, and for a name that is nearly right the right one. \"dovetail check-config\" says it"
                + " before anything runs. A service that is running reads the files again on SIGHUP: all of"
                + " it holds then, or nothing of it and what was before goes on.");
    page.subsection("What may stand there")
        .item(Roff.plain("duration"), "A whole number and ms, s, m, h or d, in quotes: \"20s\".")
        .item(Roff.plain("size"), "A whole number and B, KiB, MiB or GiB, in quotes: \"512KiB\".")
        .item(Roff.plain("path"), "The name of a file or folder, in quotes.")
        .item(Roff.plain("list"), "Strings in brackets: [\"a\", \"b\"].")
        .item(
            Roff.plain("tables"),
            "Each written as [[section.name]], with keys of its own below it.")
        .item(
            Roff.plain("word | word"),
            "One of these words, in quotes. An integer or a boolean has none.")
        .item(
            Roff.plain("listeners"),
            "Lists named 'listen' hold addresses: \"inet:localhost:8891\" (localhost is each loopback address"
                + " that there is), \"inet:192.0.2.1:8891\", \"inet:*:8891\" or \"unix:/run/dovetail/auth\"; or"
                + " tables such as { address = \"unix:/run/dovetail/auth\", group = \"postfix\" }. Of a unix"
                + " socket 'group' and 'permissions' say who may open it, and the service has to be a member of"
                + " that group. An address that others than this host can reach needs 'allow', a list of"
                + " networks.");
  }
}
