package dovetail.milter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NegotiationTest {
  private static final Command.Negotiate POSTFIX =
      new Command.Negotiate(6, Protocol.ALL_ACTIONS, Protocol.ALL_EVENTS);

  @Test
  void takesEveryNoReplyEventThatPostfixOffers() throws Exception {
    Negotiation agreed = Negotiation.answer(POSTFIX);
    assertThat(agreed.version()).isEqualTo(6);
    // NR_HDR, NR_CONN, NR_HELO, NR_MAIL, NR_RCPT, NR_DATA, NR_UNKN, NR_EOH, NR_BODY, LEADSPC,
    // NOUNKNOWN
    assertThat(agreed.events()).isEqualTo(0x1F_F180);
    // ADDHDRS, CHGHDRS, QUARANTINE, ADDRCPT_PAR, SETSYMLIST
    assertThat(agreed.actions()).isEqualTo(0x1B1);
    assertThat(agreed.mayHold()).isTrue();
    assertThat(agreed.mayAddParameters()).isTrue();
    assertThat(agreed.replyDue(Protocol.NO_REPLY_BODY)).isFalse();
  }

  @Test
  void asksForNothingThatIsNotOnOffer() throws Exception {
    Negotiation agreed = Negotiation.answer(new Command.Negotiate(6, 0x1B, Protocol.LEADING_SPACE));
    assertThat(agreed.events()).isEqualTo(Protocol.LEADING_SPACE);
    assertThat(agreed.actions()).isEqualTo(0x11);
    assertThat(agreed.mayHold()).isFalse();
    assertThat(agreed.mayAddRecipients()).isFalse();
    assertThat(agreed.mayAddParameters()).isFalse();
    assertThat(agreed.replyDue(Protocol.NO_REPLY_BODY)).isTrue();
  }

  @Test
  void addsRecipientsWithoutParametersWhereTheMtaHasNone() throws Exception {
    Negotiation agreed = Negotiation.answer(new Command.Negotiate(6, 0x1F, Protocol.ALL_EVENTS));
    assertThat(agreed.actions()).isEqualTo(0x15);
    assertThat(agreed.mayAddRecipients()).isTrue();
    assertThat(agreed.mayAddParameters()).isFalse();
  }

  @Test
  void answersALaterVersionWithOurs() throws Exception {
    assertThat(Negotiation.answer(new Command.Negotiate(7, -1, -1)).version()).isEqualTo(6);
  }

  @Test
  void refusesWhatWouldBreakSignatures() {
    assertRefused(new Command.Negotiate(2, 0x1FF, 0x7F), "milter_protocol = 6");
    assertRefused(
        new Command.Negotiate(6, 0x1FF, Protocol.ALL_EVENTS & ~Protocol.LEADING_SPACE),
        "milter_protocol = 6");
    assertRefused(
        new Command.Negotiate(6, Protocol.ADD_HEADERS, Protocol.ALL_EVENTS), "header fields");
  }

  private static void assertRefused(Command.Negotiate offer, String text) {
    assertThatThrownBy(() -> Negotiation.answer(offer))
        .isInstanceOf(Negotiation.UnacceptableException.class)
        .hasMessageContaining(text);
  }

  @Test
  void namesTheMacrosThatItWants() throws Exception {
    assertThat(written(Negotiation.answer(POSTFIX)))
        .isEqualTo(
            Packets.packet(
                'O',
                Packets.number(6)
                    + Packets.number(0x1B1)
                    + Packets.number(0x1F_F180)
                    + Packets.number(0)
                    + "{daemon_name}\0"
                    + Packets.number(2)
                    + "i {auth_authen} {mail_addr}\0"
                    + Packets.number(3)
                    + "i {rcpt_addr}\0"
                    + Packets.number(4)
                    + "i\0"
                    + Packets.number(6)
                    + "i\0"
                    + Packets.number(5)
                    + "i\0"));
  }

  @Test
  void namesNoMacrosWhereItMayNot() throws Exception {
    assertThat(written(Negotiation.answer(new Command.Negotiate(6, 0x11, Protocol.ALL_EVENTS))))
        .hasSize(4 + 1 + 12);
  }

  private static byte[] written(Negotiation agreed) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    new MilterCodec(
            Packets.input(new byte[0]),
            packets -> {
              byte[] copy = new byte[packets.remaining()];
              packets.get(copy);
              written.writeBytes(copy);
            },
            1024)
        .write(agreed);
    return written.toByteArray();
  }
}
