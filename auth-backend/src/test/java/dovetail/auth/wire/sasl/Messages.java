package dovetail.auth.wire.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.wire.SaslData;
import dovetail.live.Octets;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Messages as strings of octets. */
final class Messages {
  private Messages() {}

  /** What reads a message. */
  @FunctionalInterface
  interface Reader<T> {
    T parse(SaslData data) throws MalformedSaslException;
  }

  static SaslData data(String octets) {
    return SaslData.taking(Octets.bytes(octets));
  }

  static String string(SaslData data) {
    return Octets.string(data.octets());
  }

  static void assertMalformed(Reader<?> reader, String octets, SaslFault fault) {
    assertThatThrownBy(() -> reader.parse(data(octets)))
        .as(octets)
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedSaslException.class))
        .satisfies(e -> assertThat(e.fault()).as(octets).isEqualTo(fault))
        .satisfies(e -> assertThat(e.getMessage()).contains(fault.word()));
  }
}
