package dovetail.cli;

import dovetail.dkim.CryptoProvider;
import dovetail.dkim.PublicKeys;
import dovetail.mail.Author;
import dovetail.mail.MalformedException;
import dovetail.mail.MessageReader;
import dovetail.milter.filter.ClientReport;
import dovetail.milter.filter.FilterTools;
import dovetail.milter.filter.InboundFilter;
import dovetail.milter.filter.Outsider;
import dovetail.milter.source.ArchiveKey;
import dovetail.milter.source.Archives;
import dovetail.milter.source.Archiving;
import dovetail.milter.source.Exceptions;
import dovetail.serve.Configuration;
import dovetail.serve.Crypto;
import dovetail.serve.Dns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** Verifies messages that come from files, as the milter verifies those that come over SMTP. */
final class StoredMailVerifier {
  private final InboundFilter filter;

  StoredMailVerifier(Configuration configuration) {
    CryptoProvider crypto = Crypto.load(configuration);
    this.filter =
        new InboundFilter(
            configuration.milter().filter().verifying(),
            new FilterTools(
                () -> crypto,
                new PublicKeys(),
                Dns.resolver(configuration),
                Exceptions.NONE,
                new Archiving(Archives.NONE, ArchiveKey.random(new SecureRandom())),
                InstantSource.system(),
                System::nanoTime));
  }

  /**
   * Verifies one message.
   *
   * @param outsider the client that brought it, if that is known
   * @throws MalformedException if its header exceeds the limits
   */
  VerifiedMail verify(VerifiedMail.Place place, InputStream message, Optional<Outsider> outsider)
      throws IOException, MalformedException {
    InboundFilter.Checks checks =
        outsider.map(filter::begin).orElseGet(() -> filter.begin(ClientReport.NOTHING));
    MessageReader reader = MessageReader.open(message, MessageReader.Limits.DEFAULT);
    reader.headers().forEach(checks::field);
    checks.endOfHeader();
    for (Optional<ByteBuffer> chunk = reader.nextChunk();
        chunk.isPresent();
        chunk = reader.nextChunk()) {
      checks.body(chunk.get());
    }
    return new VerifiedMail(place, checks.finish(reader.headers(), Author.of(reader.headers())));
  }
}
