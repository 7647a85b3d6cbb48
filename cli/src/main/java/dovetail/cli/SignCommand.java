package dovetail.cli;

import dovetail.dkim.DkimSigner;
import dovetail.dkim.SigningException;
import dovetail.dkim.SigningKey;
import dovetail.mail.Author;
import dovetail.mail.HeaderField;
import dovetail.mail.MalformedException;
import dovetail.mail.MessageReader;
import dovetail.milter.MilterConfig;
import dovetail.serve.Configuration;
import dovetail.serve.Crypto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dovetail sign}. */
@Command(
    name = "sign",
    description = {
      "Signs a stored message with the keys of its author's domain and prints it.",
      "What is signed is the message as it would travel, with CRLF line ends; it is printed with"
          + " the line ends that it has."
    })
final class SignCommand implements Callable<Integer> {
  /** The message is kept in memory, twice for a moment, and the heap is small. */
  static final int MAX_OCTETS = 64 * 1024 * 1024;

  private final InstantSource clock = InstantSource.system();
  private final InputStream in;
  private final OutputStream out;

  @Mixin ConfigOption config;

  @Parameters(paramLabel = "FILE", description = "The message; - for standard input.")
  Path file = Path.of("-");

  @Option(names = "--headers-only", description = "Print the signatures only.")
  boolean headersOnly;

  /** Mail is bytes: it goes past the writers of the command line. */
  SignCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = config.load();
    byte[] message = read();
    Signed signed = sign(configuration, message);
    out.write(signed.signatures().getBytes(StandardCharsets.ISO_8859_1));
    if (!headersOnly) {
      out.write(message, signed.start(), message.length - signed.start());
    }
    out.flush();
    return Exit.GOOD.status();
  }

  /** The new fields, and where the message that they stand before starts. */
  private record Signed(String signatures, int start) {}

  private byte[] read() throws FailureException {
    try (InputStream source = file.toString().equals("-") ? in : Files.newInputStream(file)) {
      byte[] message = source.readNBytes(MAX_OCTETS + 1);
      if (message.length > MAX_OCTETS) {
        throw not("it is longer than " + MAX_OCTETS + " octets");
      }
      return message;
    } catch (IOException e) {
      throw new FailureException(Exit.NO, FailureException.cannotRead(name(), e), e);
    }
  }

  private Signed sign(Configuration configuration, byte[] message)
      throws IOException, FailureException {
    try (InputStream stored = new ByteArrayInputStream(message)) {
      MessageReader reader = MessageReader.open(stored, MessageReader.Limits.DEFAULT);
      Author author = Author.of(reader.headers());
      DkimSigner signer =
          new DkimSigner(
              keys(configuration, author),
              MilterConfig.signatures(configuration.settings())
                  .withIdentity(configuration.settings().get(MilterConfig.IDENTITY).of(author)),
              Crypto.load(configuration));
      for (Optional<ByteBuffer> chunk = reader.nextChunk();
          chunk.isPresent();
          chunk = reader.nextChunk()) {
        signer.body(chunk.get());
      }
      List<HeaderField> signatures = signer.finish(reader.headers(), clock.instant());
      return new Signed(text(signatures, lineEnd(message)), reader.mailboxOctets());
    } catch (MalformedException | SigningException e) {
      throw new FailureException(Exit.NO, name() + ": " + e.getMessage(), e);
    }
  }

  private List<SigningKey> keys(Configuration configuration, Author author)
      throws FailureException {
    List<SigningKey> keys =
        switch (author) {
          case Author.Missing() -> throw not("it has no From field");
          case Author.Repeated(int fields) -> throw not("it has " + fields + " From fields");
          case Author.Ambiguous(String reason) -> throw not("its From field is unclear: " + reason);
          case Author.Known known ->
              configuration.keys().table().find(known.domain().orElseThrow());
        };
    if (keys.isEmpty()) {
      throw not("there is no key for " + author.domain().map(Object::toString).orElse(""));
    }
    return keys;
  }

  private FailureException not(String why) {
    return new FailureException(Exit.NO, name() + ": not signed: " + why);
  }

  private static String text(List<HeaderField> fields, String lineEnd) {
    StringBuilder text = new StringBuilder();
    for (HeaderField field : fields) {
      String raw = field.name() + ":" + field.value() + "\r\n";
      text.append(lineEnd.equals("\n") ? raw.replace("\r\n", "\n") : raw);
    }
    return text.toString();
  }

  private static String lineEnd(byte[] message) {
    for (int i = 0; i < message.length; i++) {
      if (message[i] == '\n') {
        return i > 0 && message[i - 1] == '\r' ? "\r\n" : "\n";
      }
    }
    return "\n";
  }

  private String name() {
    return file.toString().equals("-") ? "standard input" : file.toString();
  }
}
