package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import dovetail.server.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom relays had mail from, by what they write. */
final class ReceivedFromTest {
  private static HeaderField received(String value) {
    return HeaderField.of("Received", " " + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          from mx.example (name.example [192.0.2.1]) by mail.example (Postfix) with ESMTP id 4X | 192.0.2.1 mx.example
          from [127.0.0.1] (unknown [192.0.2.1]) by mail.example (Postfix) with ESMTP | 192.0.2.1
          from mx.example (mx.example [IPv6:2001:db8::1]) by mail.example (Postfix) with ESMTPS | 2001:db8:0:0:0:0:0:1 mx.example
          from mx.example (mx.example [192.0.2.1]) (using TLSv1.3 with cipher X (256/256 bits)) (Client CN "[203.0.113.9]", Issuer "x" (not verified)) by mail.example | 192.0.2.1 mx.example
          from mx.example (unknown [unknown]) (Client CN "[203.0.113.9]" (not verified)) by mail.example (Postfix) |
          from mx.example (localhost [unix socket]) by mail.example |
          from mx.example (name.example [192.0.2.1] (may be forged)) by mail.example (8.17/8.17) with ESMTP | 192.0.2.1 mx.example
          from name.example ([192.0.2.1] helo=mx.example) by mail.example with esmtp (Exim 4.96) | 192.0.2.1 mx.example
          from name.example ([192.0.2.1]:4711 helo=[203.0.113.9]) by mail.example with esmtp (Exim 4.96) | 192.0.2.1 [203.0.113.9]
          from name.example ([192.0.2.1] ident=[203.0.113.9]) by mail.example with esmtp | 192.0.2.1 name.example
          from [192.0.2.1] (helo=mx.example) by mail.example with esmtp (Exim 4.96) | 192.0.2.1 mx.example
          from [192.0.2.1] (port=4711 helo=[203.0.113.9]) by mail.example with esmtp | 192.0.2.1 [203.0.113.9]
          from [192.0.2.1] by mail.example with smtp (Exim 4.96) | 192.0.2.1
          from unknown (HELO mx.example) (192.0.2.1) by mail.example with SMTP | 192.0.2.1 mx.example
          from unknown (HELO [203.0.113.9]) (user@192.0.2.1) by mail.example with SMTP | 192.0.2.1 [203.0.113.9]
          from name.example (192.0.2.1) by mail.example with SMTP | 192.0.2.1 name.example
          from unknown (EHLO mx.example) (2001:db8::1) by mail.example with ESMTP | 2001:db8:0:0:0:0:0:1 mx.example
          from mail.example.com (192.0.2.1) by srv.example (203.0.113.9) with Microsoft SMTP Server | 192.0.2.1 mail.example.com
          from pop.example [192.0.2.7] by localhost with POP3 (fetchmail-6) | 192.0.2.7 pop.example
          FROM MX.EXAMPLE (MX.EXAMPLE [192.0.2.1]) BY MAIL.EXAMPLE | 192.0.2.1 MX.EXAMPLE
          from by (name.example [192.0.2.1]) by mail.example (mail [203.0.113.9]) | 192.0.2.1 by
          from a.example (a) by mail.example (10.9.8.7 [203.0.113.9]) |
          from a.example (a); [203.0.113.9] |
          from a (b (nested [192.0.2.1])) by mail.example | 192.0.2.1 a
          from a (b \\) [192.0.2.1]) by mail.example | 192.0.2.1 a
          from a (broken [192.0.2.1] by mail.example |
          from a (x [1.2.3]) by mail.example |
          from a (x [fe80::1%eth0]) by mail.example |
          from root by mail.example with local (Exim 4.96) |
          by mail.example (Postfix, from userid 1000) id 4Xyz; Sat, 1 Jan 2022 00:00:00 +0000 |
          from |
          fromage [192.0.2.1] |
          (x) |
          """)
  void tellsAddressAndName(String value, @Nullable String expected) {
    assertThat(
            ReceivedFrom.read(received(value))
                .map(from -> (from.address().getHostAddress() + " " + from.helo()).strip()))
        .isEqualTo(Optional.ofNullable(expected));
  }

  private static RelayPath path() {
    return new RelayPath(List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/32")));
  }

  /** What comes out for each field, and how many were taken. */
  private static String followed(String... values) {
    RelayPath path = path();
    List<String> found =
        Arrays.stream(values)
            .map(ReceivedFromTest::received)
            .flatMap(field -> path.next(field).stream())
            .map(from -> from.address().getHostAddress())
            .toList();
    return found + " " + path.hops();
  }

  @Test
  void goesBackToTheFirstWhoIsNoRelay() {
    String stranger = "from a (a [192.0.2.1]) by b";
    String relay = "from b (b [10.1.1.1]) by c";
    String filter = "from localhost (localhost [127.0.0.1]) by b";
    assertThat(followed(stranger, relay)).isEqualTo("[192.0.2.1] 1");
    assertThat(followed(relay, filter, stranger, stranger)).isEqualTo("[192.0.2.1] 3");
    assertThat(followed("from b (b [IPv6:2001:db8::5]) by c", stranger)).isEqualTo("[192.0.2.1] 2");
    assertThat(followed(relay, relay)).isEqualTo("[] 2");
    assertThat(followed()).isEqualTo("[] 0");
  }

  @Test
  void believesNothingBelowAFieldThatSaysNothing() {
    assertThat(followed("by b (Postfix, from userid 0)", "from a (a [192.0.2.1]) by b"))
        .isEqualTo("[] 1");
    assertThat(followed("from a (a [unknown]) by b", "from a (a [192.0.2.1]) by b"))
        .isEqualTo("[] 1");
  }
}
