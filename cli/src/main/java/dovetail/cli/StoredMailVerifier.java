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
import dovetail.spf.SpfClient;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Verifies messages that come from files, as the milter verifies those that come over SMTP. */
final class StoredMailVerifier {
  private final InstantSource clock = InstantSource.system();
  private final DkimVerifier.Tools tools;
  private final Resolver resolver;
  private final VerifyingSettings settings;
  private final SpfVerifier spf;

  StoredMailVerifier(Configuration configuration) {
    this.tools = new DkimVerifier.Tools(Crypto.load(configuration), new PublicKeys());
    this.resolver = Dns.resolver(configuration);
    this.settings = configuration.milter().filter().verifying();
    this.spf = new SpfVerifier(resolver, settings.authservId(), clock, System::nanoTime);
  }

  /** What SPF says of a client and its return path. */
  SpfResult spf(SpfClient client, String returnPath) {
    return spf.mailFrom(client, returnPath);
  }

  /** What SPF says of a client and the name by which it introduces itself. */
  SpfResult spf(SpfClient client) {
    return spf.helo(client);
  }

  /**
   * Verifies one message.
   *
   * @param spf what is known of the client that brought it
   * @throws MalformedException if its header exceeds the limits
   */
  VerifiedMail verify(VerifiedMail.Place place, InputStream message, List<SpfResult> spf)
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
    return new VerifiedMail(
        place, new AuthReport(spf, verifier.finish(reader.headers(), clock.instant())));
  }
}
