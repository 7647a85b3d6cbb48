package dovetail.outbox;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS with whoever is there (RFC 7435): no certificate is looked at, since the other choice is to
 * send the same mail in clear. It keeps out who only listens.
 */
final class Encryption {
  /** What is offered, in the words of JSSE. */
  static final String PROTOCOLS = "TLSv1.3 TLSv1.2";

  /** One for all connections, so that TLS sessions can be resumed. */
  private static final SSLSocketFactory SOCKETS = make();

  private Encryption() {}

  /** Makes the first time what the JVM needs for TLS, which takes a moment. */
  static SSLSocketFactory sockets() {
    return SOCKETS;
  }

  private static SSLSocketFactory make() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      // null: the provider's own randomness
      context.init(new KeyManager[0], new TrustManager[] {new Anybody()}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /** Finds every certificate good. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
