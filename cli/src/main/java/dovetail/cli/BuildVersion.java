package dovetail.cli;

import dovetail.serve.Version;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"dovetail " + Version.text()};
  }
}
