package dovetail.milter.session;

import dovetail.dkim.SigningException;
import dovetail.mail.HeaderField;
import dovetail.milter.filter.Additions;
import dovetail.milter.filter.EnvelopeAddress;
import dovetail.milter.filter.Inspection;
import dovetail.milter.filter.Intake;
import dovetail.milter.filter.MessageFilter;
import dovetail.milter.filter.Mode;
import dovetail.milter.filter.Submission;
import dovetail.milter.filter.Verdict;
import dovetail.milter.wire.Command;
import dovetail.milter.wire.MilterCodec;
import dovetail.milter.wire.Negotiation;
import dovetail.milter.wire.Protocol;
import dovetail.milter.wire.Reply;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One connection of an MTA: negotiation, then any number of messages. All decisions fall at the end
 * of a message; every event before it is answered, where the MTA waits at all, with "continue".
 */
public final class MilterSession {
  private static final String NO_QUEUE_ID = "-";

  private final MilterCodec codec;
  private final Pace pace;
  private final Supplier<SessionContext> contexts;
  private SessionContext context;
  private Negotiation agreed = new Negotiation(Protocol.VERSION, 0, 0);
  private Optional<Submission.Client> client = Optional.empty();
  private Optional<Transaction> transaction = Optional.empty();
  private Optional<String> daemon = Optional.empty();
  private Optional<String> login = Optional.empty();
  private Optional<String> senderRead = Optional.empty();
  private Optional<String> recipientRead = Optional.empty();
  private String helo = "";
  private String queueId = NO_QUEUE_ID;

  /**
   * What all sessions of a listener share.
   *
   * @param mode what the listener does
   * @param filter what judges messages
   * @param limits how much of a header section is kept
   * @param observer who learns what happens
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public record SessionContext(
      Mode mode,
      MessageFilter filter,
      HeaderLimits limits,
      MessageObserver observer,
      LongSupplier nanos) {}

  /**
   * @param contexts asked anew for each message, so that a reload reaches long connections
   */
  public MilterSession(MilterCodec codec, Pace pace, Supplier<SessionContext> contexts) {
    this.codec = codec;
    this.pace = pace;
    this.contexts = contexts;
    this.context = contexts.get();
  }

  /**
   * Serves the connection until the MTA hangs up.
   *
   * @throws ProtocolException if the MTA breaks the protocol
   */
  public void run() throws IOException {
    // A health check connects and closes, with nothing said.
    if (!arrives() || !negotiate(codec.read())) {
      return;
    }
    while (arrives()) {
      if (!obey(codec.read())) {
        return;
      }
    }
  }

  /** Waits for the next packet; false when the MTA has hung up. */
  private boolean arrives() throws IOException {
    if (codec.buffered()) {
      // The rest of a chunk is one packet with its beginning; all else is a packet of its own.
      if (!codec.insideBody()) {
        pace.reading();
      }
      return true;
    }
    if (transaction.isPresent()) {
      pace.waiting();
    } else {
      pace.idle();
    }
    boolean arrived = codec.await();
    pace.reading();
    return arrived;
  }

  private boolean negotiate(Command first) throws IOException {
    if (!(first instanceof Command.Negotiate offer)) {
      throw new ProtocolException("milter conversation without a negotiation");
    }
    try {
      agreed = Negotiation.answer(offer);
    } catch (Negotiation.UnacceptableException e) {
      context.observer().refused(String.valueOf(e.getMessage()));
      return false;
    }
    codec.write(agreed);
    return true;
  }

  /** Does what a command asks for; false when it was the last. */
  private boolean obey(Command command) throws IOException {
    switch (command) {
      case Command.Macros macros -> note(macros);
      case Command.Connect connect -> {
        client =
            Optional.of(
                new Submission.Client(
                    connect.host(), connect.address(), connect.port(), connect.local(), daemon));
        proceed(Protocol.NO_REPLY_CONNECT);
      }
      case Command.Helo greeting -> {
        helo = greeting.name();
        proceed(Protocol.NO_REPLY_HELO);
      }
      case Command.Mail mail -> {
        begin(mail);
        proceed(Protocol.NO_REPLY_MAIL);
      }
      case Command.Recipient recipient -> {
        recipient(current(), new EnvelopeAddress(recipient.path(), recipientRead));
        recipientRead = Optional.empty(); // said anew for the next one
        proceed(Protocol.NO_REPLY_RCPT);
      }
      case Command.Data() -> proceed(Protocol.NO_REPLY_DATA);
      case Command.Header header -> {
        header(header.field());
        proceed(Protocol.NO_REPLY_HEADER);
      }
      case Command.EndOfHeaders() -> {
        inspection(current());
        proceed(Protocol.NO_REPLY_END_OF_HEADERS);
      }
      case Command.Body body -> {
        inspect(current(), body.chunk());
        if (body.last()) {
          proceed(Protocol.NO_REPLY_BODY);
        }
      }
      case Command.EndOfMessage() -> end(current());
      case Command.Abort() -> forget();
      case Command.Unknown _ -> proceed(Protocol.NO_REPLY_UNKNOWN);
      case Command.Negotiate _ -> throw new ProtocolException("second milter negotiation");
      case Command.QuitNewConnection() -> {
        forget();
        client = Optional.empty();
        daemon = Optional.empty();
        helo = "";
      }
      case Command.Quit() -> {
        return false;
      }
    }
    return true;
  }

