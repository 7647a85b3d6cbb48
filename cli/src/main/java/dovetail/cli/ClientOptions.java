package dovetail.cli;

import dovetail.milter.filter.Outsider;
import dovetail.spf.SpfClient;
import java.net.InetAddress;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From whom a stored message came, which it does not say itself. */
final class ClientOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--ip",
      paramLabel = "ADDRESS",
      description =
          "The address of the client that brought it; iprev, SPF and DMARC are checked then.")
  Optional<String> ip = Optional.empty();

  @Option(
      names = "--helo",
      paramLabel = "NAME",
      description = "The name by which the client introduced itself.")
  Optional<String> helo = Optional.empty();

  @Option(
      names = "--mail-from",
      paramLabel = "ADDRESS",
      description = "The return path; <> for the null sender, with --helo.")
  Optional<String> mailFrom = Optional.empty();

  /** The client; nothing if none is named. */
  Optional<Outsider> outsider() {
    if (ip.isEmpty() && (helo.isPresent() || mailFrom.isPresent())) {
      throw new ParameterException(
          spec.commandLine(), "expected --ip beside --helo or --mail-from");
    }
    if (ip.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> returnPath =
        mailFrom
            .map(text -> text.startsWith("<") && text.endsWith(">") ? inner(text) : text)
            .filter(text -> !text.isEmpty());
    if (helo.isEmpty() && returnPath.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "expected --helo or --mail-from");
    }
    return Optional.of(new Outsider(new SpfClient(address(ip.get()), helo.orElse("")), returnPath));
  }

  private static String inner(String text) {
    return text.substring(1, text.length() - 1);
  }

  private InetAddress address(String text) {
    try {
      if (text.indexOf('%') < 0) {
        return InetAddress.ofLiteral(text);
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new ParameterException(spec.commandLine(), "'" + text + "' is no IP address");
  }
}
