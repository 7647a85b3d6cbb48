package dovetail.outbox;

import static dovetail.outbox.Mails.DATE;
import static dovetail.outbox.Mails.FILE;
import static dovetail.outbox.Mails.address;
import static dovetail.outbox.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The octets of mails, and what cannot be one. */
final class OutgoingMailTest {
  private static OutgoingMail named(String name) {
    return new OutgoingMail(
        address("a@example.org"),
        Optional.of(name),
        address("b@example.org"),
        "x",
        "1@example.org",
        DATE,
        "x",
        List.of(),
        List.of());
  }

  private static OutgoingMail identified(String id) {
    return new OutgoingMail(
        address("a@example.org"),
        Optional.empty(),
        address("b@example.org"),
        "x",
        id,
        DATE,
        "x",
        List.of(),
        List.of());
  }

  private static OutgoingMail dated(Instant date) {
    return new OutgoingMail(
        address("a@example.org"),
        Optional.empty(),
        address("b@example.org"),
        "x",
        "1@example.org",
        date,
        "x",
        List.of(),
        List.of(new ExtraField("TLS-Report-Domain", "example.org")));
  }

  @Test
  void writesText() {
    assertThat(Mails.text(mail("Hello", "One\ntwo\r\n.three\rfour", List.of()).octets()))
        .isEqualTo(
            """
            Date: Thu, 5 Nov 2026 07:08:09 +0000
            From: "Dovetail"
             <dovetail@mx.example>
            To: <rua@example.org>
            Subject: Hello
            Message-ID: <1.2@mx.example>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            One
            two
            .three
            four
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void writesFiles() {
    assertThat(Mails.text(mail("Report", "See there.", List.of(FILE)).octets()))
        .isEqualTo(
            """
            Date: Thu, 5 Nov 2026 07:08:09 +0000
            From: "Dovetail"
             <dovetail@mx.example>
            To: <rua@example.org>
            Subject: Report
            Message-ID: <1.2@mx.example>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
             boundary="=_BOUNDARY"

            --=_BOUNDARY
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            See there.
            --=_BOUNDARY
            Content-Type: application/gzip
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment;
             filename="mx.example!example.org!1.xml.gz"

            H4sAAf8=
            --=_BOUNDARY--
            """
                .replace("BOUNDARY", "67e55b257a1495e9016c7dcf9d4b8832")
                .replace("\n", "\r\n"));
  }

  @Test
  void isTheSameEachTime() {
    assertThat(mail("Report", "x", List.of(FILE)).octets())
        .isEqualTo(mail("Report", "x", List.of(FILE)).octets());
    assertThat(mail("Report", "x", List.of(FILE)))
        .isEqualTo(
            mail(
                "Report",
                "x",
                List.of(new Attachment(FILE.name(), "Application/GZIP", FILE.octets()))));
  }

  @Test
  void writesFurtherFields() {
    assertThat(Mails.text(dated(DATE).octets())).contains("\r\nTLS-Report-Domain: example.org\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1900-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z"})
  void writesDates(String date) {
    assertThat(Mails.text(dated(Instant.parse(date)).octets()))
        .containsPattern(
            "^Date: (Mon|Fri), (1|31) (Jan|Dec) " + date.substring(0, 4) + " .* \\+0000\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1899-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z"})
  void refusesDates(String date) {
    assertThatThrownBy(() -> dated(Instant.parse(date)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unusable for mail: the date");
  }

  static Stream<Function<String, Object>> places() {
    return Stream.of(
        text -> mail("a" + text + "b", "x", List.of()),
        text -> named("a" + text + "b"),
        text -> identified("a" + text + "b@example.org"),
        text -> identified("a@example" + text + ".org"),
        text -> new Attachment("a" + text + "b", "a/b", new byte[0]),
        text -> new Attachment("a", "text/plain" + text, new byte[0]),
        text -> new ExtraField("A", "a" + text + "b"),
        text -> new ExtraField("A" + text + "B", "x"),
        text -> Mails.to(new Address("a" + text + "b", Domain.parse("example.org").orElseThrow())));
  }

  @ParameterizedTest
  @MethodSource("places")
  void letsNobodyEndALine(Function<String, Object> place) {
    for (String text :
        List.of(
            "\r",
            "\n",
            "\r\n",
            "\r\nBcc: x@example.org\r\n",
            "\0",
            "\u0085",
            "\u2028",
            "\u2029",
            "\u202E",
            "\uD800",
            "\u007f",
            "\t",
            "\u000b",
            "\f")) {
      assertThatThrownBy(() -> place.apply(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("Bcc");
    }
  }

  @Test
  void refusesWhatIsEmptyOrTooLong() {
    List<Runnable> wrong =
        List.of(
            () -> mail("", "x", List.of()),
            () -> mail(" ", "x", List.of()),
            () -> mail("x".repeat(1001), "x", List.of()),
            () -> named(""),
            () -> named("x".repeat(201)),
            () -> identified(""),
            () -> identified("<a@b>"),
            () -> identified("a"),
            () -> identified("a.@b"),
            () -> identified("a b@c"),
            () -> identified("x".repeat(250) + "@b"),
            () -> new Attachment("", "a/b", new byte[0]),
            () -> new Attachment("a/b", "a/b", new byte[0]),
            () -> new Attachment("ä".repeat(128), "a/b", new byte[0]),
            () -> new Attachment("a", "a", new byte[0]),
            () -> new Attachment("a", "a/b; c=d", new byte[0]),
            () -> new Attachment("a", "message/rfc822", new byte[0]),
            () -> new Attachment("a", "Multipart/mixed", new byte[0]),
            () -> new ExtraField("", "x"),
            () -> new ExtraField("a:b", "x"),
            () -> new ExtraField("a b", "x"),
            () -> new ExtraField("bcc", "x"),
            () -> new ExtraField("Content-Type", "x"),
            () -> new ExtraField("A", ""),
            () -> new ExtraField("A", " x"),
            () -> new ExtraField("A", "ä"),
            () -> new ExtraField("A", "x".repeat(903)));
    for (int i = 0; i < wrong.size(); i++) {
      assertThatThrownBy(wrong.get(i)::run)
          .as("number %d", i)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void knowsWhoCanBeReached() {
    assertThat(OutgoingMail.isReachable(address("a@example.org"))).isTrue();
    assertThat(OutgoingMail.isReachable(address("\"a b\"@xn--bcher-kva.example"))).isTrue();
    assertThat(OutgoingMail.isReachable(address("ä@example.org"))).isFalse();
    assertThat(OutgoingMail.isReachable(address("x".repeat(512) + "@example.org"))).isTrue();
    assertThat(OutgoingMail.isReachable(Address.of("\"".repeat(512), "example.org").orElseThrow()))
        .isFalse();
    Domain odd = Domain.asked("a> b.example").orElseThrow();
    assertThat(OutgoingMail.isReachable(new Address("a", odd))).isFalse();
    assertThatThrownBy(() -> Mails.to(new Address("a", odd)))
        .hasMessage("unusable for mail: the recipient");
  }
}
