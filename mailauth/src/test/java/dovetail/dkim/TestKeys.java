package dovetail.dkim;

import dovetail.mail.Domain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** The keys and messages that stand beside the tests. */
final class TestKeys {
  private TestKeys() {}

  static DkimKey rsa() {
    return key("rsa2048-pkcs1.pem");
  }

  static DkimKey ed25519() {
    return key("ed25519-pkcs8.pem");
  }

  static DkimKey key(String name) {
    try {
      return DkimKey.parse(resource("keys/" + name));
    } catch (DkimKeyException e) {
      throw new AssertionError(name, e);
    }
  }

  static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  static SigningKey signingKey(String domain, String selector, DkimKey key) {
    return new SigningKey(domain(domain), selector, key);
  }

  static byte[] resource(String name) {
    try (InputStream in =
        Optional.ofNullable(TestKeys.class.getResourceAsStream(name))
            .orElseThrow(() -> new NoSuchFileException(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message that is stored with line feeds, with the CRLFs that it travels with. */
  static byte[] message(String name) {
    String text = new String(resource(name), StandardCharsets.ISO_8859_1);
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
