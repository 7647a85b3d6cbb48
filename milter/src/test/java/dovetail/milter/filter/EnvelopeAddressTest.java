package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeAddressTest {
  @ParameterizedTest
  @CsvSource({
    // as it was written, as the MTA has read it; which of the two counts
    "<ann@(x)one.example>, ann@one.example, ann@one.example",
    "<ann@one.example>, ann@two.example, ann@two.example",
    "\"Ann\"<ann@one.example>, ann@one.example, ann@one.example",
    "'<@a.example,@b.example:ann@one.example>', ann@one.example, ann@one.example",
    "<ann@one.example>, \"an n\"@one.example, \"an n\"@one.example",
    "<ann>, ann@one.example, ann@one.example",
    "<ann@one.example>, ann, ann@one.example",
    "<ann@one.example>, '', ann@one.example",
    "<ann@one.example>, NEXTRCPT NOT UPDATED, ann@one.example",
    "<ann@one.example>, ann@not a domain, ann@one.example",
    "<ann@one.example>,, ann@one.example",
    "ann@one.example,, ann@one.example",
    "<>, '', ''",
    "<>,, ''",
  })
  void isWhatTheMtaHasRead(String path, String read, String text) {
    assertThat(new EnvelopeAddress(path, Optional.ofNullable(read)).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<ann@one.example>",
        "ann@one.example",
        "<ann@ONE.example.>",
        "<ann@bücher.example>",
        "<jörg@xn--bcher-kva.example>",
        "<ann%two.example@one.example>",
        "<two.example!ann@one.example>",
        "<a..n.@one.example>",
        "<\"a b\"@one.example>",
        "<\"ann@two.example\"@one.example>",
        "<\"a\\\"(n\"@one.example>",
        "<@a.example,@b.example:ann@one.example>",
        "<ann@[192.0.2.1]>",
        "<ann@[IPv6:2001:db8::1]>",
        "<ann>",
        "<>",
        "",
      })
  void isClear(String path) {
    assertThat(new EnvelopeAddress(path, Optional.empty()).isClear()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<ann@(x)one.example>",
        "<ann@one.example(x)>",
        "<(@two.example)ann@one.example>",
        "<ann(x@two.example)@one.example>",
        "<ann@one.example (@two.example)>",
        "<ann @one.example>",
        "<ann@ one.example>",
        "<ann@one.\texample>",
        "<ann@one . example>",
        "\"Ann\"<ann@one.example>",
        "Ann<ann@one.example>",
        "<<ann@one.example>>",
        "<ann@one.example",
        "<ann@one.example@two.example>",
        "<\"ann\"@one.example@two.example>",
        "<ann@one.example\"@two.example\">",
        "<\"ann\"x@one.example>",
        "<x\"ann\"@one.example>",
        "<\"ann\\\"@one.example>",
        "<\"ann@one.example>",
        "<a\\nn@one.example>",
        "<@a.example:@b.example:ann@one.example>",
        "<list:ann@one.example;>",
        "<ann@one.example,bob@two.example>",
        "<ann@[one.example>",
        "<ann@[one] .example>",
        "<ann@one.example..>",
        "<ann@>",
        "<@one.example>",
        "<ann(x)>",
        "<\u0001@one.example>",
      })
  void isNotClear(String path) {
    assertThat(new EnvelopeAddress(path, Optional.empty()).isClear()).isFalse();
    assertThat(new EnvelopeAddress(path, Optional.of("ann@one.example")).isClear()).isTrue();
  }
}
