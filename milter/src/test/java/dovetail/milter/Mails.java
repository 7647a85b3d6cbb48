package dovetail.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dkim.Algorithm;
import dovetail.dkim.CryptoProvider;
import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import dovetail.dkim.DkimSigner;
import dovetail.dkim.SignatureSettings;
import dovetail.dkim.SigningException;
import dovetail.dkim.SigningKey;
import dovetail.dns.Answer;
import dovetail.dns.Resolver;
import dovetail.dns.TxtResolver;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.source.SigningKeys;
import dovetail.milter.wire.Edit;
import dovetail.milter.wire.MilterClient;
import dovetail.milter.wire.MilterClient.Outcome;
import dovetail.milter.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Messages with the signatures that they must get, and how Postfix hands them to a filter. */
final class Mails {
  /** Keys of every domain below "test", each with the selector "s1". */
  static final SigningKeys KEYS = keys("s1");

  private static final DkimKey KEY = generate();
  private static final CryptoProvider CRYPTO = CryptoProvider.jdk();

  /** One message. */
  record Mail(String queueId, String sender, List<HeaderField> fields, String body) {
    byte[] bodyBytes() {
      return body.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** The same keys as the DNS has them. */
  static final Resolver DNS =
      new TxtResolver(name ->
          name.ascii().endsWith(".test")
              ? new Answer.Records<>(List.of(KEY.publicKeyRecord()), false)
              : new Answer.NoSuchName<>());

  private Mails() {}

  /** One key, published by each domain below "test" under that selector. */
  static SigningKeys keys(String selector) {
    return author ->
        author.ascii().endsWith(".test")
            ? List.of(new SigningKey(author, selector, KEY))
            : List.of();
  }

  private static DkimKey generate() {
    String pem = DkimKey.generate(Algorithm.ED25519_SHA256, 256, new SecureRandom());
    try {
      return DkimKey.parse(pem.getBytes(StandardCharsets.US_ASCII));
    } catch (DkimKeyException e) {
      throw new AssertionError(e);
    }
  }

  /** A message from a user of a domain. */
  static Mail mail(String queueId, String user, String domain) {
    String address = user + "@" + domain;
    return new Mail(
        queueId,
        "<" + address + ">",
        List.of(
            HeaderField.of("From", " " + user + " <" + address + ">"),
            HeaderField.of("To", " ann@example.net"),
            HeaderField.of("Subject", " message\n " + queueId),
            HeaderField.of("Message-ID", " <" + queueId + "@" + domain + ">")),
        "Dear Ann,\r\nthis is " + queueId + ".\r\n");
  }

  /** The signature of a message, made by one thread and with no milter. */
  static HeaderField signature(Mail mail, String selector) {
    String address = mail.sender().substring(1, mail.sender().length() - 1);
    Domain domain = Domain.parse(address.substring(address.indexOf('@') + 1)).orElseThrow();
    SigningKey key = new SigningKey(domain, selector, KEY);
    DkimSigner signer = new DkimSigner(List.of(key), SignatureSettings.defaults(), CRYPTO);
    signer.body(ByteBuffer.wrap(mail.bodyBytes()));
    try {
      return signer.finish(new Headers(mail.fields()), LiveMilter.NOW).getFirst();
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }

  /** Says who connects, as Postfix does once for a connection. */
  static void greet(MilterClient client) throws IOException {
    client.macros('C', Map.of("{daemon_name}", "smtpd"));
    client.connect("localhost", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1234));
    client.helo("client.example");
  }

  /** The envelope. */
  static void begin(MilterClient client, Mail mail) throws IOException {
    client.mail(mail.sender());
    client.macros('R', Map.of("i", mail.queueId()));
    client.recipient("<ann@example.net>");
    client.macros('T', Map.of("i", mail.queueId()));
    client.data();
  }

  /** The content; returns the filter's word on it. */
  static Outcome content(MilterClient client, Mail mail) throws IOException {
    for (HeaderField field : mail.fields()) {
      client.header(field);
    }
    client.endOfHeaders();
    client.body(mail.bodyBytes());
    return client.endOfMessage();
  }

  static Outcome send(MilterClient client, Mail mail) throws IOException {
    begin(client, mail);
    return content(client, mail);
  }

  /** A whole conversation about one message. */
  static Outcome converse(LiveMilter milter, Mail mail) throws IOException {
    try (MilterClient client = milter.client()) {
      client.negotiate();
      greet(client);
      Outcome outcome = send(client, mail);
      client.quit();
      return outcome;
    }
  }

  static void assertSigned(Outcome outcome, Mail mail, String selector) {
    assertThat(outcome.reply()).isEqualTo(new Reply.Accept());
    assertThat(outcome.edits())
        .containsExactly(new Edit.InsertHeader(0, signature(mail, selector)));
  }

  /** The milter does what it is for. */
  static void assertWorks(LiveMilter milter) throws IOException {
    Mail mail = mail("4Good", "joe", "good.test");
    assertSigned(converse(milter, mail), mail, "s1");
  }
}
