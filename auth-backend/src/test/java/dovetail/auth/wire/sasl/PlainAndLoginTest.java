package dovetail.auth.wire.sasl;

import static dovetail.auth.wire.sasl.Messages.data;
import static dovetail.auth.wire.sasl.Messages.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.auth.wire.SaslData;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainAndLoginTest {
  /** The examples of RFC 4616 4. */
  @Test
  void readsTheExamplesOfTheRfc() throws MalformedSaslException {
    PlainMessage tim = PlainMessage.parse(data("\0tim\0tanstaaftanstaaf"));
    assertThat(tim).isEqualTo(new PlainMessage(Optional.empty(), "tim", data("tanstaaftanstaaf")));
    assertThat(string(tim.data())).isEqualTo("\0tim\0tanstaaftanstaaf");
    PlainMessage kurt = PlainMessage.parse(data("Ursel\0Kurt\0xipj3plmq"));
    assertThat(kurt).isEqualTo(new PlainMessage(Optional.of("Ursel"), "Kurt", data("xipj3plmq")));
    assertThat(string(kurt.data())).isEqualTo("Ursel\0Kurt\0xipj3plmq");
  }

  @Test
  void passwordsAreOctets() throws MalformedSaslException {
    assertThat(PlainMessage.parse(data("\0j\303\274\0\374\377\t\n")))
        .isEqualTo(new PlainMessage(Optional.empty(), "jü", data("\374\377\t\n")));
    assertThat(PlainMessage.parse(data("\0" + "n".repeat(10_000) + "\0p")).user()).hasSize(10_000);
  }

  @ParameterizedTest
  @CsvSource({
    "'',PARTS",
    "a,PARTS",
    "_a,PARTS",
    "_,PARTS",
    "a_b,PARTS",
    "__,EMPTY",
    "__p,EMPTY",
    "_a_,EMPTY",
    "_a_p_,PARTS",
    "_a_p_q,PARTS",
    "a_b_c_d,PARTS",
    "_\u00ff_p,TEXT",
    "\u00c3_a_p,TEXT"
  })
  void refusesTheOthers(String octets, SaslFault fault) {
    Messages.assertMalformed(PlainMessage::parse, octets.replace('_', '\0'), fault);
  }

  @Test
  void thePasswordIsACopy() throws MalformedSaslException {
    SaslData message = data("\0a\0b");
    try (PlainMessage plain = PlainMessage.parse(message)) {
      message.close();
      assertThat(plain.password()).isEqualTo(data("b"));
    }
    PlainMessage closed = PlainMessage.parse(data("\0a\0b"));
    closed.close();
    assertThatThrownBy(() -> closed.password().octets()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void writesNoOther() {
    for (String user : new String[] {"", "a\0b"}) {
      assertThatThrownBy(() -> new PlainMessage(Optional.empty(), user, data("p")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new PlainMessage(Optional.of(user), "a", data("p")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new PlainMessage(Optional.empty(), "a", data(user)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void loginAsksTwice() throws MalformedSaslException {
    assertThat(string(LoginMessages.askForUser())).isEqualTo("Username:");
    assertThat(string(LoginMessages.askForPassword())).isEqualTo("Password:");
    assertThat(LoginMessages.user(data("j\303\274@example.com"))).isEqualTo("jü@example.com");
    SaslData answer = data("\374 p");
    SaslData password = LoginMessages.password(answer);
    answer.close();
    assertThat(password).isEqualTo(data("\374 p"));
  }

  @Test
  void loginRefusesTheOthers() {
    Messages.assertMalformed(LoginMessages::user, "", SaslFault.EMPTY);
    Messages.assertMalformed(LoginMessages::user, "a\0", SaslFault.TEXT);
    Messages.assertMalformed(LoginMessages::user, "\374", SaslFault.TEXT);
    Messages.assertMalformed(LoginMessages::password, "", SaslFault.EMPTY);
    Messages.assertMalformed(LoginMessages::password, "a\0b", SaslFault.TEXT);
  }
}
