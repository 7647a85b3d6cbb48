package dovetail.outbox;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mails and settings to try things with. */
final class Mails {
  static final Attachment FILE =
      new Attachment(
          "mx.example!example.org!1.xml.gz", "application/gzip", new byte[] {31, -117, 0, 1, -1});
  static final Instant DATE = Instant.parse("2026-11-05T07:08:09.5Z");

  private Mails() {}

  static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  static OutgoingMail text(String text) {
    return mail("Hello", text, List.of());
  }

  static OutgoingMail mail(String subject, String text, List<Attachment> files) {
    return new OutgoingMail(
        address("dovetail@mx.example"),
        Optional.of("Dovetail"),
        address("rua@example.org"),
        subject,
        "1.2@mx.example",
        DATE,
        text,
        files,
        List.of());
  }

  static OutgoingMail to(Address to) {
    return new OutgoingMail(
        address("dovetail@mx.example"),
        Optional.empty(),
        to,
        "Hello",
        "1.2@mx.example",
        DATE,
        "Hello\n",
        List.of(),
        List.of());
  }

  static SmtpSettings settings(int port) {
    return settings(port, Duration.ofSeconds(20), Duration.ofSeconds(40));
  }

  static SmtpSettings settings(int port, Duration reply, Duration whole) {
    return new SmtpSettings(
        new Relay("127.0.0.1", port),
        Domain.parse("mx.example").orElseThrow(),
        Optional.of(address("bounces@mx.example")),
        new SmtpSettings.Timeouts(Duration.ofSeconds(10), reply, whole));
  }

  static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
