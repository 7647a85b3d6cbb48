package dovetail.dkim;

import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Loads the provider with the folder of its argument and says what it got. */
final class FallbackProbe {
  private FallbackProbe() {}

  public static void main(String[] arguments) throws GeneralSecurityException {
    CryptoProvider provider = CryptoProvider.load(Path.of(arguments[0]));
    System.out.println("name=" + provider.name());
    System.out.println("signed=" + TestKeys.rsa().sign(provider, new byte[10]).length);
    System.out.println("reason=" + provider.fallbackReason().orElse("none"));
  }
}
