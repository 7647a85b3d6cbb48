package dovetail.cli;

import dovetail.mail.Domain;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The two parameters by which a key of the database is named. */
final class StoredKeyName {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DOMAIN", description = "The signing domain.")
  String domain = "";

  @Parameters(index = "1", paramLabel = "SELECTOR", description = "The key's name.")
  String selector = "";

  /** The domain, if it is one. */
  Domain owner() {
    return Domains.read(spec, domain);
  }
}
