package dovetail.cli;

import dovetail.dkim.DkimVerifier;
import dovetail.dkim.PublicKeys;
import dovetail.dns.Questions;
import dovetail.dns.Resolver;
import dovetail.mail.HeaderField;
import dovetail.mail.MalformedException;
import dovetail.mail.MessageReader;
import dovetail.milter.filter.AuthReport;
import dovetail.milter.filter.VerifyingSettings;
import dovetail.serve.Configuration;
import dovetail.serve.Crypto;
import dovetail.serve.Dns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;

/** Verifies messages that come from files, as the milter verifies those that come over SMTP. */
final class StoredMailVerifier {
  private final InstantSource clock = InstantSource.system();
  private final DkimVerifier.Tools tools;
  private final Resolver resolver;
  private final VerifyingSettings settings;

  StoredMailVerifier(Configuration configuration) {
    this.tools = new DkimVerifier.Tools(Crypto.load(configuration), new PublicKeys());
    this.resolver = Dns.resolver(configuration);
    this.settings = configuration.milter().filter().verifying();
  }

  /**
   * Verifies one message.
   *
   * @throws MalformedException if its header exceeds the limits
   */
  VerifiedMail verify(VerifiedMail.Place place, InputStream message)
      throws IOException, MalformedException {
    MessageReader reader = MessageReader.open(message, MessageReader.Limits.DEFAULT);
    DkimVerifier verifier =
        new DkimVerifier(
            tools,
            new Questions(resolver, settings.patience(), System::nanoTime),
            settings.maxSignatures());
    for (HeaderField field : reader.headers().all(DkimVerifier.FIELD)) {
      verifier.signature(field);
    }
    for (Optional<ByteBuffer> chunk = reader.nextChunk();
        chunk.isPresent();
        chunk = reader.nextChunk()) {
      verifier.body(chunk.get());
    }
    AuthReport report = new AuthReport(verifier.finish(reader.headers(), clock.instant()));
    return new VerifiedMail(place, report);
  }
}
