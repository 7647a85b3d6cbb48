package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import dovetail.server.Network;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedClientsTest {
  private final ReceivedClients clients =
      new ReceivedClients(
          List.of(
              Network.parse("127.0.0.0/8"), Network.parse("::1/128"), Network.parse("10.0.0.0/8")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          by mail.example (Postfix, from userid 1000) id 4Xyz; Sat, 1 Jan 2022 00:00:00 +0000 | false
          from localhost (localhost [127.0.0.1]) by mail.example (Postfix) with ESMTP | false
          from [192.168.7.7] (pc.example [10.1.2.3]) by mail.example (Postfix) with ESMTPSA | false
          from mx.example (mx.example [192.0.2.1]) by mail.example (Postfix) with ESMTP | true
          from [127.0.0.1] (evil.example [192.0.2.1]) by mail.example (Postfix) with ESMTP | true
          from localhost (localhost [IPv6:::1]) by mail.example (Postfix) with ESMTP | false
          from mx.example (mx.example [IPv6:2001:db8::1]) by mail.example (Postfix) with ESMTP | true
          from unknown (unknown [unknown]) by mail.example (Postfix) with ESMTP | true
          from pop.example [192.0.2.7] by localhost with POP3 (fetchmail-6) | true
          from root by mail.example with local (Exim 4.96) | false
          from [192.0.2.1] (helo=mx.example) by mail.example with esmtp (Exim 4.96) | true
          from [10.0.0.1] (helo=mx.example) by mail.example with esmtp (Exim 4.96) | false
          FROM MX.EXAMPLE (MX.EXAMPLE [192.0.2.1]) BY MAIL.EXAMPLE | true
          from a (b (nested [192.0.2.1])) by mail.example | true
          from a (b \\) [192.0.2.1]) by mail.example | true
          from a (broken [192.0.2.1 by mail.example | true
          from a.example by mail.example (10.9.8.7 [192.0.2.1]) | false
          from a.example (a); [192.0.2.1] | false
          from a.example; [192.0.2.1] | true
          from by (evil.example [192.0.2.1]) by mail.example (Postfix) with ESMTP | true
          from by (localhost [127.0.0.1]) by mail.example (mail [192.0.2.9]) with ESMTP | false
          from by; (evil.example [192.0.2.1]) by mail.example with ESMTP | true
          from [192.0.2.1] (helo=[127.0.0.1]) by mail.example with esmtp (Exim 4.96) | true
          from evil.example ([192.0.2.1] helo=[127.0.0.1]) by mail.example with esmtp | true
          from unknown (HELO 127.0.0.1) (192.0.2.1) by mail.example with SMTP | true
          from unknown (HELO by) (user@192.0.2.1) by mail.example with SMTP | true
          from pc.example (HELO pc) (10.0.0.7) by mail.example with SMTP | false
          from unknown (HELO pc) (2001:db8::1) by mail.example with SMTP | true
          from | false
          fromage [192.0.2.1] | false
          """)
  void tellsWhoHandedItOn(String value, boolean stranger) {
    assertThat(clients.namesStranger(HeaderField.of("Received", " " + value))).isEqualTo(stranger);
  }
}
