package dovetail.serve;

import java.util.Optional;

/** The program's version. */
public final class Version {
  private Version() {}

  /** What the jar's manifest names; "development" where there is no jar. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
