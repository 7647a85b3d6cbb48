package dovetail.auth.token;

import static dovetail.auth.token.Tokens.jwk;
import static dovetail.auth.token.Tokens.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of keys, right ones and others. */
final class KeyFileTest {
  @TempDir private Path folder;

  private static final String RSA = jwk(Tokens.RSA.getPublic(), "");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("keys"), text);
  }

  private List<TokenKey> read(String text) throws IOException, UnusableKeysException {
    return KeyFile.read(file(text));
  }

  private static String set(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  private static String words(List<TokenKey> keys) {
    List<String> all = new ArrayList<>();
    keys.forEach(key ->
        all.add(
            key.id().orElse("-")
                + key.algorithms().stream().map(JWSAlgorithm::getName).sorted().toList()));
    return String.join(" ", all);
  }

  @Test
  void readsASetOfAllKinds() throws Exception {
    List<TokenKey> keys =
        read(
            set(
                jwk(Tokens.RSA.getPublic(), ",\"kid\":\"a\",\"use\":\"sig\",\"alg\":\"RS256\""),
                jwk(Tokens.RSA.getPublic(), ",\"kid\":\"b\",\"key_ops\":[\"verify\"]"),
                jwk(Tokens.P256.getPublic(), ",\"kid\":\"c\""),
                jwk(Tokens.P384.getPublic(), ""),
                jwk(Tokens.P521.getPublic(), ",\"x5t\":\"x\""),
                jwk(Tokens.EDWARDS.getPublic(), ",\"kid\":\"e\",\"alg\":\"EdDSA\"")));
    assertThat(words(keys))
        .isEqualTo(
            "a[RS256] b[PS256, PS384, PS512, RS256, RS384, RS512] c[ES256] -[ES384] -[ES512]"
                + " e[Ed25519, EdDSA]");
    String header = "{\"alg\":\"EdDSA\",\"kid\":\"e\"}";
    String token =
        Tokens.token(
            header, Tokens.claims("joe@example.com"), "EdDSA", Tokens.EDWARDS.getPrivate());
    assertThat(Tokens.judged(token, Tokens.rules(new TokenKeys(keys), List.of())))
        .isInstanceOf(TokenVerdict.Good.class);
  }

  /** Issuers list keys for encryption, and kinds that we do not know. */
  @Test
  void leavesOutWhatSignsNoTokens() throws Exception {
    List<TokenKey> keys =
        read(
            set(
                jwk(Tokens.RSA.getPublic(), ",\"kid\":\"enc\",\"use\":\"enc\""),
                jwk(Tokens.RSA.getPublic(), ",\"kid\":\"oaep\",\"alg\":\"RSA-OAEP\""),
                jwk(Tokens.RSA.getPublic(), ",\"kid\":\"ops\",\"key_ops\":[\"encrypt\"]"),
                jwk(Tokens.P256.getPublic(), ",\"kid\":\"alg\",\"alg\":\"ES384\""),
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\""
                    + Tokens.base64(new byte[32])
                    + "\"}",
                "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"%s\",\"y\":\"%s\"}"
                    .formatted(
                        "eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g",
                        "SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg"),
                "{\"kty\":\"NEW\",\"kid\":\"new\"}",
                RSA));
    assertThat(words(keys)).isEqualTo("-[PS256, PS384, PS512, RS256, RS384, RS512]");
  }

  @Test
  void readsOneKeyAlone() throws Exception {
    assertThat(words(read(jwk(Tokens.P256.getPublic(), ",\"kid\":\"c\"")))).isEqualTo("c[ES256]");
  }

  @Test
  void readsPem() throws Exception {
    List<TokenKey> keys =
        read(
            "a comment\n"
                + pem("PUBLIC KEY", Tokens.RSA.getPublic().getEncoded())
                + pem("PUBLIC KEY", Tokens.P384.getPublic().getEncoded())
                + pem("PUBLIC KEY", Tokens.EDWARDS.getPublic().getEncoded()));
    assertThat(words(keys))
        .isEqualTo("-[PS256, PS384, PS512, RS256, RS384, RS512] -[ES384] -[Ed25519, EdDSA]");
    // Without a name it is tried whatever name a token has for its key.
    TokenRules rules = Tokens.rules(new TokenKeys(keys), List.of());
    assertThat(Tokens.judged(Tokens.of("joe@example.com"), rules))
        .isEqualTo(new TokenVerdict.Good("joe@example.com"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | expected a JWK set, or public keys in PEM",
        "x | expected a JWK set, or public keys in PEM",
        "{ | no JWK set (RFC 7517)",
        "{} | no JWK set (RFC 7517)",
        "{\"keys\":{}} | no JWK set (RFC 7517)",
        "{\"keys\":[]} | there is no key in it that signs tokens",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\"}]} | no JWK set (RFC 7517)",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]} | a key in it cannot be used",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VzYW1l\"}]} | belongs into 'oauth_secret_file'",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"} | that has not 32 octets",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\",\"d\":\"AAAA\"} | a private key in it",
        "-----BEGIN PUBLIC KEY-----~AAAA~-----END PUBLIC KEY----- | that cannot be read",
        "-----BEGIN CERTIFICATE-----~AAAA~-----END CERTIFICATE----- | certificate that cannot be",
        "-----BEGIN PRIVATE KEY-----~AAAA~-----END PRIVATE KEY----- | a private key in it",
        "-----BEGIN RSA PUBLIC KEY-----~AAAA~-----END RSA PUBLIC KEY----- | found RSA PUBLIC KEY",
      })
  void refuses(String text, String why) {
    assertThatThrownBy(() -> read(text.replace('~', '\n')))
        .isInstanceOf(UnusableKeysException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("c2VzYW1l");
  }

  @Test
  void refusesWhatIsNotThereOrTooMuch() throws Exception {
    assertThatThrownBy(() -> KeyFile.read(folder.resolve("none")))
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> read(" ".repeat((1 << 20) + 1))).hasMessageContaining("larger than");
    String[] many = new String[65];
    Arrays.fill(many, RSA);
    Path file = file(set(many));
    assertThatThrownBy(() -> TokenKeys.read(List.of(file), Optional.empty()))
        .hasMessageContaining("more than 64 keys");
  }

  @Test
  void aWeakKeyIsRefused() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    PublicKey weak = generator.generateKeyPair().getPublic();
    for (String text : List.of(pem("PUBLIC KEY", weak.getEncoded()), set(jwk(weak, "")))) {
      assertThatThrownBy(() -> read(text)).hasMessageContaining("less than 2048 bits");
    }
  }

  @Test
  void readsASecretThatNobodyElseReads() throws Exception {
    Path secret = file(Tokens.SECRET + "\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
    TokenKeys keys = TokenKeys.read(List.of(), Optional.of(secret));
    String token =
        Tokens.macced(
            "{\"alg\":\"HS256\"}", Tokens.claims("joe@example.com"), Tokens.octets(Tokens.SECRET));
    assertThat(Tokens.judged(token, Tokens.rules(keys, List.of())))
        .isEqualTo(new TokenVerdict.Good("joe@example.com"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> TokenKeys.read(List.of(), Optional.of(secret)))
        .isInstanceOf(UnusableKeysException.class)
        .hasMessageContaining("chmod 0640");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    for (String bad : List.of("", "short", Tokens.SECRET + "\n" + Tokens.SECRET, "é".repeat(40))) {
      Files.writeString(secret, bad);
      assertThatThrownBy(() -> TokenKeys.read(List.of(), Optional.of(secret)))
          .as(bad)
          .isInstanceOf(UnusableKeysException.class)
          .hasMessageNotContaining(Tokens.SECRET);
    }
  }
}
