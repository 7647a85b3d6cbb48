package dovetail.cli;

import dovetail.cli.dns.DomainCheck;
import dovetail.cli.dns.DomainKey;
import dovetail.cli.dns.DomainRecords;
import dovetail.cli.dns.Finding;
import dovetail.cli.dns.MailHost;
import dovetail.dkim.SigningKey;
import dovetail.dns.Resolver;
import dovetail.keys.StoredKey;
import dovetail.mail.Domain;
import dovetail.serve.Configuration;
import dovetail.serve.Dns;
import dovetail.serve.Stores;
import dovetail.spf.SpfVerifier;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail dns}. */
@Command(
    name = "dns",
    description = "Shows and checks the records that the mail of a domain needs.",
    subcommands = {DnsCommand.Show.class, DnsCommand.Check.class})
final class DnsCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: show or check");
  }

  /** The keys of a domain's mail: as the service finds them, and those that do not sign now. */
  private static List<DomainKey> keys(Configuration configuration, Domain domain)
      throws FailureException {
    List<SigningKey> files = configuration.keys().table().find(domain);
    if (!files.isEmpty()) {
      return files.stream().map(key -> new DomainKey(key, Optional.empty())).toList();
    }
    if (!Stores.isUsed(configuration)) {
      return List.of();
    }
    Domain signer =
        new StoreAccess(configuration)
            .with(store -> store.keys().signers())
            .getOrDefault(domain, domain);
    List<DomainKey> keys = new ArrayList<>();
    for (DkimKeys.Entry entry : DkimKeys.of(configuration, List.of(signer))) {
      if (entry.stored().isPresent()) {
        published(entry.key(), entry.stored().get()).ifPresent(keys::add);
      }
    }
    return List.copyOf(keys);
  }

  /** A key as it is to be published; nothing if its record is needed no more. */
  private static Optional<DomainKey> published(SigningKey key, StoredKey stored) {
    return switch (stored.state()) {
      case ACTIVE -> Optional.of(new DomainKey(key, Optional.empty()));
      case PENDING ->
          Optional.of(
              new DomainKey(key, Optional.of("pending: publish it, then dovetail dkim activate")));
      case RETIRED ->
          Optional.of(DkimKeys.neededUntil(stored))
              .filter(until -> until.isAfter(InstantSource.system().instant()))
              .map(until -> new DomainKey(key, Optional.of("retired: keep it until " + until)));
    };
  }

  private static MailHost host(Configuration configuration, Resolver resolver)
      throws FailureException {
    String name = configuration.milter().filter().verifying().authservId();
    return MailHost.of(
        Domain.parse(name)
            .orElseThrow(() ->
                new FailureException(Exit.NO, "'" + name + "' is no domain: set server.hostname")),
        resolver);
  }

  /** {@code dovetail dns show}. */
  @Command(
      name = "show",
      description = {
        "Shows every record that the mail of a domain needs, as zone file.",
        "The host is server.hostname; the names of its addresses belong into another zone."
      })
  static final class Show implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(paramLabel = "DOMAIN", description = "A domain whose mail is handled here.")
    String domain = "";

    @Override
    public Integer call() throws Exception {
      Domain wanted = Domains.read(spec, domain);
      Configuration configuration = config.load();
      MailHost host = host(configuration, Dns.resolver(configuration));
      spec.commandLine()
          .getOut()
          .print(
              DomainRecords.zone(
                  wanted, host, keys(configuration, wanted), InstantSource.system().instant()));
      return Exit.GOOD.status();
    }
  }

  /** {@code dovetail dns check}. */
  @Command(
      name = "check",
      description = {
        "Says which of these records are published, missing or wrong. The host is server.hostname,"
            + " and its addresses are those that the DNS has.",
        "The status is 0 if all is well, 1 if something is missing or wrong, 4 if the DNS did not say."
      })
  static final class Check implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(paramLabel = "DOMAIN", description = "A domain whose mail is handled here.")
    String domain = "";

    @Option(names = "--json", description = "Write JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
      Domain wanted = Domains.read(spec, domain);
      Configuration configuration = config.load();
      Resolver resolver = Dns.resolver(configuration);
      MailHost host = host(configuration, resolver);
      SpfVerifier spf =
          new SpfVerifier(resolver, host.name().ascii(), InstantSource.system(), System::nanoTime);
      List<Finding> findings =
          new DomainCheck(wanted, host, resolver, spf).findings(keys(configuration, wanted));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.write(
            out,
            generator -> {
              generator.writeStartArray();
              for (Finding each : findings) {
                generator.writeStartObject();
                generator.writeStringProperty("subject", each.subject());
                generator.writeStringProperty(
                    "level", each.level().name().toLowerCase(Locale.ROOT));
                generator.writeStringProperty("text", each.text());
                generator.writeEndObject();
              }
              generator.writeEndArray();
            });
      } else {
        findings.forEach(each -> out.println(text(each)));
      }
      return exit(findings).status();
    }

    /** Much of it is what strangers have written into the DNS. */
    private static String text(Finding finding) {
      return finding.subject()
          + ": "
          + finding.level().words()
          + ", "
          + VerifiedMail.safe(finding.text());
    }

    private static Exit exit(List<Finding> findings) {
      Exit exit = Exit.GOOD;
      for (Finding finding : findings) {
        switch (finding.level()) {
          case GOOD, NOTE -> {}
          case MISSING, WRONG -> {
            return Exit.NO;
          }
          case UNKNOWN -> exit = Exit.TEMPORARY;
        }
      }
      return exit;
    }
  }
}
