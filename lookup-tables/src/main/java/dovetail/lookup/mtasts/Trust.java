package dovetail.lookup.mtasts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whose word is taken for who a policy host is. */
final class Trust {
  private Trust() {}

  /**
   * Makes TLS connections.
   *
   * @param authorities a file of certificates (PEM) that are trusted instead of those that Java
   *     trusts
   * @throws IOException if the file cannot be read, or has none
   */
  static SSLSocketFactory sockets(Optional<Path> authorities) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[0],
          authorities.isPresent() ? managers(authorities.get()) : managers(),
          null); // the provider's own randomness
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException(
          authorities.map(Path::toString).orElse("TLS") + ": " + e.getMessage(), e);
    }
  }

  private static TrustManager[] managers(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, each);
      }
    }
    if (number == 0) {
      throw new IOException(file + ": no certificate");
    }
    return managers(factory -> factory.init(store));
  }

  private static TrustManager[] managers() throws GeneralSecurityException {
    return managers(factory -> factory.init((KeyStore) null));
  }

  /** How a factory is told whom to trust. */
  private interface Initialization {
    void run(TrustManagerFactory factory) throws GeneralSecurityException;
  }

  private static TrustManager[] managers(Initialization initialization)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    initialization.run(factory);
    return factory.getTrustManagers();
  }
}
