package dovetail.cli;

import dovetail.auth.answer.LoginTrial;
import dovetail.directory.LoginService;
import dovetail.serve.Configuration;
import dovetail.server.Network;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail explain login}. */
@Command(
    name = "login",
    description = {
      "Shows what becomes of a login: which account it is, its passwords and what each of them"
          + " opens, who is kept out meanwhile, and where Dovecot is told that its mail is. No"
          + " password is asked for, and nothing is counted or changed.",
      "The database is asked, not the running service, which alone knows which wrong passwords"
          + " count so far, and from where an account has logged in since it was started.",
      "The answer is no if even the right password does not let a client in of which nothing is"
          + " known."
    })
final class ExplainLoginCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "USER", description = "The login, as its owner writes it.")
  String user = "";

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "Only at this service: smtp, imap, pop3, sieve, or another word for one.")
  Optional<String> service = Optional.empty();

  @Option(
      names = "--client",
      paramLabel = "ADDRESS",
      description = "From this client; if none is named, wherever the account may log in from.")
  Optional<String> client = Optional.empty();

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    LoginTrial.Asked asked = asked(InstantSource.system().instant());
    Configuration configuration = config.loadWithoutKeys();
    LoginFacts facts =
        new StoreAccess(configuration)
            .with(store -> LoginFacts.read(store, configuration.settings(), asked));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.write(out, generator -> LoginJson.write(generator, asked, facts));
    } else {
      new LoginText(asked).lines(facts).forEach(out::println);
    }
    boolean opens = facts instanceof LoginFacts.Known known && known.explanation().opens();
    return opens ? Exit.GOOD.status() : Exit.NO.status();
  }

  private LoginTrial.Asked asked(Instant now) {
    List<String> services =
        service
            .map(word -> List.of(word.toLowerCase(Locale.ROOT)))
            .orElse(Stream.of(LoginService.values()).map(LoginService::word).toList());
    return new LoginTrial.Asked(
        user, services, client.map(this::address), now.truncatedTo(ChronoUnit.SECONDS));
  }

  private InetAddress address(String text) {
    try {
      return Network.parseAddress(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--client: " + e.getMessage(), e);
    }
  }
}
