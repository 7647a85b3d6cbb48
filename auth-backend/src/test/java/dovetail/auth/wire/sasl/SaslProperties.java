package dovetail.auth.wire.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.wire.SaslData;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is read as it was. */
class SaslProperties {
  @Property(seed = "41", tries = 1_000)
  void plain(@ForAll("plains") PlainMessage message) throws MalformedSaslException {
    assertThat(PlainMessage.parse(message.data())).isEqualTo(message);
  }

  @Property(seed = "42", tries = 1_000)
  void bearer(@ForAll("bearers") OAuthBearerMessage message) throws MalformedSaslException {
    assertThat(OAuthBearerMessage.parse(message.data())).isEqualTo(message);
    XOAuth2Message other =
        new XOAuth2Message(message.authorization().orElse("ann"), message.token());
    assertThat(XOAuth2Message.parse(other.data())).isEqualTo(other);
  }

  @Property(seed = "43", tries = 1_000)
  void scram(
      @ForAll("clientFirsts") ScramClientFirst clientFirst,
      @ForAll("serverFirsts") ScramServerFirst serverFirst,
      @ForAll("clientFinals") ScramClientFinal clientFinal,
      @ForAll("serverFinals") ScramServerFinal serverFinal)
      throws MalformedSaslException {
    assertThat(ScramClientFirst.parse(clientFirst.data())).isEqualTo(clientFirst);
    assertThat(ScramServerFirst.parse(serverFirst.data())).isEqualTo(serverFirst);
    assertThat(ScramClientFinal.parse(clientFinal.data())).isEqualTo(clientFinal);
    assertThat(ScramServerFinal.parse(serverFinal.data())).isEqualTo(serverFinal);
  }

  @Property(seed = "44", tries = 500)
  void errors(@ForAll("texts") String status, @ForAll("texts") String scope)
      throws MalformedSaslException {
    OAuthError error =
        new OAuthError(status, Optional.empty(), Optional.of(scope), Optional.empty());
    assertThat(OAuthError.parse(error.data())).isEqualTo(error);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\0', '~')
        .withChars("\"\\\u00fc\u65e5")
        .ofMaxLength(30);
  }

  @Provide
  Arbitrary<PlainMessage> plains() {
    Arbitrary<SaslData> passwords =
        Arbitraries.bytes()
            .filter(octet -> octet != 0)
            .array(byte[].class)
            .ofMinSize(1)
            .ofMaxSize(40)
            .map(SaslData::taking);
    return Combinators.combine(names().optional(), names(), passwords).as(PlainMessage::new);
  }

  @Provide
  Arbitrary<OAuthBearerMessage> bearers() {
    Arbitrary<SaslData> tokens =
        Arbitraries.strings()
            .alpha()
            .numeric()
            .withChars("-._~+/")
            .ofMinLength(1)
            .map(text -> SaslData.ofText(text + "=="));
    return Combinators.combine(
            names().map(name -> name.replace('\1', '_')).optional(),
            names().map(name -> name.replace('\1', '_')).optional(),
            Arbitraries.integers().between(1, 65_535).optional(),
            tokens)
        .as(OAuthBearerMessage::new);
  }

  @Provide
  Arbitrary<ScramClientFirst> clientFirsts() {
    Arbitrary<ChannelBinding> bindings =
        Arbitraries.of(
            new ChannelBinding.Unsupported(),
            new ChannelBinding.NotOffered(),
            new ChannelBinding.Used("tls-exporter"));
    return Combinators.combine(bindings, names().optional(), names(), nonces(), extensions())
        .as(ScramClientFirst::new);
  }

  @Provide
  Arbitrary<ScramServerFirst> serverFirsts() {
    return Combinators.combine(
            nonces(), octets(), Arbitraries.integers().greaterOrEqual(1), extensions())
        .as(ScramServerFirst::new);
  }

  @Provide
  Arbitrary<ScramClientFinal> clientFinals() {
    Arbitrary<List<ScramExtension>> extensions =
        extensions().filter(all -> all.stream().noneMatch(one -> one.name() == 'p'));
    return Combinators.combine(octets(), nonces(), extensions, octets()).as(ScramClientFinal::new);
  }

  @Provide
  Arbitrary<ScramServerFinal> serverFinals() {
    Arbitrary<ScramServerFinal> verifiers =
        Combinators.combine(octets(), extensions()).as(ScramServerFinal.Verifier::new);
    Arbitrary<ScramServerFinal> refusals =
        Combinators.combine(nonces(), extensions()).as(ScramServerFinal.Refused::new);
    return Arbitraries.oneOf(verifiers, refusals);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange('\1', '~')
        .withChars("=,\u00fc\u65e5")
        .ofMinLength(1)
        .ofMaxLength(20);
  }

  private static Arbitrary<String> nonces() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .excludeChars(',')
        .ofMinLength(1)
        .ofMaxLength(30);
  }

  private static Arbitrary<SaslData> octets() {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(40).map(SaslData::taking);
  }

  private static Arbitrary<List<ScramExtension>> extensions() {
    return Combinators.combine(
            Arbitraries.chars().alpha().filter(name -> name != 'm'),
            names().map(text -> text.replace(',', ';')))
        .as(ScramExtension::new)
        .list()
        .ofMaxSize(3);
  }
}
