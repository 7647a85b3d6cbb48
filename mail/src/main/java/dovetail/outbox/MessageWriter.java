package dovetail.outbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;

/** Writes one mail as octets (RFC 5322, 2045): all of it ASCII, so that nobody has to recode it. */
final class MessageWriter {
  private static final String CRLF = "\r\n";

  /** Octets of a line without its end (RFC 5322 2.1.1). */
  private static final int MAX_LINE = 998;

  private static final int BASE64_LINE = 76; // RFC 2045 6.8
  private static final int BOUNDARY_OCTETS = 16;

  private final OutgoingMail mail;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  MessageWriter(OutgoingMail mail) {
    this.mail = mail;
  }

  byte[] write() {
    String boundary = boundary(mail.messageId());
    header();
    if (mail.attachments().isEmpty()) {
      textPart(boundary);
      return out.toByteArray();
    }
    line("Content-Type: multipart/mixed;" + CRLF + " boundary=\"" + boundary + '"');
    line("");
    line("--" + boundary);
    textPart(boundary);
    for (Attachment file : mail.attachments()) {
      line("--" + boundary);
      filePart(file);
    }
    line("--" + boundary + "--");
    return out.toByteArray();
  }

  private void header() {
    line("Date: " + date());
    line("From: " + author());
    line("To: <" + mail.to() + ">");
    line(FieldText.unstructured("Subject", mail.subject()));
    line("Message-ID: <" + mail.messageId() + ">");
    line("Auto-Submitted: auto-generated"); // RFC 3834 5
    for (ExtraField field : mail.fields()) {
      line(field.name() + ": " + field.value());
    }
    line("MIME-Version: 1.0");
  }

  private String author() {
    String address = "<" + mail.from() + ">";
    return mail.name().map(name -> FieldText.phrase(name) + CRLF + " " + address).orElse(address);
  }

  /** RFC 5322 3.3, which has no "GMT" any more. The formatter's words are English everywhere. */
  private String date() {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(mail.date().atOffset(ZoneOffset.UTC));
    return date.substring(0, date.lastIndexOf(' ')) + " +0000";
  }

  private void textPart(String boundary) {
    String text = canonical(mail.text());
    boolean plain = isPlain(text, boundary);
    line("Content-Type: text/plain; charset=utf-8");
    line("Content-Transfer-Encoding: " + (plain ? "7bit" : "base64"));
    line("");
    if (plain) {
      ascii(text);
    } else {
      base64(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void filePart(Attachment file) {
    line("Content-Type: " + file.mediaType());
    line("Content-Transfer-Encoding: base64");
    line("Content-Disposition: attachment;"); // RFC 2183 2.2, 2.3
    line(" " + FieldText.parameter("filename", file.name()));
    line("");
    base64(file.octets());
  }

  /** The text with the line ends of mail, the last line's as well (RFC 2046 4.1.1). */
  private static String canonical(String text) {
    String lines = text.replace(CRLF, "\n").replace('\r', '\n');
    return (lines.endsWith("\n") ? lines : lines + '\n').replace("\n", CRLF);
  }

  /** Whether the text can travel as it is, and holds nothing that would end its part. */
  private static boolean isPlain(String text, String boundary) {
    return !text.contains(boundary)
        && text.lines().allMatch(line -> line.length() <= MAX_LINE)
        && text.chars().allMatch(c -> (c >= ' ' && c < 0x7F) || "\t\r\n".indexOf(c) >= 0);
  }

  /**
   * What stands between parts: from the message id, so that it is the same each time. Base64 never
   * has an underscore.
   */
  private static String boundary(String messageId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(messageId.getBytes(StandardCharsets.US_ASCII));
      return "=_" + HexFormat.of().formatHex(hash, 0, BOUNDARY_OCTETS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void base64(byte[] octets) {
    byte[] lineEnd = CRLF.getBytes(StandardCharsets.US_ASCII);
    out.writeBytes(Base64.getMimeEncoder(BASE64_LINE, lineEnd).encode(octets));
    if (octets.length > 0) {
      line("");
    }
  }

  private void line(String text) {
    ascii(text);
    ascii(CRLF);
  }

  private void ascii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
