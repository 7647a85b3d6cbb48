package dovetail.cli;

import dovetail.directory.Lookup;
import dovetail.dkim.Algorithm;
import dovetail.dkim.DkimKey;
import dovetail.dkim.SigningKey;
import dovetail.keys.StoredKey;
import dovetail.mail.Domain;
import dovetail.serve.Configuration;
import dovetail.serve.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail dkim generate}. */
@Command(
    name = "generate",
    description = {
      "Makes a signing key, and prints the TXT record that publishes it, as zone file.",
      "A key in the database is pending until \"dovetail dkim activate\": publish the record first.",
      "A key in a file, <milter.keys>/DOMAIN/SELECTOR.pem, signs from the next reload (SIGHUP) on."
    })
final class DkimGenerateCommand implements Callable<Integer> {
  /** The kinds of keys, by the names that the command line has for them. */
  enum Kind {
    rsa2048(Algorithm.RSA_SHA256, 2048, "r"),
    rsa3072(Algorithm.RSA_SHA256, 3072, "r"),
    rsa4096(Algorithm.RSA_SHA256, 4096, "r"),
    ed25519(Algorithm.ED25519_SHA256, 256, "e");

    private final Algorithm algorithm;
    private final int bits;
    private final String letter;

    Kind(Algorithm algorithm, int bits, String letter) {
      this.algorithm = algorithm;
      this.bits = bits;
      this.letter = letter;
    }
  }

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

  private final InstantSource clock = InstantSource.system();

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "DOMAIN", description = "The signing domain.")
  String domain = "";

  @Option(
      names = "--selector",
      paramLabel = "SELECTOR",
      description = "The key's name (default: the day and a letter for the algorithm).")
  Optional<String> selector = Optional.empty();

  @Option(
      names = "--algorithm",
      paramLabel = "ALGORITHM",
      defaultValue = "rsa2048",
      description = "${COMPLETION-CANDIDATES} (default: rsa2048, which every verifier knows).")
  Kind kind = Kind.rsa2048;

  /** Where a key is kept. */
  enum Place {
    database,
    files
  }

  @Option(
      names = "--to",
      paramLabel = "PLACE",
      description =
          "${COMPLETION-CANDIDATES} (default: the database, where there is one and no file has a key"
              + " of the domain).")
  Optional<Place> place = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Domain owner = Domains.read(spec, domain);
    Path folder = Configuration.keyFolder(config.file());
    String pem = DkimKey.generate(kind.algorithm, kind.bits, new SecureRandom());
    SigningKey key = signingKey(owner, pem);
    if (place.isEmpty() ? isForDatabase(owner, folder) : place.get() == Place.database) {
      store(key, pem);
    } else {
      write(key, pem, folder);
    }
    spec.commandLine().getOut().print(key.key().keyRecord().zoneFile(key.selector(), owner));
    return Exit.GOOD.status();
  }

  /** What the files say of a domain holds, so a key beside them would never sign. */
  private boolean isForDatabase(Domain owner, Path folder) throws Exception {
    return Stores.isUsed(config.loadWithoutKeys()) && !KeyFiles.any(folder, owner);
  }

  private void store(SigningKey key, String pem) throws Exception {
    StoredKey pending =
        new StoredKey(
            key.domain(),
            key.selector(),
            key.key().algorithm().keyType(),
            StoredKey.State.PENDING,
            clock.instant(),
            pem);
    new StoreAccess(config)
        .with(store -> {
          if (store.directory().domain(key.domain()) instanceof Lookup.Absent) {
            throw new FailureException(
                Exit.NO,
                "the database has no domain "
                    + key.domain()
                    + ": \"dovetail domain add\" makes it, \"--to files\" writes the key to a file");
          }
          store.keys().add(pending, StoreAccess.actor());
          return true;
        });
    spec.commandLine()
        .getErr()
        .println(
            "pending; when this is published: dovetail dkim activate "
                + key.domain()
                + " "
                + key.selector());
  }

  private void write(SigningKey key, String pem, Path folder) throws FailureException {
    Domain owner = key.domain();
    Path file = folder.resolve(owner.ascii()).resolve(key.selector() + ".pem");
    try {
      KeyFiles.create(file, pem);
    } catch (FileAlreadyExistsException e) {
      throw new FailureException(Exit.NO, file + " exists; choose another selector", e);
    } catch (AccessDeniedException e) {
      throw new FailureException(Exit.NO, "cannot write " + file + ": permission denied", e);
    } catch (IOException e) {
      throw new FailureException(Exit.NO, "cannot write " + file + ": " + e, e);
    }
    spec.commandLine().getErr().println("wrote " + file);
  }

  private SigningKey signingKey(Domain owner, String pem) throws Exception {
    String name = selector.orElseGet(() -> DAY.format(clock.instant()) + kind.letter);
    try {
      return new SigningKey(owner, name, DkimKey.parse(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
