package dovetail.dkim;

import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A whole message, one character for each byte. */
record TestMessage(Headers headers, String body) {
  static TestMessage parse(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    List<HeaderField> fields = new ArrayList<>();
    for (String field : text.substring(0, end).split("\r\n(?![ \t])", -1)) {
      int colon = field.indexOf(':');
      fields.add(HeaderField.of(field.substring(0, colon), field.substring(colon + 1)));
    }
    return new TestMessage(new Headers(fields), text.substring(end + 4));
  }

  static TestMessage of(String header, String body) {
    return parse(bytes(header.replace("\n", "\r\n") + "\r\n\r\n" + body));
  }

  List<HeaderField> signatures(
      List<SigningKey> keys, SignatureSettings settings, CryptoProvider crypto, Instant time)
      throws SigningException {
    DkimSigner signer = new DkimSigner(keys, settings, crypto);
    signer.body(ByteBuffer.wrap(bytes(body)));
    return signer.finish(headers, time);
  }

  TestMessage with(List<HeaderField> onTop) {
    List<HeaderField> fields = new ArrayList<>(onTop);
    fields.addAll(headers.fields());
    return new TestMessage(new Headers(fields), body);
  }

  TestMessage withBody(String other) {
    return new TestMessage(headers, other);
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    for (HeaderField field : headers) {
      text.append(new String(field.raw(), StandardCharsets.ISO_8859_1)).append("\r\n");
    }
    return bytes(text + "\r\n" + body);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
