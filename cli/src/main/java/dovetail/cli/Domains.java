package dovetail.cli;

import dovetail.mail.Domain;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads domains from the command line. */
final class Domains {
  private Domains() {}

  static Domain read(CommandSpec spec, String text) {
    return Domain.parse(text)
        .orElseThrow(
            () -> new ParameterException(spec.commandLine(), "'" + text + "' is no domain"));
  }

  static List<Domain> read(CommandSpec spec, List<String> texts) {
    return texts.stream().map(text -> read(spec, text)).toList();
  }
}