  private void proceed(int noReplyBit) throws IOException {
    if (agreed.replyDue(noReplyBit)) {
      codec.write(new Reply.Continue());
    }
  }

  private void note(Command.Macros macros) {
    Optional<String> id = macros.value("i");
    switch (macros.stage()) {
      case 'C' -> daemon = macros.value("{daemon_name}");
      case 'M' -> {
        login = macros.value("{auth_authen}").filter(name -> !name.isEmpty());
        senderRead = macros.value("{mail_addr}");
        queueId = id.orElse(NO_QUEUE_ID);
      }
      case 'R' -> {
        recipientRead = macros.value("{rcpt_addr}");
        named(id);
      }
      default -> named(id);
    }
  }

  /** The MTA says the name of the message under way. */
  private void named(Optional<String> id) {
    id.ifPresent(known -> transaction.ifPresent(open -> open.queueId(known)));
  }

  /** Nothing that was said of a message holds for the next one. */
  private void forget() {
    transaction = Optional.empty();
    forgetMacros();
  }

  private void forgetMacros() {
    login = Optional.empty();
    senderRead = Optional.empty();
    recipientRead = Optional.empty();
    queueId = NO_QUEUE_ID;
  }

  private void begin(Command.Mail mail) throws IOException {
    if (client.isEmpty()) {
      throw new ProtocolException("MAIL before CONNECT");
    }
    pace.begun();
    context = contexts.get();
    Submission submission =
        new Submission(
            context.mode(),
            client.get(),
            helo,
            new EnvelopeAddress(mail.path(), senderRead),
            login);
    transaction = Optional.of(new Transaction(submission, queueId, context.limits()));
    // They are said anew for the next message, or do not hold for it.
    forgetMacros();
  }

  private Transaction current() throws ProtocolException {
    return transaction.orElseThrow(() -> new ProtocolException("part of a message before MAIL"));
  }

  private void header(HeaderField field) throws ProtocolException {
    Transaction message = current();
    if (message.headerOver()) {
      throw new ProtocolException("header field behind the header section");
    }
    boolean kept = message.add(field);
    guarded(
        message,
        () -> {
          Intake intake = intake(message);
          if (kept && !message.failed()) {
            intake.field(field);
          } else {
            intake.surplus(field);
          }
        });
  }

  private void guarded(Transaction message, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      message.fail();
      context.observer().failed(message.queueId(), e);
    }
  }

  /**
   * What is asked about the client takes its time, and waits until somebody here wants its mail.
   */
  private void recipient(Transaction message, EnvelopeAddress address) {
    message.addRecipient();
    if (!message.failed()) {
      guarded(message, () -> intake(message).recipient(address));
    }
  }

  private Intake intake(Transaction message) {
    if (message.intake().isEmpty()) {
      message.intake(context.filter().begin(message.submission(), additions()));
    }
    return message.intake().get();
  }

  private Additions additions() {
    if (agreed.mayAddParameters()) {
      return Additions.WITH_PARAMETERS;
    }
    return agreed.mayAddRecipients() ? Additions.PLAIN : Additions.NONE;
  }

  /** The work on a message; begins when its header section is over, said or implied. */
  private Inspection inspection(Transaction message) {
    message.endHeader();
    if (message.inspection().isEmpty()) {
      message.inspection(begun(message));
    }
    return message.inspection().get();
  }

  private Inspection begun(Transaction message) {
    if (message.failed()) {
      return answerToFailure(message);
    }
    try {
      return intake(message).complete(message.headers(), message.complete());
    } catch (RuntimeException e) {
      return failure(message, e);
    }
  }

  private void inspect(Transaction message, ByteBuffer chunk) {
    message.addBody(chunk.remaining());
    Inspection inspection = inspection(message);
    try {
      inspection.body(chunk);
    } catch (RuntimeException e) {
      message.inspection(failure(message, e));
    }
  }

  private void end(Transaction message) throws IOException {
    long started = context.nanos().getAsLong();
    Verdict wanted = verdict(message).naming(message.queueId());
    Verdict verdict = agreed.mayHold() ? wanted : wanted.withoutHold();
    codec.write(verdict.edits(), verdict.reply());
    transaction = Optional.empty();
    context
        .observer()
        .answered(
            new MessageRecord(
                message.queueId(),
                message.submission(),
                message.recipients(),
                message.size(),
                verdict,
                Duration.ofNanos(context.nanos().getAsLong() - started)));
    pace.answered();
  }

  private Verdict verdict(Transaction message) {
    Inspection inspection = inspection(message);
    try {
      return inspection.end();
    } catch (SigningException | RuntimeException e) {
      return failure(message, e).verdict();
    }
  }

  /** Whatever goes wrong with us ends in the answer that the settings name, never in another. */
  private Inspection.Passing failure(Transaction message, Exception cause) {
    context.observer().failed(message.queueId(), cause);
    return answerToFailure(message);
  }

  private Inspection.Passing answerToFailure(Transaction message) {
    return new Inspection.Passing(context.filter().failed(message.intake()));
  }
}
