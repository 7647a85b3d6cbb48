package dovetail.outbox;

import static dovetail.outbox.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two readers that we did not write, Jakarta Mail and mime4j, find in mails what was put there. */
final class ReadBackTest {
  private static MimeMessage read(OutgoingMail mail) throws Exception {
    byte[] octets = mail.octets();
    assertThat(Mails.text(octets).split("\r\n", -1))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998).matches("[\t -~]*"));
    assertThat(Mails.text(octets)).endsWith("\r\n");
    return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello",
        "Report Domain: example.org Submitter: mx.example Report-ID: <2026.11.29.1@mx.example>",
        "Grüße",
        "größer als groß, und das über mehrere Zeilen hinweg, wie es bei langen Betreffs so vorkommt",
        "=?utf-8?B?SGVsbG8=?=",
        " two  spaces ",
        "日本語の件名はとても長いことがありますので折り返さなければなりませんよね",
        "a 😀 b",
        "x"
      })
  void findsTheSubject(String subject) throws Exception {
    assertThat(read(mail(subject, "x", List.of())).getSubject()).isEqualTo(subject);
    String named = subject.strip();
    OutgoingMail from =
        new OutgoingMail(
            Mails.address("a@example.org"),
            java.util.Optional.of(named),
            Mails.address("\"b, c\"@example.org"),
            "x",
            "1@example.org",
            Mails.DATE,
            "x",
            List.of(),
            List.of());
    InternetAddress author = (InternetAddress) read(from).getFrom()[0];
    assertThat(author.getPersonal()).isEqualTo(named);
    assertThat(author.getAddress()).isEqualTo("a@example.org");
    InternetAddress to = (InternetAddress) read(from).getRecipients(Message.RecipientType.TO)[0];
    assertThat(to.getAddress()).isEqualTo("\"b, c\"@example.org");
  }

  @Test
  void findsLongSubjects() throws Exception {
    for (String subject :
        List.of(
            "word ".repeat(190) + "end",
            "x".repeat(1000),
            "y".repeat(900) + " z",
            "ä".repeat(1000))) {
      MimeMessage message = read(mail(subject, "x", List.of()));
      assertThat(message.getSubject()).isEqualTo(subject);
    }
    assertThat(Mails.text(mail("word ".repeat(190) + "end", "x", List.of()).octets()).split("\r\n"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
    assertThat(Mails.text(mail("ä".repeat(1000), "x", List.of()).octets()).split("\r\n"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.xml.gz",
        "mx.example!example.org!1!2!uid.xml.gz",
        "with \"quotes\" and \\ and spaces.txt",
        "größe.txt",
        "日本語'%*.txt",
        "a;b=c"
      })
  void findsFiles(String name) throws Exception {
    byte[] octets = new byte[5000];
    new Random(1).nextBytes(octets);
    List<Attachment> files =
        List.of(
            new Attachment(name, "application/gzip", octets),
            new Attachment("empty", "application/octet-stream", new byte[0]));
    OutgoingMail mail = mail("Report", "Grüße\n", files);
    MimeMessage message = read(mail);
    MimeMultipart parts =
        new MimeMultipart(
            new ByteArrayDataSource(message.getRawInputStream(), message.getContentType()));
    assertThat(parts.getCount()).isEqualTo(3);
    assertThat(text(parts.getBodyPart(0))).isEqualTo("Grüße\r\n");
    BodyPart file = parts.getBodyPart(1);
    assertThat(file.getFileName()).isEqualTo(name);
    assertThat(file.getContentType()).isEqualTo("application/gzip");
    assertThat(file.getDisposition()).isEqualTo("attachment");
    assertThat(file.getInputStream().readAllBytes()).isEqualTo(octets);
    assertThat(parts.getBodyPart(2).getInputStream().readAllBytes()).isEmpty();
    assertThat(bodies(mail)).hasSize(3).element(1).isEqualTo(octets);
  }

  private static String text(BodyPart part) throws Exception {
    return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The bodies of all parts as mime4j has them, decoded. */
  private static List<byte[]> bodies(OutgoingMail mail) throws Exception {
    MimeTokenStream stream = new MimeTokenStream();
    stream.parse(new ByteArrayInputStream(mail.octets()));
    List<byte[]> bodies = new ArrayList<>();
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM;
        state = stream.next()) {
      if (state == EntityState.T_BODY) {
        bodies.add(stream.getDecodedInputStream().readAllBytes());
      }
    }
    return bodies;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "x",
        ".\n..\n",
        "Grüße\n",
        "tab\there\n",
        "bell\u0007\n",
        "From me\n",
        "a\rb\r\nc\nd"
      })
  void findsTheText(String text) throws Exception {
    String lines = text.replace("\r\n", "\n").replace("\r", "\n");
    String expected = (lines.endsWith("\n") ? lines : lines + "\n").replace("\n", "\r\n");
    OutgoingMail mail = mail("x", text, List.of());
    assertThat(new String(bodies(mail).getFirst(), StandardCharsets.UTF_8)).isEqualTo(expected);
    assertThat(read(mail).getInputStream().readAllBytes())
        .isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void textCannotEndItsPart() throws Exception {
    String whole = Mails.text(mail("x", "x", List.of(Mails.FILE)).octets());
    String boundary = whole.replaceAll("(?s).*boundary=\"([^\"]*)\".*", "$1");
    String text = "x\r\n--" + boundary + "--\r\nmore\r\n";
    OutgoingMail mail = mail("x", text, List.of(Mails.FILE));
    assertThat(new String(bodies(mail).getFirst(), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void longLinesSurvive() throws Exception {
    String text = "x".repeat(999) + "\r\n";
    assertThat(new String(bodies(mail("x", text, List.of())).getFirst(), StandardCharsets.UTF_8))
        .isEqualTo(text);
    assertThat(Mails.text(mail("x", "x".repeat(998), List.of()).octets())).contains("7bit");
  }

  @Test
  void oneMessageIsAsLongAsItSays() throws Exception {
    assertThat(read(Mails.text("x")).getMessageID()).isEqualTo("<1.2@mx.example>");
    assertThat(read(Mails.text("x")).getSentDate().toInstant()).isEqualTo("2026-11-05T07:08:09Z");
    assertThat(read(Mails.text("x")).getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }
}
