package dovetail.bench;

import dovetail.dkim.CryptoProvider;
import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimSigner;
import dovetail.dkim.SignatureSettings;
import dovetail.dkim.SigningException;
import dovetail.dkim.SigningKey;
import dovetail.mail.Domain;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A message in its envelope. */
record Letter(Envelope envelope, Mail mail) {
  /**
   * The signed messages of strangers, one of each, which differ in nothing but their names.
   *
   * @param first the number of the first stranger
   */
  static List<Letter> of(int first, int count, boolean hosted, SigningKit kit) {
    return IntStream.range(first, first + count)
        .parallel()
        .mapToObj(number -> kit.letter(new Stranger(number, hosted)))
        .toList();
  }

  /** The part of a sender's address that SPF and DMARC go by. */
  String domain() {
    return envelope.sender().substring(envelope.sender().indexOf('@') + 1);
  }

  /**
   * What signs messages of that size.
   *
   * @param key the same for all: it is the record of a domain that is its own
   */
  record SigningKit(DkimKey key, CryptoProvider crypto, int bytes) {
    private Letter letter(Stranger stranger) {
      Mail mail = Mail.ofSize(bytes, stranger.domain());
      Domain domain = Domain.parse(stranger.domain()).orElseThrow();
      DkimSigner signer =
          new DkimSigner(
              List.of(new SigningKey(domain, Stranger.SELECTOR, key)),
              SignatureSettings.defaults(),
              crypto);
      signer.body(ByteBuffer.wrap(mail.body()));
      try {
        return new Letter(
            stranger.envelope(),
            mail.below(signer.finish(new Headers(mail.fields()), Instant.now())));
      } catch (SigningException e) {
        throw new IllegalStateException("the key does not sign", e);
      }
    }
  }
}
