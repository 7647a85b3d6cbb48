package dovetail.cli;

import dovetail.spf.SpfClient;
import dovetail.spf.SpfResult;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
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
      description = "The address of the client that brought it; SPF is checked then.")
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

  /** What SPF says; nothing if no client is named. */
  List<SpfResult> spf(StoredMailVerifier verifier) {
    if (ip.isEmpty() && (helo.isPresent() || mailFrom.isPresent())) {
      throw new ParameterException(
          spec.commandLine(), "expected --ip beside --helo or --mail-from");
    }
    if (ip.isEmpty()) {
      return List.of();
    }
    Optional<String> returnPath =
        mailFrom
            .map(text -> text.startsWith("<") && text.endsWith(">") ? inner(text) : text)
            .filter(text -> !text.isEmpty());
    if (helo.isEmpty() && returnPath.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "expected --helo or --mail-from");
    }
    SpfClient client = new SpfClient(address(ip.get()), helo.orElse(""));
    List<SpfResult> results = new ArrayList<>();
    returnPath.ifPresent(path -> results.add(verifier.spf(client, path)));
    if (helo.isPresent()) {
      results.add(verifier.spf(client));
    }
    return List.copyOf(results);
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
