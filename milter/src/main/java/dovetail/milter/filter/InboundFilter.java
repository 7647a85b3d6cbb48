package dovetail.milter.filter;

import dovetail.dkim.DkimVerifier;
import dovetail.dns.Questions;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Checks what comes in; what the findings mean is not decided here. */
final class InboundFilter {
  private final VerifyingSettings settings;
  private final FilterTools tools;

  InboundFilter(VerifyingSettings settings, FilterTools tools) {
    this.settings = settings;
    this.tools = tools;
  }

  /** Our name in the fields that say what was found. */
  String authservId() {
    return settings.authservId();
  }

  /** Begins with a message; nothing is asked or computed before there is a signature. */
  Checks begin() {
    return new Checks();
  }

  /** The checks of one message. */
  final class Checks {
    private Optional<DkimVerifier> dkim = Optional.empty();

    private Checks() {}

    /** Takes note of the next header field, and asks the DNS what it will be needed for. */
    void field(HeaderField field) {
      if (!field.is(DkimVerifier.FIELD)) {
        return;
      }
      if (dkim.isEmpty()) {
        dkim = Optional.of(verifier());
      }
      dkim.get().signature(field);
    }

    private DkimVerifier verifier() {
      return new DkimVerifier(
          new DkimVerifier.Tools(tools.crypto().get(), tools.publicKeys()),
          new Questions(tools.resolver(), settings.patience(), tools.nanos()),
          settings.maxSignatures());
    }

    /** The next bytes of the body; the buffer is read to its end. */
    void body(ByteBuffer chunk) {
      dkim.ifPresentOrElse(verifier -> verifier.body(chunk), () -> chunk.position(chunk.limit()));
    }

    /** Ends the message, and waits for the answers that are still to come. */
    AuthReport finish(Headers headers) {
      return new AuthReport(
          List.of(),
          dkim.map(verifier -> verifier.finish(headers, tools.wall().instant())).orElse(List.of()));
    }
  }
}
