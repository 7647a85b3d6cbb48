package dovetail.doctor.source;

import dovetail.dkim.CryptoProvider;
import dovetail.dns.Answer;
import dovetail.dns.Resolver;
import dovetail.doctor.Host;
import dovetail.mail.Domain;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tries what Dovetail needs of the host. */
public final class HostFacts {
  /** Whose records are asked for, since every resolver of the world can tell. */
  private static final String KNOWN = "example.com";

  private final Program program;

  public HostFacts(Program program) {
    this.program = program;
  }

  /**
   * Asks all of them.
   *
   * @param database what is wrong with the database, if anything is
   */
  public Host read(CryptoProvider provider, Resolver resolver, Optional<String> database)
      throws InterruptedException {
    return new Host(provider.name(), provider.fallbackReason(), dns(resolver), database, clock());
  }

  private static Optional<String> dns(Resolver resolver) {
    Domain domain =
        Domain.parse(KNOWN).orElseThrow(() -> new IllegalStateException(KNOWN + " is a domain"));
    return switch (resolver.txt(domain)) {
      case Answer.Failed<?>(var failure) -> Optional.of(failure.toString());
      case Answer.Records<?> _, Answer.NoData<?> _, Answer.NoSuchName<?> _ -> Optional.empty();
    };
  }

  /** Only systemd knows of all programs that keep the time. */
  private Optional<String> clock() throws InterruptedException {
    try {
      Program.Result result =
          program.run(List.of("timedatectl", "show", "--property=NTPSynchronized", "--value"));
      return result.out().strip().equals("no")
          ? Optional.of("the clock is kept by no time server")
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // not known, as in a container
    }
  }
}
