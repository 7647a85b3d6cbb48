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
import java.io.ByteArrayOutputStream;
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
  private final InstantSource clock = InstantSource.system();

  @Mixin ConfigOption config;

  @Parameters(paramLabel = "FILE", description = "The message; - for standard input.")
  Path file = Path.of("-");

  @Option(names = "--headers-only", description = "Print the signatures only.")
  boolean headersOnly;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = config.load();
    byte[] message = read();
    String signatures = signatures(configuration, message);
    OutputStream out = System.out;
    out.write(signatures.getBytes(StandardCharsets.ISO_8859_1));
    if (!headersOnly) {
      int start = mboxLine(message);
      out.write(message, start, message.length - start);
    }
    out.flush();
    return Exit.GOOD.status();
  }

  private byte[] read() throws FailureException {
    try {
      if (file.toString().equals("-")) {
        return System.in.readAllBytes();
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new FailureException(Exit.NO, "cannot read " + file + ": " + e, e);
    }
  }

  private String signatures(Configuration configuration, byte[] message)
      throws IOException, FailureException {
    try (InputStream in = new ByteArrayInputStream(message)) {
      MessageReader reader = MessageReader.open(in, MessageReader.Limits.DEFAULT);
      DkimSigner signer =
          new DkimSigner(
              keys(configuration, Author.of(reader.headers())),
              MilterConfig.signatures(configuration.settings()),
              Crypto.load(configuration));
      for (Optional<ByteBuffer> chunk = reader.nextChunk();
          chunk.isPresent();
          chunk = reader.nextChunk()) {
        signer.body(chunk.get());
      }
      return text(signer.finish(reader.headers(), clock.instant()), lineEnd(message));
    } catch (MalformedException | SigningException e) {
      throw new FailureException(Exit.NO, file + ": " + e.getMessage(), e);
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
    return new FailureException(Exit.NO, file + ": not signed: " + why);
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

  /** The length of a line that an mbox file has put above the message. */
  private static int mboxLine(byte[] message) {
    String start = new String(message, 0, Math.min(6, message.length), StandardCharsets.US_ASCII);
    if (!start.startsWith("From ") && !start.equals(">From ")) {
      return 0;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte b : message) {
      line.write(b);
      if (b == '\n') {
        break;
      }
    }
    return line.size();
  }
}
